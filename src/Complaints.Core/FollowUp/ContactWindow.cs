using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.FollowUp;

/// <summary>The next instant at which a customer may be contacted: inside the house's hours and the customer's wishes, both in the
/// customer's local time. Pure.</summary>
public static class ContactWindow
{
    /// <summary>How many days ahead a common window is looked for: every combination of weekdays comes back within a week; clock changes
    /// and a date that a zone skips need some more.</summary>
    private const int Ahead = 15;

    /// <summary>The instant itself when the customer may be contacted then, else the next one.</summary>
    /// <param name="at">From when.</param>
    /// <param name="hours">The house's hours.</param>
    /// <param name="customer">The customer's wishes; <c>null</c> if none are known.</param>
    /// <param name="zone">The zone where the customer has named none.</param>
    /// <remarks>
    /// Where the wishes never meet the house's hours, the house's hours alone count: a wish cannot forbid every contact. A window that
    /// begins in a gap of the clock begins at the gap's end.
    /// </remarks>
    public static Instant Next(Instant at, ContactHours hours, ContactPreference? customer, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(zone);
        var local = customer?.Zone is { } own ? DateTimeZoneProviders.Tzdb[own] : zone;
        return Find(at, hours, customer, local) ?? Find(at, hours, null, local) ?? at;
    }

    private static Instant? Find(Instant at, ContactHours hours, ContactPreference? customer, DateTimeZone zone)
    {
        // From the day before: a window of the night may still hold.
        var first = at.InZone(zone).Date.PlusDays(-1);
        Instant? best = null;
        for (var date = first; date <= first.PlusDays(Ahead); date = date.PlusDays(1))
        {
            if (best is not null && date > best.Value.InZone(zone).Date)
                break;
            foreach (var (start, end) in On(date, hours, customer))
            {
                var (from, to) = (At(date, start, zone, later: false), At(date, end, zone, later: true));
                if (to <= at || to <= from)
                    continue;
                var next = from > at ? from : at;
                if (best is null || next < best)
                    best = next;
            }
        }
        return best;
    }

    /// <summary>What of the house's windows that begin on a date lies inside the wishes of that date, of the night before and of the night
    /// after; in seconds of the date.</summary>
    private static IEnumerable<(int Start, int End)> On(LocalDate date, ContactHours hours, ContactPreference? customer)
    {
        foreach (var window in hours.On(date.DayOfWeek))
        {
            if (customer is null || customer.Windows.IsEmpty && customer.Days.IsEmpty)
            {
                yield return (window.Start, window.End);
                continue;
            }
            for (var shift = -1; shift <= 1; shift++)
            {
                if (!customer.Days.IsEmpty && !customer.Days.Contains(date.PlusDays(shift).DayOfWeek))
                    continue;
                foreach (var wish in customer.Windows.IsEmpty ? [new LocalWindow(0, LocalWindow.Day)] : customer.Windows.Select(LocalWindow.Parse))
                {
                    var (start, end) = (Math.Max(window.Start, wish.Start + shift * LocalWindow.Day), Math.Min(window.End, wish.End + shift * LocalWindow.Day));
                    if (start < end)
                        yield return (start, end);
                }
            }
        }
    }

    private static Instant At(LocalDate date, int seconds, DateTimeZone zone, bool later)
    {
        var map = zone.MapLocal(date.AtMidnight().PlusSeconds(seconds));
        return map.Count == 0 ? map.LateInterval.Start : (later ? map.Last() : map.First()).ToInstant();
    }
}
