using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>After a decision: writes down what became of the clocks that the decision ended, and corrects what a backdated fact changed (T12, T14, T15, T25).</summary>
internal static class ClockKeeper
{
    public static void Append(Complaint before, EventSink events, Rulebook rules)
    {
        // Most commands touch no clock, and then nothing is projected.
        if (ReferenceEquals(before.Clocks, events.State.Clocks))
            return;
        var after = Clocks.Project(events.State, rules);
        var retargeted = before.Clocks.Policies.Length > 0 && events.State.Clocks.Policies.Length > before.Clocks.Policies.Length;
        if (retargeted)
            CancelVanished(before, after, events, rules);
        foreach (var clock in after)
        {
            var written = events.State.Clocks.ResultOf(clock.Id);
            if (clock.IsOpen)
            {
                if (retargeted && written is null && clock.Due is { } due && clock.IsBreachedAt(events.Moment.RecordedAt))
                    events.Add(new ClockBreached(clock.Id, due, "by-retarget"));
                continue;
            }
            Settle(clock, written, events);
        }
    }

    private static void Settle(Clock clock, ClockResult? written, EventSink events)
    {
        var verdict = clock.CancelledAt is not null ? ClockVerdict.Cancelled : clock.IsMet ? ClockVerdict.Met : ClockVerdict.Breached;
        var result = new ClockResult(clock.Id, verdict, clock.Due, clock.StoppedAt ?? clock.CancelledAt, Why(clock, events.State));
        if (written is null)
        {
            events.Add(new ClockSettled(result));
            return;
        }
        // A clock that was breached stays breached when it is cancelled, and a late stop says nothing new.
        if (written.Verdict == verdict || verdict == ClockVerdict.Cancelled && written.Verdict == ClockVerdict.Breached)
            return;
        events.Add(new ResultCorrected(written, result with { Reason = "by-late-fact" }));
    }

    /// <summary>An objective that the new policy lacks ends without a verdict (T12).</summary>
    private static void CancelVanished(Complaint before, ImmutableArray<Clock> after, EventSink events, Rulebook rules)
    {
        foreach (var gone in Clocks.Project(before, rules).Where(clock => clock.IsOpen && !after.Any(kept => kept.Id == clock.Id)))
        {
            if (events.State.Clocks.ResultOf(gone.Id) is null)
                events.Add(new ClockSettled(new ClockResult(gone.Id, ClockVerdict.Cancelled, gone.Due, events.Moment.OccurredAt, "by-retarget")));
        }
    }

    private static string? Why(Clock clock, Complaint complaint) => clock switch
    {
        { CancelledAt: null } => null,
        { Objective: Objective.Agreed } => "superseded",
        _ when complaint.Progress.EndedAt == clock.CancelledAt => "by-end",
        _ => "by-reopening",
    };
}
