using System.Buffers.Binary;
using Complaints.Core;
using NodaTime;

namespace Complaints.Testing;

/// <summary>Ids that look like UUIDs of version 7 and are the same in every run: the instant's milliseconds, then 1, 2, 3, ... Thread-safe.</summary>
public sealed class SequentialIds : IIdGenerator
{
    private long _last;

    /// <inheritdoc/>
    public Guid NewId(Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, now.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Interlocked.Increment(ref _last));
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        return new Guid(bytes, bigEndian: true);
    }
}
