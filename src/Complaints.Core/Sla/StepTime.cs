using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// When a warning or an escalation is due relative to its clock: <c>80%</c> of the counted time, <c>2 hours before</c>, <c>due</c>, <c>4
/// working hours after</c>, <c>5 working days after</c>. Days are whole dates, and come only after.
/// Percentages and times before walk the clock's own measure: working time for limits in working time or working days, elapsed time for the
/// others, pauses excluded.
/// </summary>
internal readonly record struct StepTime(int Percent, TimeLimit? Distance, bool Before)
{
    public static StepTime Parse(string text) =>
        TryParse(text, out var time) ? time : throw new FormatException(
            $"'{text}' is no step; write for example '80%', '2 hours before', 'due' or '4 working hours after'.");

    public static bool TryParse(string? text, out StepTime time)
    {
        time = default;
        text = text?.Trim() ?? "";
        if (text == "due")
        {
            time = new(100, null, false);
            return true;
        }
        if (text.EndsWith('%') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and < 100)
        {
            time = new(percent, null, false);
            return true;
        }
        var before = text.EndsWith(" before", StringComparison.Ordinal);
        if (!before && !text.EndsWith(" after", StringComparison.Ordinal) || !TimeLimit.TryParse(text[..text.LastIndexOf(' ')], out var distance))
            return false;
        if (before && distance.CountsDates)
            return false;
        time = new(0, distance, before);
        return true;
    }

    /// <summary>The instant of the step. A time before that reaches the start or lies earlier is the start, where a warning has no
    /// place.</summary>
    public Instant From(TimeLimit limit, BusinessCalendar calendar, Instant start, Instant due, ImmutableArray<Pause> pauses)
    {
        if (Distance is not { } distance)
            return Percent == 100 ? due : limit.At(Percent, start, due, calendar, pauses);
        return Before ? limit.Before(distance.Length, start, due, calendar, pauses) ?? start : distance.DueFrom(due, calendar, []);
    }
}
