using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>
/// The key of one person, or of a tenant, unwrapped: 32 bytes. Seals and opens with AES-256-GCM, bound to the person and the place.
/// What a tenant hashes and authenticates with is derived from its key (<see cref="TenantKeys"/>). Thread-safe.
/// </summary>
public sealed class SubjectKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int UsualSize = 256;
    private readonly byte[] _key;
    private AesGcm? _opener;

    /// <summary>A key of 32 bytes.</summary>
    public SubjectKey(SubjectId subject, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 32);
        Subject = subject;
        _key = key.ToArray();
    }

    /// <summary>Whose key it is.</summary>
    public SubjectId Subject { get; }

    /// <summary>A new random key.</summary>
    public static SubjectKey New(SubjectId subject) => new(subject, RandomNumberGenerator.GetBytes(32));

    /// <summary>Seals bytes for the place where they stand.</summary>
    /// <exception cref="ArgumentException">The place is not known.</exception>
    public Envelope Seal(ReadOnlySpan<byte> clear, SealedPlace place)
    {
        if (!place.IsKnown)
            throw new ArgumentException("Say where the value stands: it is sealed for its place.", nameof(place));
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var ciphertext = new byte[clear.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(_key, TagSize);
        var size = place.Size;
        var bound = size <= UsualSize ? stackalloc byte[size] : new byte[size];
        place.Write(Envelope.Bound, Subject, bound);
        aes.Encrypt(nonce, clear, ciphertext, tag, bound);
        return new Envelope(Envelope.Bound, Subject, nonce, ciphertext, tag);
    }

    /// <summary>Opens an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="place">Where it stands. For one of version 1 it does not matter.</param>
    /// <exception cref="CryptographicException">It was changed, or moved from the place that it was sealed for, or sealed under another key
    /// (<see cref="AuthenticationTagMismatchException"/>); its place is not known; or a newer program sealed it, and the message says
    /// so.</exception>
    public byte[] Open(Envelope envelope, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (envelope.Version is not (Envelope.First or Envelope.Bound))
            throw new CryptographicException($"The envelope has version {envelope.Version}, which this program does not know: update it.");
        if (envelope.Nonce.Length != NonceSize || envelope.Tag.Length != TagSize)
            throw new AuthenticationTagMismatchException("The envelope's nonce or tag is cut short: it was changed.");
        var isBound = envelope.Version == Envelope.Bound;
        if (isBound && !place.IsKnown)
            throw new CryptographicException("Nobody has said where the envelope stands, and it opens in its place only.");
        var size = isBound ? place.Size : 16;
        var bound = size <= UsualSize ? stackalloc byte[size] : new byte[size];
        if (isBound)
            place.Write(envelope.Version, Subject, bound);
        else
            Subject.Value.TryWriteBytes(bound, bigEndian: true, out _);
        var clear = new byte[envelope.Ciphertext.Length];
        // Of one key several values are opened, one after the other; whoever comes meanwhile makes one of their own.
        var aes = Interlocked.Exchange(ref _opener, null) ?? new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(envelope.Nonce.Span, envelope.Ciphertext.Span, envelope.Tag.Span, clear, bound);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _opener, aes, null) is not null)
                aes.Dispose();
        }
        return clear;
    }

    /// <summary>The key's bytes, to be wrapped, and for keys that are derived from it.</summary>
    internal ReadOnlyMemory<byte> Bytes => _key;
}
