using NodaTime;

namespace Complaints.Core.Calendars;

// Dates of the calendar's zone: working days, close of business, end of day, and how far the holidays are known.
public sealed partial class BusinessCalendar
{
    private static readonly Duration TwoDays = Duration.FromDays(2);
    private static readonly LocalTime LastMicrosecond = LocalTime.FromTicksSinceMidnight(NodaConstants.TicksPerDay - NodaConstants.TicksPerMillisecond / 1_000);

    /// <summary>The years whose holidays the calendar knows; <c>null</c> when it has no rule for any date.</summary>
    public HolidayData? HolidayData { get; }

    /// <summary>True when an instant lies in a year whose holidays are not known, so that a deadline there may move. A calendar without
    /// holidays knows all there are.</summary>
    public bool IsBeyondHolidayData(Instant due) => HolidayData is { } data && !data.Covers(due.InZone(Zone).Year);

    /// <summary>True when some window begins on the date. A date that the zone skipped is none.</summary>
    public bool IsWorkingDay(LocalDate date) => _hours.BeginsOn(date);

    /// <summary>Close of business: when the last window that begins on the date ends, on the next date for a night shift; <c>null</c> when
    /// none begins.</summary>
    public Instant? CloseOn(LocalDate date) => _hours.CloseOf(date) is { } local ? EndAt(local) : null;

    /// <summary>The date's last microsecond.</summary>
    public Instant EndOn(LocalDate date) => EndAt(date.At(LastMicrosecond));

    /// <summary>The first working day after a date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none up to 2100 (<c>calendar.out_of_range</c>).</exception>
    public LocalDate NextWorkingDay(LocalDate date) => WorkingDay(date, 1);

    /// <summary>The last working day before a date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none from 1970 (<c>calendar.out_of_range</c>).</exception>
    public LocalDate PreviousWorkingDay(LocalDate date) => WorkingDay(date, -1);

    /// <summary>The n-th working day after a date, or before it for a negative number; zero gives the date, working day or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none from 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public LocalDate PlusWorkingDays(LocalDate date, int days)
    {
        for (var left = Math.Abs(days); left > 0; left--)
            date = WorkingDay(date, Math.Sign(days));
        return date;
    }

    /// <summary>
    /// The instant of a local time that ends something: the later of two where clocks went back, the end of the gap where they went
    /// forward.
    /// </summary>
    public Instant EndAt(LocalDateTime local) => Resolve(local, later: true);

    /// <summary>The instant of a local time that begins something: the earlier of two where clocks went back, the end of the gap where they
    /// went forward.</summary>
    public Instant StartAt(LocalDateTime local) => Resolve(local, later: false);

    /// <summary>True when every date has a window, so that close of business exists on each.</summary>
    internal bool OpensEveryDay => _hours.EveryDay;

    /// <summary>True for a date that the zone left out.</summary>
    internal bool Skips(LocalDate date) => ClockGaps.Of(Zone).Dates.Contains(date);

    /// <summary>The date so many calendar days later; a date that the zone left out is none.</summary>
    internal LocalDate PlusDates(LocalDate date, int days)
    {
        var to = date.PlusDays(days);
        foreach (var skipped in ClockGaps.Of(Zone).Dates)
        {
            if (date < skipped && skipped <= to)
                to = to.PlusDays(1);
        }
        return to;
    }

    internal LocalDate DateOf(Instant instant) => instant.InZone(Zone).Date;

    private Instant Resolve(LocalDateTime local, bool later)
    {
        // More than two days away from every change of the zone's clocks there is one answer, found without a mapping (43 ns and 64 bytes each, SPEED 1).
        var utc = local.InUtc().ToInstant();
        var interval = Zone.GetZoneInterval(utc);
        if ((!interval.HasStart || utc - interval.Start > TwoDays) && (!interval.HasEnd || interval.End - utc > TwoDays))
            return utc.Minus(Duration.FromSeconds(interval.WallOffset.Seconds));
        var map = Zone.MapLocal(local);
        return map.Count switch
        {
            0 => map.LateInterval.Start,
            1 => map.Single().ToInstant(),
            _ => (later ? map.Last() : map.First()).ToInstant(),
        };
    }

    private LocalDate WorkingDay(LocalDate date, int step)
    {
        do
        {
            date = date.PlusDays(step);
            if (date.Year is < UtcTime.FirstYear or > UtcTime.LastYear)
                throw UtcTime.OutOfRange(date);
        }
        while (!IsWorkingDay(date));
        return date;
    }
}
