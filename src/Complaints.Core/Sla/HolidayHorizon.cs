using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Due instants in years whose holidays the calendar does not know yet, so that they may move.</summary>
public static class HolidayHorizon
{
    /// <summary>How near a flagged due instant must be to degrade health.</summary>
    public static Duration Soon { get; } = Duration.FromDays(90);

    /// <summary>The running clocks that are due in such a year. A promised instant moves by no holiday and is never among them.</summary>
    /// <param name="clocks">The clocks of a complaint.</param>
    /// <param name="rules">The tenant's definitions.</param>
    public static ImmutableArray<Clock> Beyond(ImmutableArray<Clock> clocks, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return [.. clocks.Where(clock => IsBeyond(clock, rules))];
    }

    /// <summary>The health figure: how many clocks are due within <see cref="Soon"/> in a year whose holidays are not known. 0 is healthy;
    /// nothing is read where every calendar reaches that far.</summary>
    /// <param name="desk">The tenant's desk.</param>
    /// <param name="timers">Where the timers are.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="now">The instant.</param>
    /// <param name="max">At most so many timers are looked at, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<int> DueSoonAsync(ComplaintDesk desk, ITimerStore timers, Rulebook rules, Instant now, int max = 10_000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(timers);
        ArgumentNullException.ThrowIfNull(rules);
        var until = now + Soon;
        if (!rules.CalendarIds.Any(id => rules.Calendar(id).IsBeyondHolidayData(until)))
            return 0;
        var found = 0;
        foreach (var timer in (await timers.DueAsync(desk.Tenant, until, max, cancellationToken).ConfigureAwait(false)).DistinctBy(timer => timer.Complaint))
        {
            if (await desk.ViewAsync(timer.Complaint, cancellationToken).ConfigureAwait(false) is { } view)
                found += Beyond(view.Clocks, rules).Count(clock => clock.Due <= until);
        }
        return found;
    }

    internal static bool IsBeyond(Clock clock, Rulebook rules) =>
        clock is { IsRunning: true, Due: { } due, Terms: { TimeLimit: var limit } objective, Pin: { } pin }
        // Hours on the wall do not care for holidays; days do only if the last one may roll.
        && (limit.MeasuresWorkingTime || limit.CountsDates && (limit.FreeLastDay != FreeLastDay.Stays || limit.LateReceipt != LateReceipt.ThatDay))
        && pin.CalendarOf(objective, rules).IsBeyondHolidayData(due);
}
