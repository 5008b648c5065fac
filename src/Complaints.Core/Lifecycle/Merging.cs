using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>Carries this complaint on under another of the same tenant. Never done by itself: duplicates are shown and a person decides. What it owes moves to the survivor
/// by a second command, which the desk sends at once and, should that fail, the next sweep.</summary>
/// <param name="Into">The survivor: another complaint, not ended. Errors: <c>merge.self</c>, <c>merge.target_missing</c>, <c>merge.target_ended</c>.</param>
/// <param name="Reason">Why they are one; 1 to 500 characters, nothing personal.</param>
public sealed record Merge(ComplaintId Into, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Merge;

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Into;

    // A survivor that ends at the same moment, merged into this one perhaps, would leave nobody to owe the answer.
    internal override bool NeedsReferredUnchanged => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Into == complaint.Id)
            return new("merge.self", ("value", Into));
        if (context.Referred is not { } survivor || survivor.Id != Into)
            return new("merge.target_missing", ("value", Into));
        if (LifecycleTable.Ends.Contains(survivor.State))
            return new("merge.target_ended", ("value", survivor.Number), ("state", survivor.State));
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        events.Add(new ComplaintMerged(Into, Reason));
        return null;
    }
}

/// <summary>
/// Takes over what a merged complaint owes: the clocks count from the earlier receipt under the survivor's own policy; holds, commitments and agreed deadlines move
/// over. What is past by that is flagged and escalates nothing.
/// </summary>
/// <param name="From">The merged complaint. Errors: <c>merge.not_merged</c>, <c>merge.already_absorbed</c>.</param>
public sealed record AbsorbMerged(ComplaintId From) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.AbsorbMerged;

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => From;

    internal override bool JudgesWhatIsPast => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (context.Referred is not { Progress.MergedInto: not null } merged || merged.Id != From)
            return new("merge.not_merged", ("value", From));
        if (complaint.Progress.Merged.Absorbed.Contains(From))
            return new("merge.already_absorbed", ("value", From));
        var waits = LifecycleTable.Open.Contains(complaint.State) || complaint.State == ComplaintState.OnHold;
        var ended = merged.Progress.EndedAt ?? context.Now;
        events.Add(new MergedAbsorbed(
            From,
            merged.Number,
            merged.Receipt.ReceivedAt < complaint.Receipt.ReceivedAt && waits ? merged.Receipt.ReceivedAt : null,
            waits ? [.. merged.Progress.Merged.CarriedHolds.Where(hold => complaint.Progress.Holds.All(own => own.Reason != hold.Reason))] : [],
            [.. merged.Clocks.Agreed.Where(agreed => agreed.SupersededAt is null && agreed.PromisedAt <= ended).Select((agreed, i) => agreed with { Number = complaint.Clocks.Agreed.Length + 1 + i })],
            [.. merged.Clocks.Commitments.Where(commitment => commitment.IsOpen).Select((commitment, i) => commitment with { Number = complaint.Clocks.Commitments.Length + 1 + i })]));
        FlagWhatIsPast(complaint, context, events);
        return null;
    }

    /// <summary>What was past before the merge is not flagged: a sweep is on its way to it, and escalates.</summary>
    private static void FlagWhatIsPast(Complaint before, DecisionContext context, EventSink events)
    {
        var by = context.DueBy;
        var earlier = Clocks.Project(before, context.Rules).ToDictionary(clock => clock.Id, StringComparer.Ordinal);
        foreach (var clock in Clocks.Project(events.State, context.Rules).Where(clock => clock.IsRunning && before.Clocks.ResultOf(clock.Id) is null))
        {
            var was = earlier.GetValueOrDefault(clock.Id);
            var past = clock.Steps
                .Where(step => step.Id != ClockStep.Breach && step.At <= by && !before.Clocks.HasStep(clock.Id, step.Id) && !(was?.Steps.Any(old => old.Id == step.Id && old.At <= by) ?? false))
                .Select(step => step.Id)
                .ToImmutableArray();
            if (!past.IsEmpty)
                events.Add(new StepsSkipped(clock.Id, past, "by-merge"));
            if (clock.IsBreachedAt(by) && !(was?.IsBreachedAt(by) ?? false))
                events.Add(new ClockBreached(clock.Id, clock.Due!.Value, "by-merge"));
        }
    }
}

/// <summary>Notes on a merged complaint that the survivor has taken over what it owes.</summary>
/// <param name="By">The survivor.</param>
public sealed record ConfirmAbsorbed(ComplaintId By) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.ConfirmAbsorbed;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Progress.Merged.AbsorbedAt is not null)
            return new("merge.already_absorbed", ("value", complaint.Id));
        events.Add(new MergeCompleted(By));
        return null;
    }
}

/// <summary>The complaint is carried on under another.</summary>
/// <param name="Into">The survivor.</param>
/// <param name="Reason">Why they are one.</param>
public sealed record ComplaintMerged(ComplaintId Into, string Reason) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var ended = complaint.Ended(ComplaintState.Merged, moment);
        return ended with { Progress = ended.Progress with { MergedInto = Into, Merges = ended.Progress.Merged with { CarriedHolds = complaint.Progress.Holds } } };
    }
}

/// <summary>The survivor took over what a merged complaint owed.</summary>
/// <param name="From">The merged complaint.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="ReceivedAt">Its receipt, where that was earlier: from then on the clocks count.</param>
/// <param name="Holds">The holds that moved over.</param>
/// <param name="Agreed">The agreed deadlines that moved over, with their numbers here.</param>
/// <param name="Commitments">The commitments that moved over, with their numbers here.</param>
public sealed record MergedAbsorbed(
    ComplaintId From, string Number, Instant? ReceivedAt, ImmutableArray<Hold> Holds, ImmutableArray<AgreedDeadline> Agreed, ImmutableArray<Commitment> Commitments) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => ReceivedAt is { } received ? [new(FactKind.Received, received)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var clocks = complaint.Clocks with { Agreed = complaint.Clocks.Agreed.AddRange(Agreed), Commitments = complaint.Clocks.Commitments.AddRange(Commitments) };
        foreach (var hold in Holds)
            clocks = clocks.Paused(hold.Reason, moment.OccurredAt);
        var progress = complaint.Progress with { Merges = complaint.Progress.Merged with { Absorbed = complaint.Progress.Merged.Absorbed.Add(From) } };
        if (!Holds.IsEmpty)
            progress = progress with { State = ComplaintState.OnHold, ResumesTo = complaint.Progress.Underlying, Holds = progress.Holds.AddRange(Holds.Select(hold => hold with { Since = moment.OccurredAt })) };
        return complaint with { Progress = progress, Clocks = clocks };
    }
}

/// <summary>The survivor has taken over what this complaint owed.</summary>
/// <param name="By">The survivor.</param>
public sealed record MergeCompleted(ComplaintId By) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Progress = complaint.Progress with { MergedInto = By, Merges = complaint.Progress.Merged with { AbsorbedAt = moment.OccurredAt } },
    };
}

/// <summary>The timer of a merged complaint until the survivor has taken over what it owed.</summary>
internal static class Merging
{
    public const string Timer = "merge";

    public const string Absorb = "absorb";
}
