using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>What may be wrong with a calendar's definition, each with its path.</summary>
internal static class CalendarRules
{
    internal const string Weekdays = "monday, tuesday, wednesday, thursday, friday, saturday, sunday";

    public static IEnumerable<ComplaintError> Problems(CalendarDefinition calendar)
    {
        if (!HasZone(calendar))
            yield return new("calendar.zone_unknown", ("path", "zone"), ("value", calendar.Zone));
        if (calendar.Combine is { } combine)
        {
            foreach (var problem in Combination(calendar, combine))
                yield return problem;
            yield break;
        }
        var isSound = true;
        foreach (var problem in Week(calendar).Concat(calendar.Dates.SelectMany(Date)).Concat(Twice(calendar)).Concat(Holidays(calendar.HolidayData)))
        {
            isSound = false;
            yield return problem;
        }
        if (isSound && HasZone(calendar) && !new DefinedHours(calendar).EverOpens())
            yield return new("calendar.never_open", ("value", calendar.Zone));
    }

    /// <summary>What can be said without its parts; the rest is checked where they are known (<see cref="CalendarSet"/>).</summary>
    private static IEnumerable<ComplaintError> Combination(CalendarDefinition calendar, CalendarCombination combine)
    {
        if (!calendar.Week.IsEmpty || !calendar.Dates.IsEmpty || calendar.HolidayData is not null)
            yield return new("calendar.combine_and_hours", ("path", !calendar.Week.IsEmpty ? "week" : !calendar.Dates.IsEmpty ? "dates" : "holidayData"));
        if (!Enum.IsDefined(combine.How))
            yield return new("definition.missing", ("path", "combine.how"), ("value", combine.How), ("known", "union, intersection, followTheSun"));
        if (combine.Calendars.Length < 2)
            yield return new("calendar.combine_too_few", ("path", "combine.calendars"), ("value", combine.Calendars.Length));
        for (var i = 0; i < combine.Calendars.Length; i++)
        {
            if (combine.Calendars.IndexOf(combine.Calendars[i]) < i)
                yield return new("definition.duplicate", ("path", $"combine.calendars[{i}]"), ("value", combine.Calendars[i]));
        }
    }

    private static IEnumerable<ComplaintError> Week(CalendarDefinition calendar)
    {
        foreach (var (day, windows) in calendar.Week)
        {
            if (!Weekdays.Split(", ").Contains(day, StringComparer.OrdinalIgnoreCase))
                yield return new("definition.missing", ("path", $"week.{day}"), ("value", day), ("known", Weekdays));
            for (var i = 0; i < (windows.IsDefault ? 0 : windows.Length); i++)
            {
                if (!LocalWindow.TryParse(windows[i], out _))
                    yield return new("calendar.window_invalid", ("path", $"week.{day}[{i}]"), ("value", windows[i]));
            }
        }
        foreach (var twice in calendar.Week.Keys.GroupBy(day => day, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            yield return new("definition.duplicate", ("path", "week"), ("value", twice.Key));
    }

    private static IEnumerable<ComplaintError> Date(DateRule rule, int index)
    {
        var path = $"dates[{index}]";
        if (rule.Date.Year is < UtcTime.FirstYear or > UtcTime.LastYear)
            yield return new("calendar.date_out_of_range", ("path", $"{path}.date"), ("value", rule.Date));
        for (var i = 0; i < rule.Hours.Length; i++)
        {
            if (!LocalWindow.TryParse(rule.Hours[i], out _))
                yield return new("calendar.window_invalid", ("path", $"{path}.hours[{i}]"), ("value", rule.Hours[i]));
        }
        if (rule.WorksLike is { } like && (like is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday))
            yield return new("definition.missing", ("path", $"{path}.worksLike"), ("value", like), ("known", Weekdays));
        else if (rule.WorksLike is not null && !rule.Hours.IsEmpty)
            yield return new("calendar.date_ambiguous", ("path", path), ("value", rule.Date));
    }

    private static IEnumerable<ComplaintError> Twice(CalendarDefinition calendar)
    {
        var seen = new HashSet<LocalDate>();
        for (var i = 0; i < calendar.Dates.Length; i++)
        {
            if (!seen.Add(calendar.Dates[i].Date))
                yield return new("calendar.date_conflict", ("path", $"dates[{i}]"), ("value", calendar.Dates[i].Date));
        }
    }

    private static IEnumerable<ComplaintError> Holidays(HolidayData? data)
    {
        if (data is null)
            yield break;
        if (data.FirstYear is < UtcTime.FirstYear or > UtcTime.LastYear)
            yield return new("number.out_of_range", ("field", "holidayData.firstYear"), ("value", data.FirstYear), ("low", UtcTime.FirstYear), ("high", UtcTime.LastYear));
        if (data.LastYear < data.FirstYear || data.LastYear > UtcTime.LastYear)
            yield return new("number.out_of_range", ("field", "holidayData.lastYear"), ("value", data.LastYear), ("low", data.FirstYear), ("high", UtcTime.LastYear));
    }

    private static bool HasZone(CalendarDefinition calendar) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(calendar.Zone ?? "") is not null;
}
