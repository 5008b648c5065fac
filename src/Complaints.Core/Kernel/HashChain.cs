using System.Buffers;
using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>The chain of a complaint's history: each hash covers the one before it and the exact bytes of the event.</summary>
public static class HashChain
{
    /// <summary>The bytes of a hash.</summary>
    public const int Size = 32;

    /// <summary>What comes before the first event: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[Size];

    /// <summary>The hash of an event.</summary>
    public static byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        // One copy is cheaper than an incremental hash, which is a native object with a finalizer.
        var length = previous.Length + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        previous.CopyTo(buffer);
        body.CopyTo(buffer.AsSpan(previous.Length));
        var hash = SHA256.HashData(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }
}
