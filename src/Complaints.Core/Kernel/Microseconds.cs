using NodaTime;

namespace Complaints.Core;

/// <summary>Whole microseconds: what every store keeps.</summary>
internal static class Microseconds
{
    /// <summary>The instant, or the last whole microsecond before it.</summary>
    public static Instant Truncate(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - ((ticks % 10) + 10) % 10);
    }

    /// <summary>The same, where there is one.</summary>
    public static Instant? Truncate(Instant? instant) => instant is { } value ? Truncate(value) : null;

    /// <summary>The instant, or the first whole microsecond after it: no timer may be before its step.</summary>
    public static Instant RoundUp(Instant instant) => Truncate(instant) is var whole && whole < instant ? whole + Duration.FromTicks(10)
        : instant;
}
