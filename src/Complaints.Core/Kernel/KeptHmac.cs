using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>HMAC with SHA-256 under one key. The native object is kept for the next text: to make it costs more than to hash a short one.
/// Thread-safe; whoever comes while it is in use has one made.</summary>
internal sealed class KeptHmac(byte[] key)
{
    private IncrementalHash? _kept;

    /// <summary>Writes the 32 bytes of a text's hash.</summary>
    public void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        var hmac = Interlocked.Exchange(ref _kept, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(text);
        hmac.GetHashAndReset(hash);
        if (Interlocked.CompareExchange(ref _kept, hmac, null) is not null)
            hmac.Dispose();
    }
}
