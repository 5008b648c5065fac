using System.Globalization;

namespace Complaints.Core.Calendars;

/// <summary>A window of a day in seconds from its midnight; the end may lie in the next day. From a time to the same time is a whole
/// day.</summary>
internal readonly record struct LocalWindow(int Start, int End)
{
    /// <summary>24:00.</summary>
    public const int Day = 86_400;

    public static LocalWindow Parse(string text) =>
        TryParse(text, out var window)
            ? window
            : throw new FormatException($"'{text}' is no window; write HH:mm-HH:mm or HH:mm:ss-HH:mm:ss.");

    public static bool TryParse(string? text, out LocalWindow window)
    {
        window = default;
        if (text?.Split('-') is not [var from, var to] || Seconds(from) is not { } start || Seconds(to) is not { } end || start == Day)
            return false;
        window = new(start, end > start ? end : end + Day);
        return true;
    }

    private static int? Seconds(string text)
    {
        var parts = text.Trim().Split(':');
        if (parts.Length is < 2 or > 3 || Number(parts[0], 24) is not { } hour || Number(parts[1], 59) is not { } minute || Number(parts.ElementAtOrDefault(2) ?? "0", 59) is not { } second)
            return null;
        var seconds = hour * 3_600 + minute * 60 + second;
        return seconds <= Day ? seconds : null;
    }

    private static int? Number(string text, int highest) =>
        text.Length <= 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest ? number : null;
}
