using System.Diagnostics;

namespace Complaints.Core;

/// <summary>
/// Master keys in a file, readable by its owner only: one or, after a rotation, several of 32 bytes in base64, a line each, 64 at most; the
/// last one wraps, and all unwrap. The file is made when the first key is wrapped, never when one is to be unwrapped: a missing file is
/// then said to be missing. A changed file is noticed when a key is wrapped, or when one is to be unwrapped whose master key is not known
/// yet, so that a rotation needs no restart. Whoever has the file and the database can read everything: keep them apart, and back both up.
/// Thread-safe.
/// </summary>
public sealed class FileKeyProtector : IKeyProtector
{
    private readonly Lock _gate = new();
    private readonly MasterKeyFile? _file;
    private volatile Known? _known;
    private volatile bool _isProved;
    private long _looked;

    /// <summary>Keys in a file; a relative path counts from the current folder of this moment.</summary>
    public FileKeyProtector(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _file = new MasterKeyFile(System.IO.Path.GetFullPath(path));
    }

    /// <summary>A master key that is kept in memory only, for samples and tests.</summary>
    public FileKeyProtector(ReadOnlySpan<byte> master) => _known = new(MasterKeyRing.Of(new MasterKey(master)), default);

    /// <summary>The file's full path; <c>null</c> for a key in memory.</summary>
    public string? Path => _file?.Path;

    /// <summary>True when this instance made the file: say so, because it must be backed up.</summary>
    public bool WasCreated { get; private set; }

    internal MasterKeyFile? File => _file;

    /// <summary>What nobody but the owner may do with the file, on Unix. A group may read it.</summary>
    public static UnixFileMode ForbiddenModes => MasterKeyFile.Others;

    /// <summary>How often whoever wraps many keys looks whether the file has changed: to look costs as much as to wrap.</summary>
    internal TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    private string Place => Path ?? "memory";

    /// <inheritdoc/>
    public async ValueTask PrepareAsync(Func<CancellationToken, ValueTask<bool>> hasKeys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hasKeys);
        // Looked at again: who made the first key made the file before.
        if (_known is null && _file!.Look() is null && await hasKeys(cancellationToken).ConfigureAwait(false) && _file.Look() is null)
            throw new MasterKeyException(new ComplaintError("keys.file_missing", ("path", Place)));
    }

    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">The file does not hold a key, or was replaced by one that does not continue it.</exception>
    public ValueTask<byte[]> WrapAsync(KeyOwner owner, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var wrapped = ForWrapping().Newest.Wrap(owner, key.Span);
        _isProved = true;
        return new(wrapped);
    }

    /// <inheritdoc/>
    /// <exception cref="MasterKeyException">The file is missing, or does not hold the master key; or the wrapped key was changed or is
    /// somebody else's.</exception>
    public ValueTask<byte[]> UnwrapAsync(KeyOwner owner, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        var ring = _known?.Ring ?? Refresh();
        var key = Unwrap(ring, owner, wrapped);
        if (key is null && IsStrange(ring, wrapped) && TryRefresh() is { } again && !ReferenceEquals(ring, again))
            key = Unwrap(ring = again, owner, wrapped);
        if (key is null)
            throw new MasterKeyException(WhyNot(ring, owner, wrapped));
        _isProved = true;
        return new(key);
    }

    /// <summary>The keys as the file has them now.</summary>
    /// <exception cref="MasterKeyException">It is missing, or is none, or does not continue the one with which this instance has
    /// worked.</exception>
    internal MasterKeyRing Refresh()
    {
        lock (_gate)
        {
            if (_file is null)
                return _known!.Ring;
            var (ring, stamp) = _file.Read();
            // Once something was opened or wrapped, the file is known to be the database's: another one must not take its place.
            if (_known is { } known && _isProved && !ring.Continues(known.Ring))
                throw new MasterKeyException(new ComplaintError("keys.file_replaced", ("path", Place), ("value", known.Ring.Newest.Id)));
            _known = new(ring, stamp);
            return ring;
        }
    }

    /// <summary>Why a ring does not open a wrapped key.</summary>
    internal ComplaintError WhyNot(MasterKeyRing ring, KeyOwner owner, ReadOnlyMemory<byte> wrapped) =>
        MasterKey.IsOfBefore(wrapped)
            ? new ComplaintError("keys.master_other", ("owner", owner), ("path", Place))
            : MasterKey.IdOf(wrapped) is not { } id
                ? new ComplaintError("keys.wrapped_format", ("owner", owner), ("value", wrapped.Length))
                : ring.Find(id) is null
                    ? new ComplaintError("keys.master_unknown", ("owner", owner), ("value", id), ("path", Place))
                    : new ComplaintError("keys.wrapped_elsewhere", ("owner", owner));

    /// <summary>The key under the master key that it names; one from before there were ids under whichever opens it.</summary>
    internal static byte[]? Unwrap(MasterKeyRing ring, KeyOwner owner, ReadOnlyMemory<byte> wrapped) => MasterOf(ring, owner, wrapped).Key;

    /// <summary>The same with the master key that opened it.</summary>
    internal static (MasterKey? Master, byte[]? Key) MasterOf(MasterKeyRing ring, KeyOwner owner, ReadOnlyMemory<byte> wrapped)
    {
        for (var i = ring.Keys.Length - 1; i >= 0; i--)
        {
            var master = ring.Keys[i];
            if ((MasterKey.IsOfBefore(wrapped) || master.Wrapped(wrapped.Span)) && master.Unwrap(owner, wrapped.Span) is { } key)
                return (master, key);
        }
        return default;
    }

    private static bool IsStrange(MasterKeyRing ring, ReadOnlyMemory<byte> wrapped) =>
        MasterKey.IsOfBefore(wrapped) || MasterKey.IdOf(wrapped) is { } id && ring.Find(id) is null;

    private MasterKeyRing ForWrapping()
    {
        var known = _known;
        if (known is not null && (_file is null || Stopwatch.GetElapsedTime(Volatile.Read(ref _looked)) < LookEvery))
            return known.Ring;
        var now = Stopwatch.GetTimestamp();
        if (known is not null && (_file!.Look() is not { } stamp || stamp == known.Stamp))
        {
            Volatile.Write(ref _looked, now);
            return known.Ring;
        }
        lock (_gate)
        {
            if (_known is null && _file!.Look() is null)
                WasCreated |= _file.Create();
            var ring = Refresh();
            Volatile.Write(ref _looked, now);
            return ring;
        }
    }

    /// <summary>Whoever meets a strange key looks once; what is wrong with the file is then less to the point than the key.</summary>
    private MasterKeyRing? TryRefresh()
    {
        try
        {
            return Refresh();
        }
        catch (Exception e) when (e is MasterKeyException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Known(MasterKeyRing Ring, FileStamp Stamp);
}
