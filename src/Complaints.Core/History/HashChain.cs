using System.Security.Cryptography;

namespace Complaints.Core.History;

/// <summary>The chain of a complaint's history: each hash covers the one before it and the exact bytes of the event (X11).</summary>
public static class HashChain
{
    /// <summary>The bytes of a hash.</summary>
    public const int Size = 32;

    /// <summary>What comes before the first event: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[Size];

    /// <summary>The hash of an event.</summary>
    public static byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
