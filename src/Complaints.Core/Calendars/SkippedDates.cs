using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Dates that a zone left out whole when it crossed the date line, such as 2011-12-30 in Apia. Nobody works on them and no working
/// day is counted for them.</summary>
internal static class SkippedDates
{
    private static readonly Interval Range = new(Instant.FromUtc(UtcTime.FirstYear, 1, 1, 0, 0), Instant.FromUtc(UtcTime.LastYear + 1, 1, 1, 0, 0));

    public static IEnumerable<LocalDate> Of(DateTimeZone zone)
    {
        LocalDateTime? left = null;
        foreach (var even in zone.GetZoneIntervals(Range))
        {
            if (left is { } end && even.HasStart)
            {
                for (var date = end.Date; date.PlusDays(1).AtMidnight() <= even.IsoLocalStart; date = date.PlusDays(1))
                {
                    if (date.AtMidnight() >= end)
                        yield return date;
                }
            }
            left = even.HasEnd ? even.IsoLocalEnd : null;
        }
    }
}
