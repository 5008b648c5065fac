using System.Globalization;
using System.Text.Json;
using Complaints.Core.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Calendars;

/// <summary>Reads the oracles' calendars: holidays before date overrides before weekly hours, breaks subtracted from what results.</summary>
internal static class OracleCalendars
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static BusinessCalendar Read(JsonElement json) => new(Definition(json));

    /// <summary>As it would be published.</summary>
    public static CalendarDefinition Definition(JsonElement json)
    {
        var builder = new CalendarBuilder(json.GetProperty("zone").GetString()!);
        if (!json.TryGetProperty("weekly", out var weekly))
            return builder.Always().ToDefinition();
        for (var day = 0; day < 7; day++)
            builder.On((IsoDayOfWeek)(day + 1), [.. Windows(weekly, Days[day]).Select(Text)]);
        var holidays = json.GetProperty("holidays").EnumerateArray().Select(date => date.GetString()!).ToHashSet();
        var overrides = json.GetProperty("date_overrides");
        var breaks = json.TryGetProperty("date_breaks", out var found) ? found : default;
        var ruled = overrides.EnumerateObject().Concat(breaks.ValueKind == JsonValueKind.Object ? breaks.EnumerateObject() : []).Select(entry => entry.Name);
        foreach (var text in ruled.Concat(holidays).Distinct())
        {
            var date = LocalDatePattern.Iso.Parse(text).Value;
            if (holidays.Contains(text))
                builder.Closed(date);
            else
                builder.Hours(date, null, [.. HoursOn(text, date, weekly, overrides, breaks).Select(Text)]);
        }
        return builder.ToDefinition();
    }

    private static IEnumerable<(int From, int To)> HoursOn(string text, LocalDate date, JsonElement weekly, JsonElement overrides, JsonElement breaks)
    {
        var hours = overrides.TryGetProperty(text, out _) ? Windows(overrides, text) : Windows(weekly, Days[(int)date.DayOfWeek - 1]);
        var off = breaks.ValueKind == JsonValueKind.Object ? Windows(breaks, text) : [];
        foreach (var (from, to) in off)
            hours = [.. hours.SelectMany(window => new[] { (window.From, Math.Min(window.To, from)), (Math.Max(window.From, to), window.To) }).Where(window => window.Item2 > window.Item1)];
        return hours;
    }

    private static List<(int From, int To)> Windows(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var windows) ? [.. windows.EnumerateArray().Select(window => (Seconds(window[0]), Seconds(window[1]))).Select(window => (window.Item1, window.Item2 > window.Item1 ? window.Item2 : window.Item2 + 86400))] : [];

    private static int Seconds(JsonElement time)
    {
        var parts = time.GetString()!.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts[0] * 3_600 + parts[1] * 60 + parts.ElementAtOrDefault(2);
    }

    private static string Text((int From, int To) window) => $"{Clock(window.From)}-{(window.To == 86400 ? "24:00" : Clock(window.To % 86400))}";

    private static string Clock(int seconds) => $"{seconds / 3_600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}";
}
