using System.Collections.Immutable;

namespace Complaints.Core.Calendars;

/// <summary>
/// Ready-made calendars: public holidays of a country with their official source, and example hours. They are not planted into a tenant;
/// publish the JSON of one as a
/// definition of kind <c>calendar</c>, or take its dates: <c>new
/// CalendarBuilder("Asia/Shanghai").Weekdays("08:30-17:30").Rules(CalendarPresets.China.Dates)</c>.
/// </summary>
public static class CalendarPresets
{
    private const string Prefix = "Complaints.Core.Definitions.Presets.calendar.";

    /// <summary>Mainland China 2018 to 2026, with make-up days (调休).</summary>
    public static CalendarDefinition China => CalendarDefinition.Parse(Json("cn"));

    /// <summary>England and Wales 2024 to 2026.</summary>
    public static CalendarDefinition EnglandAndWales => CalendarDefinition.Parse(Json("gb-eng"));

    /// <summary>Federal holidays of the United States 2011 to 2030, observed days included.</summary>
    public static CalendarDefinition UnitedStatesFederal => CalendarDefinition.Parse(Json("us-federal"));

    /// <summary>Their ids: <c>cn</c>, <c>gb-eng</c>, <c>us-federal</c>.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        .. typeof(CalendarPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The JSON of one, as it can be published.</summary>
    /// <exception cref="ArgumentException">There is none of that id.</exception>
    public static string Json(string id)
    {
        using var stream = typeof(CalendarPresets).Assembly.GetManifestResourceStream($"{Prefix}{id}.json")
            ?? throw new ArgumentException($"There is no preset calendar '{id}'; there are: {string.Join(", ", Ids)}.", nameof(id));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
