using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>What a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>Hours on the wall.</summary>
    Hours,

    /// <summary>Hours in which the calendar is open.</summary>
    WorkingHours,

    /// <summary>Minutes in which the calendar is open.</summary>
    WorkingMinutes,

    /// <summary>Days of the calendar's zone, the day of receipt not counted, until the end of the last.</summary>
    Days,

    /// <summary>Days on which the calendar opens, the day of receipt not counted, until close of business on the last.</summary>
    WorkingDays,
}

/// <summary>How long something may take (T7). Its text form is what policies hold.</summary>
/// <param name="Amount">1 to 100,000.</param>
/// <param name="Unit">What is counted.</param>
public readonly record struct TimeLimit(int Amount, LimitUnit Unit)
{
    private static readonly (string Text, LimitUnit Unit, int Factor)[] Forms =
    [
        ("working hours", LimitUnit.WorkingHours, 1), ("working hour", LimitUnit.WorkingHours, 1),
        ("working minutes", LimitUnit.WorkingMinutes, 1), ("working minute", LimitUnit.WorkingMinutes, 1),
        ("working days", LimitUnit.WorkingDays, 1), ("working day", LimitUnit.WorkingDays, 1),
        ("hours", LimitUnit.Hours, 1), ("hour", LimitUnit.Hours, 1),
        ("days", LimitUnit.Days, 1), ("day", LimitUnit.Days, 1),
        ("weeks", LimitUnit.Days, 7), ("week", LimitUnit.Days, 7),
    ];

    /// <summary>Reads <c>8 working hours</c>, <c>90 working minutes</c>, <c>3 working days</c>, <c>24 hours</c>, <c>30 days</c> or <c>8 weeks</c>.</summary>
    public static bool TryParse(string? text, out TimeLimit limit)
    {
        limit = default;
        if (text?.Trim().Split(' ', 2) is not [var number, var unit] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount is < 1 or > 100_000)
            return false;
        foreach (var form in Forms)
        {
            if (!string.Equals(form.Text, unit.Trim(), StringComparison.OrdinalIgnoreCase))
                continue;
            limit = new(amount * form.Factor, form.Unit);
            return true;
        }
        return false;
    }

    /// <summary>When the limit is reached, pauses not counted.</summary>
    /// <param name="start">When it began.</param>
    /// <param name="calendar">The calendar it counts in.</param>
    /// <param name="pauses">When the complaint waited; an open pause is ignored.</param>
    public Instant DueFrom(Instant start, BusinessCalendar calendar, ImmutableArray<Pause> pauses)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var due = Without(start, calendar, Duration.Zero);
        if (pauses.IsDefaultOrEmpty)
            return due;
        var waited = Duration.Zero;
        foreach (var pause in pauses)
        {
            if (pause.To is not { } end || pause.From >= due)
                continue;
            var from = pause.From > start ? pause.From : start;
            if (end <= from)
                continue;
            waited += Unit is LimitUnit.WorkingHours or LimitUnit.WorkingMinutes ? calendar.Between(from, end) : end - from;
            due = Without(start, calendar, waited);
        }
        return due;
    }

    /// <inheritdoc/>
    public override string ToString() => Unit switch
    {
        LimitUnit.WorkingHours => $"{Amount} working hours",
        LimitUnit.WorkingMinutes => $"{Amount} working minutes",
        LimitUnit.WorkingDays => $"{Amount} working days",
        LimitUnit.Hours => $"{Amount} hours",
        _ => $"{Amount} days",
    };

    private Instant Without(Instant start, BusinessCalendar calendar, Duration waited) => Unit switch
    {
        LimitUnit.Hours => start + Duration.FromHours(Amount) + waited,
        LimitUnit.WorkingHours => calendar.Add(start, Duration.FromHours(Amount) + waited),
        LimitUnit.WorkingMinutes => calendar.Add(start, Duration.FromMinutes(Amount) + waited),
        LimitUnit.WorkingDays => calendar.CloseOfBusiness(start, Amount) + waited,
        _ => calendar.EndOfDay(start, Amount) + waited,
    };
}
