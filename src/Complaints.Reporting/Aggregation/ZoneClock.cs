using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Complaints.Reporting.Aggregation;

/// <summary>Local times of a zone. Remembers the last stretch between two clock changes, because neighbours in a ledger share it.</summary>
internal sealed class ZoneClock(DateTimeZone zone)
{
    private readonly Dictionary<int, string> _months = [];
    private ZoneInterval _interval = zone.GetZoneInterval(NodaConstants.UnixEpoch);

    /// <summary>What the clock on the wall shows, as seconds.</summary>
    public long WallSeconds(Instant instant) => Seconds(instant.ToUnixTimeTicks() + OffsetAt(instant).Ticks);

    /// <summary>The date on the wall.</summary>
    public LocalDate Date(Instant instant) => instant.WithOffset(OffsetAt(instant)).Date;

    /// <summary><c>2026-03</c>.</summary>
    public string Month(Instant instant)
    {
        var date = Date(instant);
        var key = date.Year * 12 + date.Month;
        if (!_months.TryGetValue(key, out var text))
            _months[key] = text = string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}");
        return text;
    }

    /// <summary>Whole seconds between two instants, rounded down.</summary>
    public static long Elapsed(Instant from, Instant to) => Seconds(to.ToUnixTimeTicks() - from.ToUnixTimeTicks());

    private Offset OffsetAt(Instant instant)
    {
        if (!_interval.Contains(instant))
            _interval = zone.GetZoneInterval(instant);
        return _interval.WallOffset;
    }

    private static long Seconds(long ticks) =>
        ticks >= 0 ? ticks / NodaConstants.TicksPerSecond : -((-ticks + NodaConstants.TicksPerSecond - 1) / NodaConstants.TicksPerSecond);
}
