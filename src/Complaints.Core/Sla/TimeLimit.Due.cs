using System.Collections.Immutable;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

// When a limit is over: T7 without pauses, T10 and T11 with them.
public readonly partial record struct TimeLimit
{
    private const int LongestInMonths = 12 * (UtcTime.LastYear - UtcTime.FirstYear + 1);

    /// <summary>When the limit is reached. A pure function: the same arguments always give the same instant.</summary>
    /// <param name="start">When it began: the receipt, or what the objective starts with.</param>
    /// <param name="calendar">The calendar it counts in; its zone gives the dates.</param>
    /// <param name="pauses">When the complaint waited, in any order, overlapping or not; an open pause is ignored, so that this is the due
    /// "if resumed at once".</param>
    /// <remarks>Where close of business falls on a date that never opens and nothing is said about free last days, the next working day is
    /// taken; publishing such a
    /// limit is refused (<c>policy.close_on_closed_day</c>).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The due instant lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Instant DueFrom(Instant start, BusinessCalendar calendar, ImmutableArray<Pause> pauses)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var waits = Waits.Since(start, pauses);
        if (Amount == 0)
            return start;
        var due = !CountsDates ? Walk(start, Length, calendar, waits)
            : DayPause == DayPause.SkipsDates ? DayDue(start, calendar, waits)
            : Delayed(DayDue(start, calendar, default), new Measure(calendar), waits);
        UtcTime.Of(due);
        return due;
    }

    private Instant DayDue(Instant start, BusinessCalendar calendar, Waits waits)
    {
        var received = start.InZone(calendar.Zone).LocalDateTime;
        var date = LastDate(ReceiptDate(start, received.Date, calendar), calendar, waits);
        var due = EndOf(Rolled(date, calendar), received.TimeOfDay, calendar);
        // A day that was over before the receipt cannot be the last.
        while (due < start)
        {
            date = NthCountable(date, 1, calendar, waits);
            due = EndOf(Rolled(date, calendar), received.TimeOfDay, calendar);
        }
        return due;
    }

    private LocalDate ReceiptDate(Instant start, LocalDate date, BusinessCalendar calendar)
    {
        if (LateReceipt == LateReceipt.ThatDay)
            return date;
        var inTime = calendar.IsWorkingDay(date) && start <= calendar.CloseOn(date);
        return inTime ? date : calendar.NextWorkingDay(date);
    }

    private LocalDate LastDate(LocalDate receipt, BusinessCalendar calendar, Waits waits)
    {
        if (Unit != LimitUnit.Months)
            return NthCountable(CountsReceiptDay ? receipt.PlusDays(-1) : receipt, Unit == LimitUnit.Weeks ? 7 * Amount : Amount, calendar, waits);
        var target = Amount <= LongestInMonths ? receipt.PlusMonths(Amount) : throw UtcTime.OutOfRange(this);
        // Counted from the receipt's own day, a month ends on the eve of the same day; a clamped one has lost that day already.
        if (CountsReceiptDay && target.Day == receipt.Day)
            target = target.PlusDays(-1);
        // A date that the zone left out is none: the next one takes its place.
        target = calendar.PlusDates(target.PlusDays(-1), 1);
        var missing = 0;
        if (!waits.IsEmpty)
        {
            for (var date = CountsReceiptDay ? receipt : receipt.PlusDays(1); date <= target; date = date.PlusDays(1))
                missing += calendar.Skips(date) || IsCountable(date, calendar, waits) ? 0 : 1;
        }
        return NthCountable(target, missing, calendar, waits);
    }

    /// <summary>The n-th countable date after a date.</summary>
    private LocalDate NthCountable(LocalDate date, int count, BusinessCalendar calendar, Waits waits)
    {
        if (Unit != LimitUnit.WorkingDays && waits.IsEmpty)
            return calendar.PlusDates(date, count);
        var owesFreeDates = Unit == LimitUnit.WorkingDays && waits.HasElapsed;
        while (count > 0)
        {
            date = Unit == LimitUnit.WorkingDays && !owesFreeDates ? calendar.NextWorkingDay(date) : date.PlusDays(1);
            if (date.Year > UtcTime.LastYear)
                throw UtcTime.OutOfRange(date);
            if (IsCountable(date, calendar, waits))
                count--;
            else if (owesFreeDates && IsWaitedFree(date, calendar, waits))
                count++;
        }
        return date;
    }

    /// <summary>A free date at whose end the clock waited in elapsed time: it comes off the working days, too.</summary>
    private static bool IsWaitedFree(LocalDate date, BusinessCalendar calendar, Waits waits) =>
        !calendar.IsWorkingDay(date) && !calendar.Skips(date)
        && waits.Contains(calendar.EndAt(date.PlusDays(1).AtMidnight()), elapsedOnly: true);

    /// <summary>Of the limit's kind, and the clock not paused at the date's end: at closing, or at 24:00.</summary>
    private bool IsCountable(LocalDate date, BusinessCalendar calendar, Waits waits)
    {
        if (Unit == LimitUnit.WorkingDays ? !calendar.IsWorkingDay(date) : calendar.Skips(date))
            return false;
        if (waits.IsEmpty)
            return true;
        var close = End == DayEnd.CloseOfBusiness ? calendar.CloseOn(date) : null;
        return !waits.Contains(close ?? calendar.EndAt(date.PlusDays(1).AtMidnight()));
    }

    private LocalDate Rolled(LocalDate date, BusinessCalendar calendar)
    {
        if (calendar.IsWorkingDay(date))
            return date;
        return FreeLastDay switch
        {
            FreeLastDay.PreviousWorkingDay => calendar.PreviousWorkingDay(date),
            FreeLastDay.Stays when End != DayEnd.CloseOfBusiness => date,
            _ => calendar.NextWorkingDay(date),
        };
    }

    private Instant EndOf(LocalDate date, LocalTime received, BusinessCalendar calendar) => End switch
    {
        DayEnd.SameTime => calendar.EndAt(date.At(received)),
        DayEnd.CloseOfBusiness => calendar.CloseOn(date) ?? calendar.EndOn(date),
        _ => calendar.EndOn(date),
    };
}
