using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>Tells for complaints in the order of receipt whether a previous one under one of its keys lies inside the window. 32 bytes a
/// key.</summary>
internal sealed class RepeatFinder(RepeatWindow window)
{
    private readonly Dictionary<UInt128, (long Elapsed, long Wall)> _last = [];
    private readonly long _window = window.WindowDays * (long)NodaConstants.SecondsPerDay;

    /// <summary>By elapsed time and by the wall clock.</summary>
    public (bool Elapsed, bool Wall) IsRepeat(in MatterKeys keys, Instant received, long wallSeconds)
    {
        var ticks = received.ToUnixTimeTicks();
        var (elapsed, wall) = (false, false);
        foreach (var key in keys.Sought)
        {
            if (!_last.TryGetValue(Compact(key), out var last))
                continue;
            elapsed |= ticks - last.Elapsed <= _window * NodaConstants.TicksPerSecond;
            wall |= wallSeconds - last.Wall <= _window;
        }
        foreach (var key in keys.Kept)
            _last[Compact(key)] = (ticks, wallSeconds);
        return (elapsed, wall);
    }

    /// <summary>Keys are hashes of 128 bits in base64url; any other text is hashed to as many.</summary>
    public static UInt128 Compact(string key)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (key.Length != 22 || !Base64Url.TryDecodeFromChars(key, bytes, out var length) || length != 16)
            SHA256.HashData(Encoding.UTF8.GetBytes(key), bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
