using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>Wraps persons' keys under a master key that never lies in the database. A port: a key-management service, or
/// <see cref="FileKeyProtector"/>.</summary>
public interface IKeyProtector
{
    /// <summary>Wraps a key.</summary>
    ValueTask<byte[]> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken);

    /// <summary>Unwraps a key.</summary>
    /// <exception cref="CryptographicException">It was wrapped under another master key, or changed.</exception>
    ValueTask<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken);
}

/// <summary>
/// A master key in a file of 32 bytes (base64), readable by its owner only. It is made when the first key is wrapped, never when one is to
/// be unwrapped: a missing file
/// is then said to be missing. Whoever has the file and the database can read everything: keep them apart, and back both up. Thread-safe.
/// </summary>
public sealed class FileKeyProtector : IKeyProtector
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly Lock _gate = new();
    private byte[]? _master;

    /// <summary>A key in a file; a relative path counts from the current folder of this moment.</summary>
    public FileKeyProtector(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
    }

    /// <summary>A master key that is kept in memory only, for samples and tests.</summary>
    public FileKeyProtector(ReadOnlySpan<byte> master)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(master.Length, 32);
        _master = master.ToArray();
    }

    /// <summary>The file's full path; <c>null</c> for a key in memory.</summary>
    public string? Path { get; }

    /// <summary>True when this instance made the file: say so, because it must be backed up.</summary>
    public bool WasCreated { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file does not hold a key.</exception>
    public ValueTask<byte[]> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var wrapped = new byte[NonceSize + TagSize + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(Master(create: true), TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), key.Span, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize));
        return new(wrapped);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is missing, or does not hold a key.</exception>
    public ValueTask<byte[]> UnwrapAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        if (wrapped.Length <= NonceSize + TagSize)
            throw new CryptographicException("The wrapped key is too short.");
        var span = wrapped.Span;
        var key = new byte[span.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Master(create: false), TagSize);
        try
        {
            aes.Decrypt(span[..NonceSize], span[(NonceSize + TagSize)..], span.Slice(NonceSize, TagSize), key);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException($"The master key{(Path is null ? "" : $" in '{Path}'")} is not the one under which this database's keys were wrapped. Restore the right one from a backup.", e);
        }
        return new(key);
    }

    private byte[] Master(bool create)
    {
        lock (_gate)
        {
            if (_master is not null)
                return _master;
            if (create && !File.Exists(Path))
                Create(Path!);
            return _master = Read(Path!);
        }
    }

    private static byte[] Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"The master key '{path}' is missing. Use the file that was made with this database, or restore it from a backup: without it, personal data cannot be read.");
        var key = new byte[32];
        if (!Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length) || length != 32)
            throw new InvalidDataException($"'{path}' does not hold a key of 32 bytes in base64. Restore it from a backup: without it, personal data cannot be read.");
        return key;
    }

    private void Create(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder: name the file in it that holds the master key, or is to hold it.");
        try
        {
            Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The master key '{path}' cannot be made. {e.Message}", e);
        }
    }

    private void Write(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // Written whole under another name and moved: a process that comes second finds a whole key or none.
        var draft = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, path, overwrite: false);
            WasCreated = true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it a moment ago: its key counts.
            File.Delete(draft);
        }
    }
}
