using System.Collections.Immutable;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

// Shares of a limit and distances from its due instant (T18). All walk one measure: the calendar's working time for limits in working time and working days,
// elapsed time for the others; pauses are left out.
public readonly partial record struct TimeLimit
{
    /// <summary>How much was counted in <c>[start, until)</c>, pauses left out.</summary>
    public Duration Counted(Instant start, Instant until, BusinessCalendar calendar, ImmutableArray<Pause> pauses) =>
        Counted(start, until, MeasureIn(calendar), Waits.Since(start, pauses));

    private static Duration Counted(Instant start, Instant until, Measure measure, Waits waits)
    {
        var sum = measure.Between(start, until);
        foreach (var (from, to, elapsed) in waits.Spans)
        {
            if (from < until)
                sum -= measure.Waited(from, to < until ? to : until, elapsed);
        }
        return sum;
    }

    /// <summary>The instant at which a share of what is counted between start and due has been counted: 100 % at the due instant or, where
    /// nothing is counted just before it, earlier.</summary>
    /// <param name="percent">More than 0; above 100 lies after due.</param>
    /// <param name="start">The clock's start.</param>
    /// <param name="due">Its due instant.</param>
    /// <param name="calendar">The limit's calendar.</param>
    /// <param name="pauses">When the complaint waited; an open pause is ignored.</param>
    public Instant At(decimal percent, Instant start, Instant due, BusinessCalendar calendar, ImmutableArray<Pause> pauses)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        var waits = Waits.Since(start, pauses);
        var whole = Counted(start, due, MeasureIn(calendar), waits).ToInt64Nanoseconds();
        // A whole number of percent is the rule, and decimals are slow.
        var share = decimal.IsInteger(percent) && percent <= 1_000 ? (long)((Int128)whole * (int)percent / 100) : (long)(whole * percent / 100);
        return Walk(start, Duration.FromNanoseconds(share), calendar, waits);
    }

    /// <summary>The instant that lies so much counted time before due; <c>null</c> when that is the start or earlier, where a warning has
    /// no place.</summary>
    public Instant? Before(Duration lead, Instant start, Instant due, BusinessCalendar calendar, ImmutableArray<Pause> pauses)
    {
        var waits = Waits.Since(start, pauses);
        var counted = Counted(start, due, MeasureIn(calendar), waits) - lead;
        return counted <= Duration.Zero ? null : Walk(start, counted, calendar, waits);
    }

    /// <summary>The instant that lies so much counted time after due.</summary>
    public Instant After(Duration lag, Instant due, BusinessCalendar calendar, ImmutableArray<Pause> pauses) =>
        Walk(due, lag, calendar, Waits.Since(due, pauses));

    private Measure MeasureIn(BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return new(MeasuresWorkingTime ? calendar : null);
    }

    private Instant Walk(Instant start, Duration counted, BusinessCalendar calendar, Waits waits)
    {
        var measure = MeasureIn(calendar);
        return Delayed(measure.Add(start, counted), measure, waits);
    }

    /// <summary>Moves an end behind what was waited before it; a pause that begins exactly at the end comes too late to move it.</summary>
    private static Instant Delayed(Instant end, Measure measure, Waits waits)
    {
        foreach (var (from, to, elapsed) in waits.Spans)
        {
            if (from >= end)
                break;
            end = measure.Add(end, measure.Waited(from, to, elapsed));
        }
        return end;
    }

    /// <summary>Working time in a calendar, or time on the wall.</summary>
    private readonly struct Measure(BusinessCalendar? calendar)
    {
        public Instant Add(Instant start, Duration counted) => calendar?.Add(start, counted) ?? start + counted;

        public Duration Between(Instant from, Instant to) => calendar?.Between(from, to) ?? to - from;

        /// <summary>What a pause takes off: its own time, or all of it.</summary>
        public Duration Waited(Instant from, Instant to, bool elapsed) => elapsed ? to - from : Between(from, to);
    }
}
