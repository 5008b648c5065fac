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
}
