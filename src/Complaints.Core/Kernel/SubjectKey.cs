using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>
/// The key of one person, or of a tenant, unwrapped: 32 bytes. Seals and opens with AES-256-GCM, bound to the person's id. What a tenant
/// hashes and authenticates with is derived from its key (<see cref="TenantKeys"/>). Thread-safe.
/// </summary>
public sealed class SubjectKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

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

    /// <summary>Seals bytes.</summary>
    public Envelope Seal(ReadOnlySpan<byte> clear)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var ciphertext = new byte[clear.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, clear, ciphertext, tag, Subject.Value.ToByteArray(bigEndian: true));
        return new Envelope(Subject, nonce, ciphertext, tag);
    }

    /// <summary>Opens an envelope.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It was changed, or sealed under another key.</exception>
    public byte[] Open(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var clear = new byte[envelope.Ciphertext.Length];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(envelope.Nonce.Span, envelope.Ciphertext.Span, envelope.Tag.Span, clear, Subject.Value.ToByteArray(bigEndian: true));
        return clear;
    }

    /// <summary>The key's bytes, to be wrapped, and for keys that are derived from it.</summary>
    internal ReadOnlyMemory<byte> Bytes => _key;
}
