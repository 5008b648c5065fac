using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>After a decision: writes down what became of the clocks that the decision ended, and corrects what a backdated fact
/// changed.</summary>
internal static class ClockKeeper
{
    public static void Append(Complaint before, EventSink events, DecisionContext context)
    {
        // Most commands touch no clock, and then nothing is projected.
        var record = events.State.Clocks;
        if (ReferenceEquals(before.Clocks, record))
            return;
        if (before.Clocks.Policies.Length > 0 && record.Policies.Length > before.Clocks.Policies.Length)
            BreachWhatIsPast(events, context);
        var ended = Clocks.Ended(before.Clocks, events.State, context.Rules);
        var settled = ImmutableArray.CreateBuilder<ClockResult>(ended.Length);
        foreach (var clock in ended)
        {
            var verdict = clock.Verdict;
            if (record.ResultOf(clock.Id) is not { } written)
                settled.Add(clock.Result(Why(clock, verdict, events.State)));
            // A clock that was breached stays breached when it is cancelled, and a late stop says nothing new.
            else if (written.Verdict != verdict && !(verdict == ClockVerdict.Cancelled && written.Verdict == ClockVerdict.Breached))
                events.Add(new ResultCorrected(written, clock.Result("by-late-fact")));
        }
        if (settled.Count > 0)
            events.Add(new ClocksSettled(settled.DrainToImmutable()));
        if (Condensing.Cut(events.State.Clocks) is { } cut)
            events.Add(new ClocksCondensed(cut, Clocks.Tallies(events.State.Clocks, context.Rules, cut)));
    }

    /// <summary>A new due instant that lies in the past is a breach at the moment of the change.</summary>
    private static void BreachWhatIsPast(EventSink events, DecisionContext context)
    {
        foreach (var clock in Clocks.Project(events.State, context.Rules))
        {
            if (clock.IsRunning && !clock.WasBreached && clock.IsBreachedAt(context.DueBy) && events.State.Clocks.ResultOf(clock.Id) is null)
                events.Add(new ClockBreached(clock.Id, clock.Due!.Value, WhyPast(clock, events.State)));
        }
    }

    /// <summary>Why a running clock is past although nobody was late: its due instant lay in the past when it was set. <c>null</c> when
    /// somebody was.</summary>
    public static string? WhyPast(Clock clock, Complaint complaint) =>
        complaint.Clocks.Policies is [_, .., var newest] && clock.Due < newest.From
            ? newest.Recalculated ? "by-recalculation" : "by-retarget"
            : clock.Due is { } due && WasMovedInAWait(due, complaint) ? "by-merge" : null;

    /// <summary>True where a merge put a due instant before a wait: had it been there before, the clock would not have waited.</summary>
    private static bool WasMovedInAWait(Instant due, Complaint complaint) =>
        !complaint.Progress.Merged.Absorbed.IsEmpty && complaint.Clocks.Pauses.Any(pause => pause.From > due);

    /// <summary>Why a clock ended as it did, where that is not plain.</summary>
    private static string? Why(Clock clock, ClockVerdict verdict, Complaint complaint) => verdict switch
    {
        ClockVerdict.Cancelled => WhyCancelled(clock.Objective, clock.EndedAt, complaint),
        ClockVerdict.Breached when clock.Due is { } due && WasMovedInAWait(due, complaint) => "by-merge",
        _ => null,
    };

    /// <summary>Why a clock ended without a verdict.</summary>
    private static string WhyCancelled(string objective, Instant? at, Complaint complaint) =>
        complaint.Progress.EndedAt == at ? complaint.State == ComplaintState.Merged ? "by-merge" : "by-end"
        : objective.StartsWith(Objective.Agreed, StringComparison.Ordinal)
            || objective.StartsWith(Objective.Commitment, StringComparison.Ordinal) ? "superseded"
        : IsNewRound(complaint.Clocks.Facts, at) ? "by-reopening"
        : IsNewPolicy(complaint.Clocks.Policies, at) ? "by-retarget"
        : "by-fact";

    private static bool IsNewRound(ImmutableArray<ClockFact> facts, Instant? at)
    {
        foreach (var fact in facts)
        {
            if (fact.BeginsRound && fact.At == at)
                return true;
        }
        return false;
    }

    private static bool IsNewPolicy(ImmutableArray<PolicyPin> pins, Instant? at)
    {
        foreach (var pin in pins)
        {
            if (pin.From == at)
                return true;
        }
        return false;
    }
}
