using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>A calendar as it is published (T1).</summary>
/// <param name="Zone">An IANA id, such as <c>Asia/Shanghai</c>.</param>
/// <param name="Week">Windows by weekday (<c>monday</c> to <c>sunday</c>), each <c>HH:mm-HH:mm</c>; <c>24:00</c> is allowed, an end before the start runs into the next date.</param>
/// <param name="Dates">Rules for single dates, at most one a date.</param>
public sealed record CalendarDefinition(string Zone, ImmutableSortedDictionary<string, ImmutableArray<string>> Week, ImmutableArray<DateRule> Dates = default)
{
    /// <summary>Rules for single dates; never <c>default</c>.</summary>
    public ImmutableArray<DateRule> Dates { get; init; } = Dates.IsDefault ? [] : Dates;

    /// <summary>Reads a published definition.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static CalendarDefinition Parse(string json) =>
        System.Text.Json.JsonSerializer.Deserialize(json, Definitions.DefinitionJson.Default.CalendarDefinition) ?? throw new System.Text.Json.JsonException("The definition is null.");

    internal ImmutableArray<string> WindowsOn(IsoDayOfWeek day) =>
        Week is not null && Week.FirstOrDefault(entry => string.Equals(entry.Key, day.ToString(), StringComparison.OrdinalIgnoreCase)).Value is { IsDefault: false } windows ? windows : [];

    internal IEnumerable<ComplaintError> Problems()
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone ?? "") is null)
            yield return new("calendar.zone_unknown", ("path", "zone"), ("value", Zone));
        foreach (var (day, windows) in Week ?? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty)
        {
            if (!Enum.TryParse<IsoDayOfWeek>(day, ignoreCase: true, out var known) || known == IsoDayOfWeek.None)
                yield return new("definition.missing", ("path", $"week.{day}"), ("value", day), ("known", "monday, tuesday, wednesday, thursday, friday, saturday, sunday"));
            foreach (var window in windows.Where(window => !LocalWindow.TryParse(window, out _)))
                yield return new("calendar.window_invalid", ("path", $"week.{day}"), ("value", window));
        }
        foreach (var window in Dates.SelectMany(rule => rule.Hours.Where(window => !LocalWindow.TryParse(window, out _)).Select(window => (rule.Date, window))))
            yield return new("calendar.window_invalid", ("path", $"dates.{window.Date}"), ("value", window.window));
        foreach (var twice in Dates.GroupBy(rule => rule.Date).Where(group => group.Count() > 1))
            yield return new("calendar.date_conflict", ("path", "dates"), ("value", twice.Key));
        if (Week is null || Week.Values.All(windows => windows.IsDefaultOrEmpty))
            yield return new("calendar.never_open", ("value", Zone));
    }
}

/// <summary>What holds on one date: closed, other hours, or the windows of a weekday (a make-up day, 调休).</summary>
/// <param name="Date">The date.</param>
/// <param name="Name">Why: the holiday's name.</param>
/// <param name="Hours">Its windows; empty is closed.</param>
/// <param name="WorksLike">The weekday whose windows it has instead.</param>
public sealed record DateRule(LocalDate Date, string? Name = null, ImmutableArray<string> Hours = default, IsoDayOfWeek? WorksLike = null)
{
    /// <summary>Its windows; never <c>default</c>.</summary>
    public ImmutableArray<string> Hours { get; init; } = Hours.IsDefault ? [] : Hours;
}

/// <summary>A window of a day in minutes from its midnight; the end may lie in the next day.</summary>
internal readonly record struct LocalWindow(int Start, int End)
{
    public static LocalWindow Parse(string text) => TryParse(text, out var window) ? window : throw new FormatException($"'{text}' is no window; write HH:mm-HH:mm.");

    public static bool TryParse(string? text, out LocalWindow window)
    {
        window = default;
        if (text?.Split('-') is not [var from, var to] || Minutes(from) is not { } start || Minutes(to) is not { } end || start == 1440 || start == end)
            return false;
        window = new(start, end > start ? end : end + 1440);
        return true;
    }

    private static int? Minutes(string text) =>
        text.Trim().Split(':') is [var hour, var minute]
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h)
        && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60 && (h < 24 || h == 24 && m == 0)
            ? h * 60 + m
            : null;
}
