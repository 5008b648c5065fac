using System.Buffers.Binary;

namespace Complaints.Hosting;

/// <summary>How long to wait before the next attempt: doubling, never longer than the longest, and spread so that a receiver that comes back is not met by everybody at once.</summary>
internal static class Backoff
{
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="options">First and longest pause.</param>
    /// <param name="spread">0 to 1: from half the pause to all of it.</param>
    public static TimeSpan After(int attempt, BackgroundWorkOptions options, double spread)
    {
        var doubled = options.FirstPause.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 40));
        return TimeSpan.FromSeconds(Math.Min(doubled, options.LongestPause.TotalSeconds) * (0.5 + spread / 2));
    }

    /// <summary>Where in the spread a message's attempt lies. From the tail of its id, which scatters by complaint and channel, instead of from chance: a run can be repeated.</summary>
    public static double Spread(Guid message, int attempt)
    {
        Span<byte> bytes = stackalloc byte[16];
        message.TryWriteBytes(bytes, bigEndian: true, out _);
        // The golden ratio scatters the attempts of one message, too.
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) / (double)uint.MaxValue + attempt * 0.618_033_988_75) % 1;
    }
}
