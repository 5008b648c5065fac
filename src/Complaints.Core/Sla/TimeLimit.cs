using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// How long something may take. Its text form is what policies hold: <c>8 working hours</c>, <c>3 working days, same time</c>, <c>8
/// weeks</c>. A value; limits
/// are equal when they mean the same, except that <c>8 weeks</c> and <c>56 days</c> differ. <c>default</c> is no limit and gives its start.
/// </summary>
/// <param name="Amount">1 to 100,000.</param>
/// <param name="Unit">What is counted. The options below matter for days, weeks, months and working days only.</param>
public readonly partial record struct TimeLimit(int Amount, LimitUnit Unit)
{
    private readonly DayEnd? _end;

    /// <summary>Where the last day ends: close of business for working days, the end of the day for the others, if nothing is
    /// said.</summary>
    public DayEnd End
    {
        get => _end ?? UsualEnd;
        init => _end = value == UsualEnd ? null : value;
    }

    /// <summary>Whether the day of receipt is the first day that counts. Usually not.</summary>
    public bool CountsReceiptDay { get; init; }

    /// <summary>On which day something counts as received that comes in after hours or on a free day.</summary>
    public LateReceipt LateReceipt { get; init; }

    /// <summary>What becomes of a last day on which nobody works.</summary>
    public FreeLastDay FreeLastDay { get; init; }

    /// <summary>What a pause does to a limit in days.</summary>
    public DayPause DayPause { get; init; }

    /// <summary>True when whole dates are counted.</summary>
    public bool CountsDates => Unit is LimitUnit.Days or LimitUnit.Weeks or LimitUnit.Months or LimitUnit.WorkingDays;

    /// <summary>True when time passes only in working hours: for shares, warnings and steps of working days too.</summary>
    public bool MeasuresWorkingTime => Unit is LimitUnit.WorkingHours or LimitUnit.WorkingMinutes or LimitUnit.WorkingDays;

    /// <summary>The length of a limit in hours or minutes, of whatever measure.</summary>
    internal Duration Length =>
        Unit is LimitUnit.Minutes or LimitUnit.WorkingMinutes ? Duration.FromMinutes(Amount) : Duration.FromHours(Amount);

    private DayEnd UsualEnd => Unit == LimitUnit.WorkingDays ? DayEnd.CloseOfBusiness : DayEnd.EndOfDay;
}

/// <summary>What a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>Hours on the wall.</summary>
    Hours,

    /// <summary>Minutes on the wall.</summary>
    Minutes,

    /// <summary>Hours in which the calendar is open.</summary>
    WorkingHours,

    /// <summary>Minutes in which the calendar is open.</summary>
    WorkingMinutes,

    /// <summary>Dates of the calendar's zone.</summary>
    Days,

    /// <summary>Seven dates each.</summary>
    Weeks,

    /// <summary>Months, to the same day of the month or the last one there is.</summary>
    Months,

    /// <summary>Dates on which the calendar opens.</summary>
    WorkingDays,
}

/// <summary>Where the last day of a limit ends.</summary>
public enum DayEnd
{
    /// <summary>At the date's last microsecond.</summary>
    EndOfDay,

    /// <summary>When the last window that begins on the date ends, that instant included.</summary>
    CloseOfBusiness,

    /// <summary>At the local time of the receipt.</summary>
    SameTime,
}

/// <summary>On which day a receipt after hours (after the last window that begins on its date; lunch is not after hours) or on a free day
/// counts.</summary>
public enum LateReceipt
{
    /// <summary>On its own date.</summary>
    ThatDay,

    /// <summary>On the next working day, which then is the day of receipt for every other rule.</summary>
    NextWorkingDay,
}

/// <summary>What becomes of a last day on which no window begins.</summary>
public enum FreeLastDay
{
    /// <summary>It stays the last day.</summary>
    Stays,

    /// <summary>The next working day takes its place.</summary>
    NextWorkingDay,

    /// <summary>The working day before takes its place.</summary>
    PreviousWorkingDay,
}

/// <summary>What a pause does to a limit in days.</summary>
public enum DayPause
{
    /// <summary>A date at whose end the clock is paused does not count.</summary>
    SkipsDates,

    /// <summary>The end moves by the working time that lay in pauses, as some help desks do it.</summary>
    ShiftsEnd,
}
