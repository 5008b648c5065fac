using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Complaints.Core.Notifications;

/// <summary>
/// Ids of messages, made from what they say. Messages about one thing that were written at the same instant sort by their ids in the
/// order in which they came about, whichever nodes wrote them and however far their clocks are apart: chance, or a node's own time, would
/// turn them round. And an id is the authenticator of its message: whoever alters one, or writes one, without the key is found.
/// </summary>
public static class MessageIds
{
    private const ulong Tail = (1UL << 42) - 1;

    /// <summary>A UUID of version 8: 48 bits of the instant in milliseconds, 22 of the version, 10 of the place, 42 of a keyed hash of
    /// all that it says.</summary>
    /// <param name="aggregate">What it is about.</param>
    /// <param name="version">Its version that the commit makes.</param>
    /// <param name="place">0, 1, ... within the commit.</param>
    /// <param name="createdAt">When the message is written.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="key">The tenant's.</param>
    internal static Guid Of(
        Guid aggregate, int version, int place, Instant createdAt, string topic, ReadOnlySpan<byte> payload, RowKey key)
    {
        Span<byte> bytes = stackalloc byte[16];
        var order = (uint)version << 10 | (uint)place & 0x3ff;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)createdAt.ToUnixTimeMilliseconds() << 16 | 0x8000 | order >> 20);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (ulong)(order & 0xf_ffff) << 42);
        return Sealed(bytes, aggregate, createdAt, topic, payload, key);
    }

    /// <summary>The id of a channel's part follows from the message's, so that dividing twice makes the same parts; only its tail is
    /// another, so that a channel's parts sort as the messages do. Applied to a part's id it gives the message's.</summary>
    public static Guid OfPart(Guid message, string channel)
    {
        Span<byte> bytes = stackalloc byte[16];
        message.TryWriteBytes(bytes, bigEndian: true, out _);
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(channel));
        for (var i = 11; i < 16; i++)
            bytes[i] ^= name[i];
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>True for a message, or a channel's part of one, as it was written.</summary>
    internal static bool IsAuthentic(Storage.KeptMessage message, RowKey key)
    {
        var id = message.Channel.Length == 0 ? message.Id : OfPart(message.Id, message.Channel);
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Sealed(bytes, message.Of, message.CreatedAt, message.Topic, message.Payload.Span, key) == id;
    }

    /// <summary>The id whose order is given, with the tail that belongs to it.</summary>
    private static Guid Sealed(
        Span<byte> id, Guid aggregate, Instant createdAt, string topic, ReadOnlySpan<byte> payload, RowKey key)
    {
        var order = BinaryPrimitives.ReadUInt64BigEndian(id[8..]) & ~Tail;
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], order);
        var place = Convert.ToHexString(id);
        var tail = key.NumberOf(payload, "message", aggregate.ToString("D"), place, RowKey.Text(createdAt), topic) & Tail;
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], order | tail);
        return new Guid(id, bigEndian: true);
    }
}
