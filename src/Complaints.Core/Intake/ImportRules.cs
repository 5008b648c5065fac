using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What is noticed about a source's history and kept as it is.</summary>
internal static class ImportRules
{
    private const int MostSteps = 10_000;

    /// <summary>What is wrong with a source's history before it is looked at.</summary>
    public static ComplaintError? Check(ImmutableArray<ImportedStep>? given, Rulebook rules)
    {
        var steps = given!.Value;
        if (steps.Length > MostSteps)
            return new("list.too_long", ("field", Labels.Steps), ("length", steps.Length), ("bound", MostSteps));
        foreach (var step in steps)
        {
            if ((Text.Check((object)Labels.Steps, step.SourceState, Text.Short, required: false)
                ?? UtcTime.Check(Labels.Steps, step.At)) is { } bad)
                return bad;
        }
        return null;
    }

    /// <summary>Instants that cannot all be true.</summary>
    public static ImmutableArray<string> Contradictions(Instant received, Instant? due, Instant? acknowledged, ImmutableArray<ImportedStep> steps)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if (due < received)
            found.Add("due-before-received");
        if (acknowledged < received)
            found.Add("acknowledged-before-received");
        // A ledger says that it ended at an instant, and that it stands open.
        if (steps is [.. var earlier, { At: null } last] && !States.Ends.Contains(last.State) && earlier.Any(step => step.At is not null && States.Ends.Contains(step.State)))
            found.Add("open-after-end");
        Instant? previous = null;
        foreach (var step in steps)
        {
            if (step.At is not { } at)
                continue;
            if (at < received && !found.Contains($"{Word(step.State)}-before-received"))
                found.Add($"{Word(step.State)}-before-received");
            else if (at < previous && !found.Contains("steps-out-of-order"))
                found.Add("steps-out-of-order");
            previous = at;
        }
        return found.DrainToImmutable();
    }

    /// <summary>True when our own table leads from one state to the other in one step.</summary>
    public static bool IsRegular(ComplaintState from, ComplaintState to) =>
        from == to || LifecycleTable.All.Any(row => row.From == from && row.To == to);

    private static string Word(ComplaintState state) => state.ToString().ToLowerInvariant();
}
