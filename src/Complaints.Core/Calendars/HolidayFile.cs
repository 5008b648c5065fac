using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Holidays read from an iCalendar file (.ics, RFC 5545): one <c>Closed</c> rule a date, ordered, events on the same date
/// joined.</summary>
/// <param name="Dates">The rules; complete only when there are no problems.</param>
/// <param name="Problems">What was refused, with its line: <c>calendar.ics_syntax</c>, <c>calendar.ics_unsupported</c>.</param>
/// <remarks>
/// Read: all-day events (<c>DTSTART;VALUE=DATE</c>, or eight digits), over several days with <c>DTEND</c> (exclusive) or
/// <c>DURATION:PnD</c>, folded lines, escaped
/// text, <c>RRULE:FREQ=YEARLY</c> with <c>INTERVAL</c>, <c>COUNT</c> and <c>UNTIL</c>. Cancelled events are left out. Refused: events with
/// a time of day, every other
/// recurrence, exceptions to one, events of more than 366 days, a file that ends inside an event.
/// </remarks>
public sealed record HolidayFile(ImmutableArray<DateRule> Dates, ImmutableArray<ComplaintError> Problems)
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The content.</param>
    /// <param name="firstYear">Dates before this year are left out.</param>
    /// <param name="lastYear">Dates after this year are left out; yearly events are repeated until then. At most 2100.</param>
    public static HolidayFile Read(string text, int firstYear, int lastYear)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstYear, UtcTime.FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastYear, UtcTime.LastYear);
        var (events, problems) = IcsText.Events(text);
        var names = new SortedDictionary<LocalDate, List<string>>();
        foreach (var holiday in events)
        {
            foreach (var date in holiday.Dates(lastYear).Where(date => date.Year >= firstYear && date.Year <= lastYear))
            {
                if (!names.TryGetValue(date, out var there))
                    names[date] = there = [];
                if (!there.Contains(holiday.Name))
                    there.Add(holiday.Name);
            }
        }
        return new([.. names.Select(entry => new DateRule(entry.Key, string.Join("; ", entry.Value)))], [.. problems]);
    }
}

/// <summary>An all-day event: its first date, how many days, and how it comes back.</summary>
internal sealed record IcsEvent(string Name, LocalDate Start, int Days, int EveryYears, int Times, LocalDate Until)
{
    public IEnumerable<LocalDate> Dates(int lastYear)
    {
        for (var n = 0; n < Times && Start.Year + n * EveryYears <= lastYear; n++)
        {
            // A 29th of February comes back in leap years only (RFC 5545: an invalid date is skipped).
            var year = Start.Year + n * EveryYears;
            if (Start is { Month: 2, Day: 29 } && !CalendarSystem.Iso.IsLeapYear(year))
                continue;
            var start = new LocalDate(year, Start.Month, Start.Day);
            if (start > Until)
                yield break;
            for (var day = 0; day < Days; day++)
                yield return start.PlusDays(day);
        }
    }
}
