using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Calendars;

/// <summary>Reads the events of an iCalendar text line by line; see <see cref="HolidayFile"/> for what is accepted.</summary>
internal sealed class IcsText
{
    private static readonly LocalDatePattern Basic = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private readonly List<IcsEvent> _events = [];
    private readonly List<ComplaintError> _problems = [];
    private Dictionary<string, (string Parameters, string Value, int Line)>? _open;
    private int _began;
    private int _inside;

    public static (List<IcsEvent> Events, List<ComplaintError> Problems) Events(string text)
    {
        var reader = new IcsText();
        var lines = Unfolded(text);
        if (lines.Count == 0 || !Is(lines[0].Text, "BEGIN:VCALENDAR"))
            reader.Error("calendar.ics_syntax", 1, lines.Count == 0 ? "" : lines[0].Text);
        foreach (var (line, number) in lines)
            reader.Take(line, number);
        if (reader._open is not null || lines.Count > 0 && !Is(lines[^1].Text, "END:VCALENDAR"))
            reader.Error("calendar.ics_syntax", lines.Count == 0 ? 1 : lines[^1].Number, lines.Count == 0 ? "" : lines[^1].Text);
        return (reader._events, reader._problems);
    }

    private void Take(string line, int number)
    {
        if (Is(line, "BEGIN:VEVENT"))
            (_open, _began, _inside) = (new(StringComparer.OrdinalIgnoreCase), number, 0);
        else if (_open is null)
            return;
        else if (Is(line, "END:VEVENT"))
            Close();
        else if (line.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase))
            _inside++; // An alarm; its properties are not the event's.
        else if (line.StartsWith("END:", StringComparison.OrdinalIgnoreCase))
            _inside--;
        else if (_inside == 0)
            Property(line, number);
    }

    private void Property(string line, int number)
    {
        var colon = Colon(line);
        if (colon < 0)
        {
            Error("calendar.ics_syntax", number, line);
            return;
        }
        var name = line[..colon].Split(';', 2);
        _open![name[0]] = (name.Length > 1 ? name[1] : "", line[(colon + 1)..], number);
    }

    private void Close()
    {
        var said = _open!;
        _open = null;
        if (said.TryGetValue("STATUS", out var status) && Is(status.Value, "CANCELLED"))
            return;
        foreach (var name in new[] { "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID" })
        {
            if (!said.TryGetValue(name, out var found))
                continue;
            Error("calendar.ics_unsupported", found.Line, $"{name}:{found.Value}");
            return;
        }
        if (!said.TryGetValue("DTSTART", out var start) || DateOf(start.Value) is not { } first)
        {
            Error("calendar.ics_unsupported", said.ContainsKey("DTSTART") ? start.Line : _began, $"DTSTART:{start.Value}");
            return;
        }
        if (DaysOf(said, first) is { } days && Rule(said) is var (every, times, until))
            _events.Add(new(said.TryGetValue("SUMMARY", out var summary) ? Unescaped(summary.Value) : "", first, days, every, times, until));
    }

    private int? DaysOf(Dictionary<string, (string Parameters, string Value, int Line)> said, LocalDate first)
    {
        if (said.TryGetValue("DTEND", out var end))
        {
            var days = DateOf(end.Value) is { } last ? Period.DaysBetween(first, last) : 0;
            return days is >= 1 and <= 366 ? days : Error("calendar.ics_unsupported", end.Line, $"DTEND:{end.Value}");
        }
        if (!said.TryGetValue("DURATION", out var duration))
            return 1;
        var text = duration.Value;
        var count = text.Length > 2 && text[0] == 'P' && int.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * (text[^1] == 'W' ? 7 : text[^1] == 'D' ? 1 : 0) : 0;
        return count is >= 1 and <= 366 ? count : Error("calendar.ics_unsupported", duration.Line, $"DURATION:{text}");
    }

    private (int Every, int Times, LocalDate Until)? Rule(Dictionary<string, (string Parameters, string Value, int Line)> said)
    {
        var (every, times, until) = (1, 1, LocalDate.MaxIsoValue);
        if (!said.TryGetValue("RRULE", out var rule))
            return (every, times, until);
        times = int.MaxValue;
        foreach (var part in rule.Value.Split(';'))
        {
            var known = part.Split('=') switch
            {
                ["FREQ", "YEARLY"] or ["WKST", _] => true,
                ["INTERVAL", var text] => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out every) && every is > 0 and < 1_000,
                ["COUNT", var text] => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out times) && times > 0,
                ["UNTIL", { Length: >= 8 } text] => DateOf(text[..8]) is { } last && (until = last) == last,
                _ => false,
            };
            if (!known || !rule.Value.Contains("FREQ=YEARLY", StringComparison.Ordinal))
            {
                Error("calendar.ics_unsupported", rule.Line, $"RRULE:{rule.Value}");
                return null;
            }
        }
        return (every, times, until);
    }

    private int? Error(string code, int line, string value)
    {
        _problems.Add(new(code, ("line", line), ("value", value.Length <= 80 ? value : value[..80] + "…")));
        return null;
    }

    private static LocalDate? DateOf(string text) => Basic.Parse(text) is { Success: true } date ? date.Value : null;

    /// <summary>The colon that ends the name: one inside quotes belongs to a parameter.</summary>
    private static int Colon(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ':' && !quoted)
                return i;
        }
        return -1;
    }

    /// <summary>Lines with their numbers; one that begins with a blank continues the one before.</summary>
    private static List<(string Text, int Number)> Unfolded(string text)
    {
        var lines = new List<(StringBuilder Text, int Number)>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.Length > 0 && line[0] is ' ' or '\t' && lines.Count > 0)
                lines[^1].Text.Append(line, 1, line.Length - 1);
            else if (line.Length > 0)
                lines.Add((new(line), number));
        }
        return [.. lines.Select(line => (line.Text.ToString(), line.Number))];
    }

    private static string Unescaped(string text) =>
        text.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();

    private static bool Is(string text, string expected) => string.Equals(text.Trim(), expected, StringComparison.OrdinalIgnoreCase);
}
