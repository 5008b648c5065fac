using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Looks for clocks of a tenant that are due in years whose holidays the calendar does not know yet.</summary>
public static class HolidayWatch
{
    /// <summary>The health figure: how many clocks are due within <see cref="HolidayHorizon.Soon"/> in a year whose holidays are not known.
    /// 0 is healthy; nothing is read where every calendar reaches that far.</summary>
    /// <param name="desk">The tenant's desk.</param>
    /// <param name="timers">Where the timers are.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="now">The instant.</param>
    /// <param name="max">At most so many timers are looked at, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<int> DueSoonAsync(ComplaintDesk desk, ITimerStore timers, Rulebook rules, Instant now, int max = 10_000,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(timers);
        ArgumentNullException.ThrowIfNull(rules);
        var until = now + HolidayHorizon.Soon;
        if (!rules.CalendarIds.Any(id => rules.Calendar(id).IsBeyondHolidayData(until)))
            return 0;
        var found = 0;
        var due = await timers.DueAsync(desk.Tenant, until, max, cancellationToken).ConfigureAwait(false);
        foreach (var timer in due.DistinctBy(timer => timer.Complaint))
        {
            if (await desk.ViewAsync(timer.Complaint, cancellationToken).ConfigureAwait(false) is { } view)
                found += HolidayHorizon.Beyond(view.Clocks, rules).Count(clock => clock.Due <= until);
        }
        return found;
    }
}
