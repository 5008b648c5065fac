using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>What a desk works with. A container builds it; a test may build it by hand.</summary>
public sealed class DeskServices(
    IComplaintStore store, IComplaintReader reader, PersonKeys keys, DefinitionLibrary definitions, IClock clock, IIdGenerator ids, NumberOptions? numbers = null, ITimerStore? timers = null)
{
    internal IComplaintStore Store => store;

    internal IComplaintReader Reader => reader;

    internal PersonKeys Keys => keys;

    internal DefinitionLibrary Definitions => definitions;

    internal IClock Clock => clock;

    internal ITimerStore Timers => timers ?? throw new InvalidOperationException("This desk was built without timers; register an ITimerStore.");

    internal IIdGenerator Ids => ids;

    internal IntakeOffice Intake { get; } = new(store, keys, ids, numbers ?? new NumberOptions());

    /// <summary>Whole microseconds: what every store keeps (rule 1).</summary>
    internal static Instant Truncate(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - ((ticks % 10) + 10) % 10);
    }
}

/// <summary>How complaints are numbered.</summary>
/// <param name="BlockSize">How many numbers a node takes at once, 1 to 10,000. A node that stops leaves the rest of its block unused.</param>
public sealed record NumberOptions(int BlockSize = 32);
