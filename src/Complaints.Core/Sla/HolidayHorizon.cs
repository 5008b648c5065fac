using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Due instants in years whose holidays the calendar does not know yet, so that they may move.</summary>
public static class HolidayHorizon
{
    /// <summary>How near a flagged due instant must be to degrade health.</summary>
    public static Duration Soon { get; } = Duration.FromDays(90);

    /// <summary>The running clocks that are due in such a year. A promised instant moves by no holiday and is never among them.</summary>
    /// <param name="clocks">The clocks of a complaint.</param>
    /// <param name="rules">The tenant's definitions.</param>
    public static ImmutableArray<Clock> Beyond(ImmutableArray<Clock> clocks, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return [.. clocks.Where(clock => IsBeyond(clock, rules))];
    }

    internal static bool IsBeyond(Clock clock, Rulebook rules) =>
        clock is { IsRunning: true, Due: { } due, Terms: { TimeLimit: var limit } objective, Pin: { } pin }
        // Hours on the wall do not care for holidays; days do only if the last one may roll.
        && (limit.MeasuresWorkingTime || limit.CountsDates && (limit.FreeLastDay != FreeLastDay.Stays || limit.LateReceipt != LateReceipt.ThatDay))
        && pin.CalendarOf(objective, rules).IsBeyondHolidayData(due);
}
