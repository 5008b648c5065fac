using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Complaints.Core;

/// <summary>The file of the master keys: read whole, replaced whole. Two programs that would change it do so one after the other.</summary>
/// <param name="path">The full path.</param>
internal sealed class MasterKeyFile(string path)
{
    private const int LockAttempts = 1_200;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    public string Path => path;

    /// <summary>For tests: called before each step of a replacement, which a kill may be the end of.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>What tells that the file was replaced, without reading it; <c>null</c> when there is none.</summary>
    public FileStamp? Look()
    {
        var info = new FileInfo(path);
        if (info.Exists && info.Attributes.HasFlag(FileAttributes.ReparsePoint))
            info = (FileInfo?)info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        return info.Exists ? new(info.LastWriteTimeUtc.Ticks, info.Length) : null;
    }

    /// <summary>When it was last written.</summary>
    public Instant Written =>
        Look() is { } stamp ? Instant.FromDateTimeUtc(new DateTime(stamp.Written, DateTimeKind.Utc)) : Instant.MaxValue;

    /// <exception cref="MasterKeyException">It is missing, somebody else could have written it, or it holds something else.</exception>
    public (MasterKeyRing Ring, FileStamp Stamp) Read()
    {
        // Looked at before it is read: what comes in between is then noticed the next time.
        if (Look() is not { } stamp)
            throw new MasterKeyException(new ComplaintError("keys.file_missing", ("path", path)));
        if (stamp.Length > MasterKeyRing.LargestFile)
            throw new MasterKeyException(new ComplaintError("keys.file_size", ("path", path), ("bound", MasterKeyRing.LargestFile)));
        using var file = File.OpenRead(path);
        CheckOthers(file.SafeFileHandle);
        return (MasterKeyRing.Parse(BoundedFile.Read(file), path), stamp);
    }

    /// <summary>Looked at on the open file: by its name, another one could take its place in between.</summary>
    private void CheckOthers(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) is var mode && (mode & Others) != UnixFileMode.None)
            throw new MasterKeyException(new ComplaintError("keys.file_open", ("path", path), ("value", Convert.ToString((int)mode, 8))));
        if (OperatingSystem.IsLinux() && FileOwner.Of(file) is var owner
            && !owner.IsTrusted(FileOwner.Of(System.IO.Path.GetDirectoryName(path)!), FileOwner.Runner))
            throw new MasterKeyException(
                new ComplaintError("keys.file_owner", ("path", path), ("value", owner.User), ("current", FileOwner.Runner)));
    }

    /// <summary>What nobody but the owner may do with it. A group may read: a service and its operator share it.</summary>
    public const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes the file with a new key, unless there is one. Of many programs that do so at once, one makes it.</summary>
    /// <returns>False when another program made it a moment ago: its key counts.</returns>
    public bool Create()
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder: name the file in it that holds the master key, or is to hold it.");
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            var draft = DraftOf(path);
            Write(draft, MasterKeyRing.Of(MasterKey.New()).Text);
            var isMade = false;
            try
            {
                isMade = Disk.TryLink(draft, path);
            }
            finally
            {
                File.Delete(draft);
            }
            // Also whoever came second: what it wraps next must not outlive the file.
            Disk.FlushFolderOf(path);
            return isMade;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The master key '{path}' cannot be made. {e.Message}", e);
        }
    }

    /// <summary>Replaces what the file holds. Whoever is killed in the middle leaves the old content or the new one, whole; when this
    /// returns, the new one outlives a loss of power. Only under <see cref="LockAsync"/>.</summary>
    public void Replace(MasterKeyRing ring)
    {
        // Where the path is a link, the file behind it is replaced and not the link.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        foreach (var left in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(target)!,
            System.IO.Path.GetFileName(target) + ".*.new"))
            File.Delete(left);
        var draft = DraftOf(target);
        Before?.Invoke("write");
        try
        {
            Write(draft, ring.Text, target);
        }
        catch (MasterKeyException)
        {
            File.Delete(draft);
            throw;
        }
        Before?.Invoke("rename");
        File.Move(draft, target, overwrite: true);
        Before?.Invoke("flush");
        Disk.FlushFolderOf(target);
    }

    /// <summary>Waits, for two minutes at most, until no other program changes the file.</summary>
    /// <exception cref="MasterKeyException">Another one does not end.</exception>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        if (new FileInfo(path + ".lock").LinkTarget is { } link)
            throw new IOException($"'{path}.lock' is a link to '{link}'; remove it: what it points at would be opened.");
        var options = OwnerOnly(FileMode.OpenOrCreate);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var held = new FileStream(path + ".lock", options);
                // A lock of root's own would keep the file's owner from the next rotation.
                if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(path))
                    _ = FileOwner.Of(path).TryGive(held.SafeFileHandle);
                return held;
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (attempt == LockAttempts)
                    throw new MasterKeyException(new ComplaintError("keys.busy", ("path", path)), e);
            }
            await Task.Delay(LockPause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A name that nobody can know before, so that nobody can put anything there.</summary>
    private static string DraftOf(string path) => $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";

    /// <param name="draft">The new file, its owner's alone.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="replaced">The one that it is to replace: whoever may read that must be able to read this.</param>
    private void Write(string draft, string text, string? replaced = null)
    {
        using var stream = new FileStream(draft, OwnerOnly(FileMode.CreateNew));
        if (replaced is not null && OperatingSystem.IsLinux()
            && FileOwner.Of(replaced) is var owner && !owner.TryGive(stream.SafeFileHandle))
            throw new MasterKeyException(
                new ComplaintError("keys.owner_lost", ("path", path), ("value", owner.User), ("known", owner.Group)));
        if (replaced is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(replaced));
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>When a file was written, and how long it is.</summary>
internal readonly record struct FileStamp(long Written, long Length);

/// <summary>
/// A rename outlives a loss of power only when its folder was flushed too, and .NET opens no folders. Without that, keys could be wrapped
/// durably under a master key whose file was not.
/// </summary>
internal static class Disk
{
    private const int AlreadyThere = 17;

    /// <summary>Gives a file a second name, unless something has that name: the one step in which of many one succeeds. To rename is none:
    /// .NET looks whether there is a file, and then replaces it.</summary>
    /// <returns>False when the name is taken.</returns>
    public static bool TryLink(string from, string to)
    {
        if (!OperatingSystem.IsWindows() && Link(Encoding.UTF8.GetBytes(from + "\0"), Encoding.UTF8.GetBytes(to + "\0")) == 0)
            return true;
        if (!OperatingSystem.IsWindows() && Marshal.GetLastPInvokeError() == AlreadyThere)
            return false;
        try
        {
            // On Windows it is one step. A file system that has no second names has nothing better.
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    public static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open(Encoding.UTF8.GetBytes(Path.GetDirectoryName(path) + "\0"), 0);
        if (folder < 0)
            return;
        // File systems that cannot flush a folder say so and are none the worse for it.
        _ = Flush(folder);
        _ = Close(folder);
    }

#pragma warning disable SYSLIB1054 // What it would generate is unsafe code, for four functions that take what needs no marshalling.
    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
#pragma warning restore SYSLIB1054
}
