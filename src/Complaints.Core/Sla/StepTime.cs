using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// When a warning or an escalation is due relative to its clock (T18): <c>80%</c> of the counted time, <c>2 hours before</c>, <c>due</c>, <c>4 working hours after</c>.
/// Percentages and times before walk the clock's own measure: working time for limits in working time or working days, elapsed time for the others, pauses excluded.
/// </summary>
internal readonly record struct StepTime(int Percent, TimeLimit? Distance, bool Before)
{
    public static StepTime Parse(string text) => TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is no step; write for example '80%', '2 hours before', 'due' or '4 working hours after'.");

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
        if (distance.Unit is LimitUnit.Days or LimitUnit.WorkingDays)
            return false;
        time = new(0, distance, before);
        return true;
    }

    public Instant From(TimeLimit limit, BusinessCalendar calendar, Instant start, Instant due, ImmutableArray<Pause> pauses)
    {
        if (Distance is null && Percent == 100)
            return due;
        var working = limit.Unit is LimitUnit.WorkingHours or LimitUnit.WorkingMinutes or LimitUnit.WorkingDays;
        var measure = new Measure(working ? calendar : null, pauses);
        if (Distance is { } distance)
        {
            var length = distance.Unit == LimitUnit.WorkingMinutes ? Duration.FromMinutes(distance.Amount) : Duration.FromHours(distance.Amount);
            if (!Before)
                return new Measure(distance.Unit == LimitUnit.Hours ? null : calendar, []).Add(due, length);
            var whole = measure.Between(start, due);
            return whole <= length ? start : measure.Add(start, whole - length);
        }
        return measure.Add(start, measure.Between(start, due) * (Percent / 100.0));
    }

    /// <summary>Counts time in a calendar, or all of it, without the pauses.</summary>
    private readonly record struct Measure(BusinessCalendar? Calendar, ImmutableArray<Pause> Pauses)
    {
        public Duration Between(Instant from, Instant to)
        {
            var sum = Count(from, to);
            foreach (var pause in Pauses)
            {
                var (low, high) = (pause.From > from ? pause.From : from, pause.To is { } end && end < to ? end : to);
                if (high > low)
                    sum -= Count(low, high);
            }
            return sum;
        }

        public Instant Add(Instant from, Duration length)
        {
            foreach (var pause in Pauses)
            {
                if (pause.To is not { } end || end <= from)
                    continue;
                var until = pause.From > from ? Count(from, pause.From) : Duration.Zero;
                if (until >= length)
                    break;
                (from, length) = (end, length - until);
            }
            return Calendar is null ? from + length : Calendar.Add(from, length);
        }

        private Duration Count(Instant from, Instant to) => Calendar is null ? to - from : Calendar.Between(from, to);
    }
}
