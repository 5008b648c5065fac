using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// What is derived from a tenant's own key, one key for each purpose (HKDF with SHA-256, 32 bytes): each has a type of its own, so that
/// none does another's work. Immutable and thread-safe.
/// </summary>
public sealed class TenantKeys
{
    /// <summary>Derives them.</summary>
    /// <param name="tenant">The tenant's own key.</param>
    /// <exception cref="ArgumentException">It is a person's.</exception>
    public TenantKeys(SubjectKey tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (tenant.Subject != SubjectId.Tenant)
            throw new ArgumentException("Keys are derived from a tenant's own key, never from a person's.", nameof(tenant));
        Lookups = new(tenant);
        Repeats = new(tenant);
        Sources = new(tenant);
        Commands = new(tenant);
        Chain = new(tenant);
        Checkpoints = new(tenant);
        Rows = new(tenant);
    }

    /// <summary>Hashes what a customer is found by.</summary>
    public LookupHashKey Lookups { get; }

    /// <summary>Hashes what makes a complaint the repetition of another.</summary>
    public RepeatHashKey Repeats { get; }

    /// <summary>Hashes the ids by which other systems know complaints.</summary>
    public SourceHashKey Sources { get; }

    /// <summary>Hashes commands, to recognise one that is sent again.</summary>
    public CommandHashKey Commands { get; }

    /// <summary>Chains the events of histories.</summary>
    public ChainKey Chain { get; }

    /// <summary>Authenticates checkpoints.</summary>
    public CheckpointKey Checkpoints { get; }

    /// <summary>Authenticates what lies beside histories: answers, definitions, messages.</summary>
    public RowKey Rows { get; }
}

/// <summary>Hashes texts for one purpose: equal texts meet, and nobody without the key can try texts out.</summary>
public abstract class TextHashKey
{
    private readonly KeptHmac _hmac;

    private protected TextHashKey(SubjectKey tenant, string purpose) => _hmac = new(Derived.Key(tenant, purpose));

    /// <summary>The keyed hash of a text: 128 bits in base64url, 22 characters.</summary>
    public string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        _hmac.Hash(Encoding.UTF8.GetBytes(text), hash);
        return Base64Url.EncodeToString(hash[..16]);
    }
}

/// <summary>Hashes what a customer is found by, in its normalized form.</summary>
public sealed class LookupHashKey : TextHashKey
{
    internal LookupHashKey(SubjectKey tenant) : base(tenant, "look-ups") { }
}

/// <summary>Hashes what makes a complaint the repetition of another.</summary>
public sealed class RepeatHashKey : TextHashKey
{
    internal RepeatHashKey(SubjectKey tenant) : base(tenant, "repeats") { }
}

/// <summary>Hashes the ids by which other systems know complaints. What it hashes stays when a person is erased.</summary>
public sealed class SourceHashKey : TextHashKey
{
    internal SourceHashKey(SubjectKey tenant) : base(tenant, "sources") { }
}

/// <summary>Hashes commands, to recognise one that is sent again.</summary>
public sealed class CommandHashKey
{
    private readonly byte[] _key;

    internal CommandHashKey(SubjectKey tenant) => _key = Derived.Key(tenant, "commands");

    /// <summary>The keyed hash of a command's text: 128 bits in base64url, 22 characters.</summary>
    internal string Hash(ReadOnlySpan<byte> text) => Derived.Hash(_key, text);
}

/// <summary>
/// Chains a history: each hash covers the one before it and the exact bytes of the event, and nobody without the key can compute one.
/// Whoever has the database alone can neither change an event nor add one without being found.
/// </summary>
public sealed class ChainKey
{
    private readonly byte[] _key;

    internal ChainKey(SubjectKey tenant) => _key = Derived.Key(tenant, "chain");

    /// <summary>The hash of an event.</summary>
    /// <param name="previous">The hash of the event before it, or <see cref="HashChain.Origin"/>.</param>
    /// <param name="body">The event's bytes.</param>
    public byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
    {
        // One copy is cheaper than an incremental hash, which is a native object with a finalizer.
        var length = previous.Length + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        previous.CopyTo(buffer);
        body.CopyTo(buffer.AsSpan(previous.Length));
        var hash = HMACSHA256.HashData(_key, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <summary>Hashes many events one after the other; not thread-safe.</summary>
    internal ChainHasher Hasher() => new(_key);
}

/// <summary>Hashes the events of histories one after the other with one native object: making it anew costs as much as a short
/// event.</summary>
internal sealed class ChainHasher(byte[] key) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>True for the hash that <see cref="ChainKey.Next"/> makes.</summary>
    public bool Fits(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, ReadOnlySpan<byte> hash)
    {
        Span<byte> made = stackalloc byte[HashChain.Size];
        _hash.AppendData(previous);
        _hash.AppendData(body);
        _hash.GetHashAndReset(made);
        return made.SequenceEqual(hash);
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>Authenticates checkpoints.</summary>
public sealed class CheckpointKey
{
    private readonly byte[] _key;
    private readonly byte[] _before;

    internal CheckpointKey(SubjectKey tenant) => (_key, _before) = (Derived.Key(tenant, "checkpoints"), tenant.Bytes.ToArray());

    /// <summary>An authenticator of 32 bytes.</summary>
    internal byte[] Authenticate(ReadOnlySpan<byte> data) => HMACSHA256.HashData(_key, data);

    /// <summary>True for an authenticator that was made with this key, or before there were derived keys with the tenant's own.</summary>
    internal bool IsAuthentic(ReadOnlySpan<byte> data, ReadOnlySpan<byte> authenticator) =>
        CryptographicOperations.FixedTimeEquals(Authenticate(data), authenticator)
        || CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_before, data), authenticator);
}

/// <summary>Authenticates what lies beside histories: whoever has the database alone can alter a row, and not so that nobody finds
/// it.</summary>
public sealed class RowKey
{
    private readonly KeptHmac _hmac;

    internal RowKey(SubjectKey tenant) => _hmac = new(Derived.Key(tenant, "rows"));

    /// <summary>The authenticator of a row: 128 bits in base64url, 22 characters.</summary>
    /// <param name="body">Its bytes, where it has any.</param>
    /// <param name="texts">Everything else, the table's name first.</param>
    internal string Of(ReadOnlySpan<byte> body, params ReadOnlySpan<string> texts)
    {
        Span<byte> proof = stackalloc byte[32];
        Write(proof, body, texts);
        return Base64Url.EncodeToString(proof[..16]);
    }

    /// <summary>The same, 64 bits of it.</summary>
    internal ulong NumberOf(ReadOnlySpan<byte> body, params ReadOnlySpan<string> texts)
    {
        Span<byte> proof = stackalloc byte[32];
        Write(proof, body, texts);
        return BinaryPrimitives.ReadUInt64BigEndian(proof);
    }

    /// <summary>An instant as far as stores keep it.</summary>
    internal static string Text(Instant at) => Microseconds.Truncate(at).ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture);

    /// <summary>Each text behind its length, so that no two rows are written alike.</summary>
    private void Write(Span<byte> proof, ReadOnlySpan<byte> body, ReadOnlySpan<string> texts)
    {
        var length = body.Length;
        foreach (var text in texts)
            length += 4 + Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var at = 0;
        foreach (var text in texts)
        {
            var written = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + 4));
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), written);
            at += 4 + written;
        }
        body.CopyTo(buffer.AsSpan(at));
        _hmac.Hash(buffer.AsSpan(0, at + body.Length), proof);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}

/// <summary>How a tenant's key becomes one for a purpose.</summary>
internal static class Derived
{
    public static byte[] Key(SubjectKey tenant, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, tenant.Bytes.ToArray(), 32,
            info: Encoding.UTF8.GetBytes($"complaints tenant key: {purpose}"));

    public static string Hash(byte[] key, ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, text, hash);
        return Base64Url.EncodeToString(hash[..16]);
    }
}
