using System.Collections.Immutable;
using Complaints.Core.Intake;

namespace Complaints.Core.Storage;

/// <summary>Everything that one command writes, in one transaction. A store looks at no other value.</summary>
public sealed record ComplaintCommit
{
    /// <summary>Whose complaint.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The complaint.</summary>
    public required ComplaintId Id { get; init; }

    /// <summary>The version that was loaded; 0 for a new complaint. The commit writes one more.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>The schema of <see cref="State"/>.</summary>
    public required int Schema { get; init; }

    /// <summary>The state's bytes.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The hash of the newest event.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>The columns by which complaints are listed and counted.</summary>
    public required ComplaintSummary Summary { get; init; }

    /// <summary>True where its state, its owner and its due instant are those of the version before: a store that keeps its queues in their
    /// order may leave these columns as they are.</summary>
    public bool StaysInPlace { get; init; }

    /// <summary>The events, at least one.</summary>
    public required ImmutableArray<StoredEvent> Events { get; init; }

    /// <summary>Timers to add or to move.</summary>
    public ImmutableArray<TimerRow> TimersToSet { get; init; } = [];

    /// <summary>Timers to remove.</summary>
    public ImmutableArray<TimerRow> TimersToRemove { get; init; } = [];

    /// <summary>Work that waits from now on, or for somebody else, or by another instant.</summary>
    public ImmutableArray<WorkRow> WorkToSet { get; init; } = [];

    /// <summary>Work that waits no longer.</summary>
    public ImmutableArray<WorkKey> WorkToRemove { get; init; } = [];

    /// <summary>Links to other cases that are new.</summary>
    public ImmutableArray<LinkRow> LinksToSet { get; init; } = [];

    /// <summary>Links that are gone.</summary>
    public ImmutableArray<LinkRow> LinksToRemove { get; init; } = [];

    /// <summary>All parties that take part from now on, where they are others than before; some may be there already.</summary>
    public ImmutableArray<string> PartiesToSet { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Parties that take part no longer.</summary>
    public ImmutableArray<string> PartiesToRemove { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Messages to send.</summary>
    public ImmutableArray<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>The command's row; <c>null</c> for an import, which is known by its source's id.</summary>
    public CommandRow? Command { get; init; }

    /// <summary>Look-ups to add, of the complaint's person.</summary>
    public ImmutableArray<Lookup> Lookups { get; init; } = [];

    /// <summary>What was told at the intake and is given anew; <c>null</c> for most commits.</summary>
    public AmendedIntake? Amended { get; init; }

    /// <summary>Whose keys, of those that the store has, values of this commit are sealed under. Each must still be there when the commit
    /// is written, or that is a conflict: nothing is ever written that nobody can read.</summary>
    public ImmutableArray<SubjectId> SealedUnder { get; init; } = [];

    /// <summary>The wrapped keys of persons who are new.</summary>
    public ImmutableArray<WrappedKey> NewKeys { get; init; } = [];

    /// <summary>Who takes part in the complaint from now on, besides its own person (<see cref="ComplaintSummary.Person"/>): their keys
    /// are loaded with it.</summary>
    public ImmutableArray<SubjectId> NewPersons { get; init; } = [];

    /// <summary>True when words about somebody erased were left out.</summary>
    internal bool LeavesWordsOut { get; init; }

    /// <summary>Another complaint on whose state the decision rests; <c>null</c> for none. It must still have this version when the commit
    /// is written, or that is a conflict.</summary>
    public SeenComplaint? Unchanged { get; init; }

    /// <summary>The number that is taken with a new complaint; <c>null</c> when it came out of a block. When the year's next number is
    /// another, the commit is a conflict.</summary>
    public TakenNumber? Number { get; init; }

    /// <summary>The version after the commit.</summary>
    public int Version => ExpectedVersion + 1;
}

/// <summary>A complaint as it was seen.</summary>
/// <param name="Id">The complaint, of the same tenant.</param>
/// <param name="Version">Its version then.</param>
public sealed record SeenComplaint(ComplaintId Id, int Version);

/// <summary>A number that becomes a complaint's when the complaint is written, and stays the next one otherwise.</summary>
/// <param name="Year">The year in which it counts.</param>
/// <param name="Number">The number, 1 for the first of a year.</param>
public sealed record TakenNumber(int Year, long Number)
{
    /// <summary>The number of a small aggregate for people: <c>I-2026-0007</c>.</summary>
    internal string For(string prefix) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}-{Year}-{Number:D4}");
}

/// <summary>A person's key, wrapped by the key protector.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Wrapped">The wrapped bytes.</param>
public sealed record WrappedKey(SubjectId Subject, ReadOnlyMemory<byte> Wrapped);
