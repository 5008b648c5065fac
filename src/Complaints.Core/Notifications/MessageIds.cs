using System.Buffers.Binary;
using NodaTime;

namespace Complaints.Core.Notifications;

/// <summary>
/// Ids of messages, made from what they are about. Messages about one thing that were written at the same instant sort by their ids in the
/// order in which they came about, whichever
/// nodes wrote them and however far their clocks are apart: chance, or a node's own time, would turn them round.
/// </summary>
internal static class MessageIds
{
    /// <summary>A UUID of version 8: 48 bits of the instant in milliseconds, 22 of the version, 10 of the place, 42 of what it is
    /// about.</summary>
    /// <param name="aggregate">What it is about.</param>
    /// <param name="version">Its version that the commit makes.</param>
    /// <param name="place">0, 1, ... within the commit.</param>
    /// <param name="createdAt">When the message is written.</param>
    public static Guid Of(Guid aggregate, int version, int place, Instant createdAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        aggregate.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & (1UL << 42) - 1;
        var order = (uint)version << 10 | (uint)place & 0x3ff;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)createdAt.ToUnixTimeMilliseconds() << 16 | 0x8000 | order >> 20);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (ulong)(order & 0xf_ffff) << 42 | tail);
        return new Guid(bytes, bigEndian: true);
    }
}
