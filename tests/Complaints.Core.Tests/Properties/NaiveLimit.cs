using System.Collections.Immutable;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.TimeZones;

namespace Complaints.Core.Tests.Properties;

/// <summary>The due instant of a limit in dates, as T7 and T11 word it, from the plan alone: list the dates, strike out those that do not count, take the n-th.</summary>
internal sealed class NaiveLimit(Plan plan, TimeLimit limit)
{
    private static readonly ZoneLocalMappingResolver LaterOrGapsEnd =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, (_, zone, _, after) => after.Start.InZone(zone));

    public Instant DueFrom(Instant start, ImmutableArray<Pause> pauses)
    {
        var received = start.InZone(plan.Zone).LocalDateTime;
        var receipt = received.Date;
        if (limit.LateReceipt == LateReceipt.NextWorkingDay && !(IsWorkingDay(receipt) && start <= Close(receipt)))
            receipt = Later(receipt).First(IsWorkingDay);
        var candidates = (limit.CountsReceiptDay ? Later(receipt.PlusDays(-1)) : Later(receipt)).Where(date => Counts(date, pauses)).Take(400).ToList();
        var number = limit.Unit switch
        {
            LimitUnit.Weeks => 7 * limit.Amount,
            LimitUnit.Months => Months(receipt),
            _ => limit.Amount,
        };
        return candidates.Skip(number - 1).Select(date => End(Roll(date), received.TimeOfDay)).First(due => due >= start);
    }

    /// <summary>A month is as many dates as lie between the receipt and the same day of the month, or the next that there is; each of them
    /// must count.</summary>
    private int Months(LocalDate receipt)
    {
        var same = receipt.PlusMonths(limit.Amount);
        var last = limit.CountsReceiptDay && same.Day == receipt.Day ? same.PlusDays(-1) : same;
        var first = limit.CountsReceiptDay ? receipt.PlusDays(-1) : receipt;
        return Later(first).TakeWhile(date => date <= last).Count(date => !plan.Skips(date)) + (plan.Skips(last) ? 1 : 0);
    }

    private bool Counts(LocalDate date, ImmutableArray<Pause> pauses)
    {
        if (plan.Skips(date) || limit.Unit == LimitUnit.WorkingDays && !IsWorkingDay(date))
            return false;
        var end = limit.End == DayEnd.CloseOfBusiness && IsWorkingDay(date) ? Close(date) : At(date.PlusDays(1).AtMidnight());
        return !pauses.Any(pause => pause.From <= end && end < pause.To);
    }

    private LocalDate Roll(LocalDate date)
    {
        if (IsWorkingDay(date) || limit.FreeLastDay == FreeLastDay.Stays && limit.End != DayEnd.CloseOfBusiness)
            return date;
        return limit.FreeLastDay == FreeLastDay.PreviousWorkingDay
            ? Enumerable.Range(1, 400).Select(days => date.PlusDays(-days)).First(IsWorkingDay)
            : Later(date).First(IsWorkingDay);
    }

    private Instant End(LocalDate date, LocalTime received) => limit.End switch
    {
        DayEnd.SameTime => At(date + received),
        DayEnd.CloseOfBusiness => Close(date),
        _ => At(date + new LocalTime(23, 59, 59) + Period.FromTicks(9_999_990)),
    };

    /// <summary>The end of the last window of which something exists.</summary>
    private Instant Close(LocalDate date) => At(date.AtMidnight().PlusMinutes(plan.ExistingOn(date).Max(window => window.End)));

    private bool IsWorkingDay(LocalDate date) => plan.ExistingOn(date).Count > 0;

    private Instant At(LocalDateTime local) => plan.Zone.ResolveLocal(local, LaterOrGapsEnd).ToInstant();

    private static IEnumerable<LocalDate> Later(LocalDate date) => Enumerable.Range(1, 4_000).Select(date.PlusDays);
}
