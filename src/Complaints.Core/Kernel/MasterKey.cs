using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// One master key. What wraps and the id are derived from it (HKDF), so that neither says anything about the other. A wrapped key is a
/// format version (1 byte), the id of the master key (8), a nonce (12), a tag (16) and the ciphertext (32): 69 bytes of AES-256-GCM with
/// format, id, subject and tenant as additional data. Before there were ids it was nonce, tag and ciphertext under the master key itself.
/// </summary>
internal sealed class MasterKey
{
    public const int Size = 32;
    public const int WrappedSize = HeaderSize + BodySize;
    private const byte Format = 1;
    private const int IdSize = 8;
    private const int HeaderSize = 1 + IdSize;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int BodySize = NonceSize + TagSize + Size;
    private readonly byte[] _key;
    private readonly byte[] _wrapping;
    private readonly byte[] _id;

    public MasterKey(ReadOnlySpan<byte> key, Instant? addedAt = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        _key = key.ToArray();
        _wrapping = Derive("complaints master key: wrapping", Size);
        _id = Derive("complaints master key: id", IdSize);
        Id = Convert.ToHexStringLower(_id);
        AddedAt = addedAt;
    }

    /// <summary>16 hexadecimal digits; says nothing about the key.</summary>
    public string Id { get; }

    /// <summary>When a rotation added it; <c>null</c> for the first one.</summary>
    public Instant? AddedAt { get; }

    /// <summary>As a file keeps it.</summary>
    public string Base64 => Convert.ToBase64String(_key);

    public static MasterKey New(Instant? addedAt = null) => new(RandomNumberGenerator.GetBytes(Size), addedAt);

    /// <summary>True for bytes from before there were ids.</summary>
    public static bool IsOfBefore(ReadOnlyMemory<byte> wrapped) => wrapped.Length == BodySize;

    /// <summary>The id of the master key under which it was wrapped; <c>null</c> for bytes of another format.</summary>
    public static string? IdOf(ReadOnlyMemory<byte> wrapped) =>
        wrapped.Length == WrappedSize && wrapped.Span[0] == Format ? Convert.ToHexStringLower(wrapped.Span[1..HeaderSize]) : null;

    /// <summary>True when the wrapped bytes name this master key.</summary>
    public bool Wrapped(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length == WrappedSize && wrapped[0] == Format && wrapped[1..HeaderSize].SequenceEqual(_id);

    public byte[] Wrap(KeyOwner owner, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        var wrapped = new byte[WrappedSize];
        wrapped[0] = Format;
        _id.CopyTo(wrapped, 1);
        var body = wrapped.AsSpan(HeaderSize);
        RandomNumberGenerator.Fill(body[..NonceSize]);
        using var aes = new AesGcm(_wrapping, TagSize);
        aes.Encrypt(body[..NonceSize], key, body[(NonceSize + TagSize)..], body.Slice(NonceSize, TagSize), Bound(owner, wrapped));
        return wrapped;
    }

    /// <summary>The key; <c>null</c> if it was wrapped for somebody else, under another master key, or was changed.</summary>
    public byte[]? Unwrap(KeyOwner owner, ReadOnlySpan<byte> wrapped) =>
        wrapped.Length == WrappedSize
            ? Open(_wrapping, wrapped[HeaderSize..], Bound(owner, wrapped))
            : wrapped.Length == BodySize ? Open(_key, wrapped, []) : null;

    private static byte[]? Open(byte[] under, ReadOnlySpan<byte> body, ReadOnlySpan<byte> bound)
    {
        var key = new byte[Size];
        using var aes = new AesGcm(under, TagSize);
        try
        {
            aes.Decrypt(body[..NonceSize], body[(NonceSize + TagSize)..], body.Slice(NonceSize, TagSize), key, bound);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Format, id and subject have a fixed length, so that the tenant's name behind them ends where the bytes do.</summary>
    private static byte[] Bound(KeyOwner owner, ReadOnlySpan<byte> wrapped) =>
        [.. wrapped[..HeaderSize], .. owner.Subject.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(owner.Tenant.Value)];

    private byte[] Derive(string purpose, int size) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, size, info: Encoding.UTF8.GetBytes(purpose));
}
