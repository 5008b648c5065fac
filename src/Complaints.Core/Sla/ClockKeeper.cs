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
        var settled = ended;
        foreach (var result in ended)
        {
            if (record.ResultOf(result.Clock) is not { } written)
            {
                if (result.Verdict == ClockVerdict.Cancelled)
                    settled = settled.Replace(result, result with { Reason = Why(result, events.State) });
                else if (result is { Verdict: ClockVerdict.Breached, Due: { } due } && WasMovedInAWait(due, events.State))
                    settled = settled.Replace(result, result with { Reason = "by-merge" });
                continue;
            }
            settled = settled.Remove(result);
            // A clock that was breached stays breached when it is cancelled, and a late stop says nothing new.
            if (written.Verdict != result.Verdict && !(result.Verdict == ClockVerdict.Cancelled && written.Verdict == ClockVerdict.Breached))
                events.Add(new ResultCorrected(written, result with { Reason = "by-late-fact" }));
        }
        if (!settled.IsEmpty)
            events.Add(new ClocksSettled(settled));
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

    /// <summary>Why a clock ended without a verdict.</summary>
    private static string Why(ClockResult result, Complaint complaint) =>
        complaint.Progress.EndedAt == result.At ? complaint.State == ComplaintState.Merged ? "by-merge" : "by-end"
        : result.Clock.StartsWith(Objective.Agreed, StringComparison.Ordinal) || result.Clock.StartsWith(Objective.Commitment, StringComparison.Ordinal) ? "superseded"
        : complaint.Clocks.Facts.Any(fact => fact.At == result.At && fact.BeginsRound) ? "by-reopening"
        : complaint.Clocks.Policies.Any(pin => pin.From == result.At) ? "by-retarget"
        : "by-fact";
}
