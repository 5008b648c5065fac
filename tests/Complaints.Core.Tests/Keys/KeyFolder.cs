using System.Security.Cryptography;

namespace Complaints.Core.Tests.Keys;

/// <summary>A folder with a key file, and keys as they were wrapped before master keys had ids.</summary>
internal sealed class KeyFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-key-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Key => this["complaints.key"];

    public string Folder => _folder.FullName;

    public string[] Files =>
        [.. Directory.EnumerateFiles(_folder.FullName).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>As the file was written before: one line.</summary>
    public byte[] WriteAsBefore()
    {
        var master = RandomNumberGenerator.GetBytes(32);
        Hold(Convert.ToBase64String(master));
        return master;
    }

    /// <summary>Puts a text into the key file, which is its owner's alone.</summary>
    public void Hold(string text)
    {
        File.WriteAllText(Key, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Nonce, tag and ciphertext under the master key itself, bound to nobody.</summary>
    public static byte[] WrapAsBefore(byte[] master, ReadOnlySpan<byte> key)
    {
        var wrapped = new byte[60];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, 12));
        using var aes = new AesGcm(master, 16);
        aes.Encrypt(wrapped.AsSpan(0, 12), key, wrapped.AsSpan(28), wrapped.AsSpan(12, 16));
        return wrapped;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
