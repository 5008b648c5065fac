using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>A calendar as it is published.</summary>
/// <param name="Zone">An IANA id, such as <c>Asia/Shanghai</c>.</param>
/// <param name="Week">
/// Windows by weekday (<c>monday</c> to <c>sunday</c>), each <c>HH:mm-HH:mm</c> (seconds may follow); <c>24:00</c> is allowed, an end
/// before the start runs into the next date. A weekday
/// that is not named is free. Windows that adjoin or overlap are one.
/// </param>
/// <param name="Dates">Rules for single dates, at most one a date.</param>
/// <param name="HolidayData">The years whose holidays are in <paramref name="Dates"/>; <c>null</c> for those from the first date to the
/// last.</param>
/// <param name="Combine">Other calendars of which it is made; then it has no week and no dates of its own.</param>
public sealed record CalendarDefinition(
    string Zone,
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Week = null,
    ImmutableArray<DateRule> Dates = default,
    HolidayData? HolidayData = null,
    CalendarCombination? Combine = null)
{
    private static readonly JsonTypeInfo<CalendarDefinition> Json = (JsonTypeInfo<CalendarDefinition>)StrictJson.Of(CalendarJson.Default)
        .GetTypeInfo(typeof(CalendarDefinition));

    /// <summary>Windows by weekday; never <c>null</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Week { get; init; } = Week ?? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Rules for single dates; never <c>default</c>.</summary>
    public ImmutableArray<DateRule> Dates { get; init; } = Dates.IsDefault ? [] : Dates;

    /// <summary>Reads a published definition.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static CalendarDefinition Parse(string json) =>
        StrictJson.Read(json, Json);

    /// <summary>The definition as JSON, to be published.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    internal HolidayData? KnownHolidays =>
        HolidayData ?? (Dates.IsEmpty ? null : new HolidayData(Dates.Min(rule => rule.Date.Year), Dates.Max(rule => rule.Date.Year)));

    /// <summary>True when the zone and the weekly hours are those of an older version, and holidays of more years are known.</summary>
    internal bool HasGrownFrom(CalendarDefinition older) =>
        Zone == older.Zone
        && Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).All(day => WindowsOn(day).SequenceEqual(older.WindowsOn(day), StringComparer.Ordinal))
        && KnownHolidays?.LastYear > (older.KnownHolidays?.LastYear ?? 0);

    internal ImmutableArray<string> WindowsOn(IsoDayOfWeek day) =>
        Week.FirstOrDefault(entry => string.Equals(entry.Key, day.ToString(), StringComparison.OrdinalIgnoreCase)).Value is { IsDefault: false } windows ? windows : [];

    internal IEnumerable<ComplaintError> Problems() => CalendarRules.Problems(this);
}

/// <summary>What holds on one date: closed, other hours, or the windows of a weekday (a make-up day, 调休).</summary>
/// <param name="Date">The date, 1970 to 2100.</param>
/// <param name="Name">Why: the holiday's name.</param>
/// <param name="Hours">Its windows; empty is closed. They rule every hour of the date: what the date before would carry in is cut.</param>
/// <param name="WorksLike">The weekday whose windows it has instead; what the date before carries in remains.</param>
public sealed record DateRule(LocalDate Date, string? Name = null, ImmutableArray<string> Hours = default, IsoDayOfWeek? WorksLike = null)
{
    /// <summary>Its windows; never <c>default</c>.</summary>
    public ImmutableArray<string> Hours { get; init; } = Hours.IsDefault ? [] : Hours;
}

/// <summary>For which years the holidays of a calendar are known, and from where.</summary>
/// <param name="FirstYear">The first of them, inclusive.</param>
/// <param name="LastYear">The last of them, inclusive.</param>
/// <param name="Sources">Where they were published: addresses or titles.</param>
/// <param name="Note">What a reader must know about them.</param>
public sealed record HolidayData(int FirstYear, int LastYear, ImmutableArray<string> Sources = default, string? Note = null)
{
    /// <summary>Where they were published; never <c>default</c>.</summary>
    public ImmutableArray<string> Sources { get; init; } = Sources.IsDefault ? [] : Sources;

    /// <summary>True for a year whose holidays are known.</summary>
    public bool Covers(int year) => year >= FirstYear && year <= LastYear;
}
