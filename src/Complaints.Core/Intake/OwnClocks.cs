using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>By which of our policies an imported history is judged, beside what its source says.</summary>
/// <param name="Policy">The policy's id; its newest version is taken. Error: <c>definition.missing</c>.</param>
/// <param name="Objective">The objective whose verdict stands beside the source's; <c>null</c> for the resolution, or the policy's
/// last.</param>
public sealed record OwnClocks(string Policy, string? Objective = null)
{
    /// <summary>What is wrong with it for a tenant: <c>definition.missing</c>.</summary>
    public ComplaintError? Check(Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.NewestPolicy(Policy) is not { } newest)
            return new("definition.missing", ("path", "policy"), ("value", Policy), ("known", string.Join(", ", rules.CurrentPolicies.Select(entry => entry.Ref.Id))));
        var policy = rules.Policy(newest)!;
        return Objective is null || policy.Find(Objective) is not null
            ? null
            : new("definition.missing", ("path", "objective"), ("value", Objective), ("known", string.Join(", ", policy.Objectives.Select(known => known.Objective))));
    }

    /// <summary>
    /// Measures a source's instants by our own rules, once, when it is imported: a pure projection over them. Nothing runs and nothing
    /// fires afterwards.
    /// </summary>
    internal OwnVerdict Measure(ImportComplaint import, Rulebook rules)
    {
        var pin = rules.PinOf(Policy)!;
        var policy = rules.Policy(pin.Policy)!;
        var deciding = Objective ?? (policy.Find(Sla.Objective.Resolution) ?? policy.Objectives[^1]).Objective;
        var clocks = Clocks.Project(Complaint.Unborn(default, default) with { Clocks = ImportedFacts.Of(import) with { Policies = [pin] } }, rules);
        var own = clocks.LastOrDefault(clock => clock.Objective == deciding);
        return new OwnVerdict(pin.Policy, deciding, own?.Due, own is { StoppedAt: not null } ? own.IsMet : null,
        [
            .. clocks.Where(clock => !clock.IsOpen).Select(clock => clock.Result("imported")),
        ]);
    }
}

/// <summary>What our own clocks say about an imported history; recorded at the import, of origin <c>imported</c>, and never computed
/// again.</summary>
/// <param name="Policy">The policy, in the version that measured.</param>
/// <param name="Objective">The objective that stands beside the source's verdict.</param>
/// <param name="Due">When it was due; <c>null</c> when its clock never started or was waiting.</param>
/// <param name="InTime">Our verdict; <c>null</c> when the source does not say when it ended.</param>
/// <param name="Results">What became of each clock that ended.</param>
public sealed record OwnVerdict(DefinitionRef Policy, string Objective, Instant? Due, bool? InTime, ImmutableArray<ClockResult> Results)
{
    /// <summary>What became of each clock that ended; never <c>default</c>.</summary>
    public ImmutableArray<ClockResult> Results { get; init; } = Results.IsDefault ? [] : Results;
}

/// <summary>What a source's history leaves for the projection.</summary>
internal static class ImportedFacts
{
    /// <summary>
    /// An end without a resolution before it is the resolution too, and what the customer was told is taken to have been told then: a
    /// ledger knows one instant for both. A step
    /// back into work opens the next round; a step without an instant says nothing here.
    /// </summary>
    public static ClockRecord Of(ImportComplaint import)
    {
        var record = ClockRecord.None.With(new ClockFact(FactKind.Received, import.Draft.ReceivedAt!.Value));
        if (import.AcknowledgedAt is { } acknowledged)
            record = record.With(new ClockFact(FactKind.Acknowledged, acknowledged));
        if (import.Draft.Call?.Answered is { } answered)
            record = InteractionRecorded.Contacts(answered, ContactPoint.Phone).Aggregate(record, (known, fact) => known.With(fact));
        var (done, holding) = (false, false);
        foreach (var step in import.Steps)
        {
            if (step.At is not { } at)
                continue;
            if (holding)
                record = record.Resumed("imported", at);
            holding = step.State == ComplaintState.OnHold;
            if (holding)
            {
                record = record.Paused("imported", at);
                continue;
            }
            var kind = step.State switch
            {
                ComplaintState.Resolved => FactKind.Resolved,
                ComplaintState.NotEstablished => FactKind.ValidityDecided,
                ComplaintState.Closed when !done => FactKind.Resolved,
                ComplaintState.Closed => null,
                ComplaintState.Withdrawn or ComplaintState.Merged => FactKind.Ended,
                _ => done ? FactKind.Reopened : null,
            };
            if (kind is null)
                continue;
            record = record.With(new ClockFact(kind, at));
            done = kind != FactKind.Reopened;
            if (kind is FactKind.Resolved or FactKind.ValidityDecided)
                record = record.With(new ClockFact(FactKind.ResultNotified, at));
        }
        return record;
    }
}
