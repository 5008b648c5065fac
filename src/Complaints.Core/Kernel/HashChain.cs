namespace Complaints.Core;

/// <summary>The hashes of a history; a <see cref="ChainKey"/> makes them.</summary>
public static class HashChain
{
    /// <summary>The bytes of a hash.</summary>
    public const int Size = 32;

    /// <summary>What comes before the first event: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[Size];
}
