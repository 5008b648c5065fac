using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>The local times that a zone left out because its clocks went forward: an hour in spring as a rule, whole dates where it crossed
/// the date line, such as 2011-12-30 in Apia. Nobody works in them, and a date that is left out is no calendar day.</summary>
internal sealed class ClockGaps
{
    private static readonly Interval Range = new(UtcTime.ToInstant(0), UtcTime.Last);
    private static readonly ConcurrentDictionary<DateTimeZone, ClockGaps> Known = new();

    private ClockGaps(DateTimeZone zone)
    {
        All = [.. Between(zone)];
        Dates = [.. All.SelectMany(DatesOf)];
    }

    /// <summary>Each as <c>[From, To)</c>, in order.</summary>
    public ImmutableArray<(LocalDateTime From, LocalDateTime To)> All { get; }

    /// <summary>The dates that were left out whole, in order.</summary>
    public ImmutableArray<LocalDate> Dates { get; }

    public static ClockGaps Of(DateTimeZone zone) => Known.GetOrAdd(zone, static zone => new ClockGaps(zone));

    private static IEnumerable<(LocalDateTime From, LocalDateTime To)> Between(DateTimeZone zone)
    {
        LocalDateTime? left = null;
        foreach (var even in zone.GetZoneIntervals(Range))
        {
            if (left is { } end && even.HasStart && end < even.IsoLocalStart)
                yield return (end, even.IsoLocalStart);
            left = even.HasEnd ? even.IsoLocalEnd : null;
        }
    }

    private static IEnumerable<LocalDate> DatesOf((LocalDateTime From, LocalDateTime To) gap)
    {
        for (var date = gap.From.Date; date.PlusDays(1).AtMidnight() <= gap.To; date = date.PlusDays(1))
        {
            if (date.AtMidnight() >= gap.From)
                yield return date;
        }
    }
}
