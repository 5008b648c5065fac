using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>
/// Writes a calendar: <c>new CalendarBuilder("Asia/Shanghai").Weekdays("09:00-12:00", "13:00-18:00").Closed(date, "National
/// Day").Build()</c>. Nothing is checked
/// before <see cref="Build"/>; not thread-safe.
/// </summary>
public sealed class CalendarBuilder
{
    private readonly string _zone;
    private readonly Dictionary<string, ImmutableArray<string>> _week = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DateRule> _dates = [];
    private HolidayData? _holidays;

    /// <summary>A calendar that never opens so far.</summary>
    /// <param name="zone">An IANA id.</param>
    public CalendarBuilder(string zone) => _zone = zone;

    /// <summary>Windows of one weekday, <c>HH:mm-HH:mm</c>; none makes it free.</summary>
    public CalendarBuilder On(IsoDayOfWeek day, params ReadOnlySpan<string> windows)
    {
        _week[day.ToString().ToLowerInvariant()] = [.. windows];
        return this;
    }

    /// <summary>The same windows from Monday to Friday.</summary>
    public CalendarBuilder Weekdays(params ReadOnlySpan<string> windows) => From(IsoDayOfWeek.Monday, IsoDayOfWeek.Friday, windows);

    /// <summary>The same windows on all seven days.</summary>
    public CalendarBuilder EveryDay(params ReadOnlySpan<string> windows) => From(IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday, windows);

    /// <summary>Open always.</summary>
    public CalendarBuilder Always() => EveryDay("00:00-24:00");

    /// <summary>Closed on a date, all of its hours.</summary>
    public CalendarBuilder Closed(LocalDate date, string? name = null) => Rule(new(date, name));

    /// <summary>Other hours on a date; they rule all of its hours.</summary>
    public CalendarBuilder Hours(LocalDate date, string? name, params ReadOnlySpan<string> windows) => Rule(new(date, name, [.. windows]));

    /// <summary>A make-up day (调休): the date has a weekday's windows.</summary>
    public CalendarBuilder WorksLike(LocalDate date, IsoDayOfWeek day, string? name = null) => Rule(new(date, name, WorksLike: day));

    /// <summary>Rules from elsewhere: a preset's or a file's.</summary>
    public CalendarBuilder Rules(IEnumerable<DateRule> rules)
    {
        _dates.AddRange(rules);
        return this;
    }

    /// <summary>The years whose holidays are complete.</summary>
    public CalendarBuilder HolidaysKnown(HolidayData data)
    {
        _holidays = data;
        return this;
    }

    /// <summary>The definition, to be published; not yet checked.</summary>
    public CalendarDefinition ToDefinition() =>
        new(_zone, _week.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. _dates.OrderBy(rule => rule.Date)], _holidays);

    /// <summary>The calendar.</summary>
    /// <exception cref="ArgumentException">Something is wrong; the message has the code: <c>calendar.never_open</c>,
    /// <c>calendar.zone_unknown</c>,
    /// <c>calendar.window_invalid</c>, <c>calendar.date_conflict</c>, <c>calendar.date_out_of_range</c>.</exception>
    public BusinessCalendar Build() => new(ToDefinition());

    private CalendarBuilder From(IsoDayOfWeek first, IsoDayOfWeek last, ReadOnlySpan<string> windows)
    {
        for (var day = first; day <= last; day++)
            On(day, windows);
        return this;
    }

    private CalendarBuilder Rule(DateRule rule)
    {
        _dates.Add(rule);
        return this;
    }
}
