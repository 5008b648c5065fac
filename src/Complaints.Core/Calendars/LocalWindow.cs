using System.Globalization;

namespace Complaints.Core.Calendars;

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
