using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>Tells for complaints in the order of receipt whether the previous one of the same key lies inside the window. 32 bytes a
/// key.</summary>
internal sealed class RepeatFinder(RepeatWindow window)
{
    private readonly Dictionary<UInt128, (long Elapsed, long Wall)> _last = [];
    private readonly long _window = window.WindowDays * (long)NodaConstants.SecondsPerDay;

    /// <summary>By elapsed time and by the wall clock.</summary>
    public (bool Elapsed, bool Wall) IsRepeat(string key, Instant received, long wallSeconds)
    {
        var ticks = received.ToUnixTimeTicks();
        ref var last = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_last, Compact(key), out var known);
        var answer = (known && ticks - last.Elapsed <= _window * NodaConstants.TicksPerSecond, known && wallSeconds - last.Wall <= _window);
        last = (ticks, wallSeconds);
        return answer;
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
