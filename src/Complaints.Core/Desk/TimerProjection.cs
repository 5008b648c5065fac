using Complaints.Core.Sla;
using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>The timers that a complaint must have: the next step of each running clock, and what the case owes another.</summary>
internal static class TimerProjection
{
    public static ImmutableArray<TimerRow> Of(Complaint complaint, ImmutableArray<Clock> clocks)
    {
        var timers = clocks.Where(clock => clock.IsRunning).Select(clock => NextStep(clock, complaint.Clocks)).OfType<TimerRow>().ToImmutableArray();
        foreach (var owed in ComplaintRooms.Current.Catalogue.FollowOnsOf(complaint))
            timers = timers.Add(new TimerRow(FollowOn.Timer, owed.Name, owed.Since));
        return timers;
    }

    /// <summary>The earliest step that has not fired; a breach needs the instant after its due instant.</summary>
    private static TimerRow? NextStep(Clock clock, ClockRecord record)
    {
        ClockStep? next = null;
        foreach (var step in clock.Steps)
        {
            if (!record.HasStep(clock.Id, step.Id) && (next is null || step.At < next.At))
                next = step;
        }
        return next is null ? null : new TimerRow(clock.Id, next.Id,
            Microseconds.RoundUp(next.Id == ClockStep.Breach ? next.At + Duration.FromTicks(10) : next.At));
    }
}
