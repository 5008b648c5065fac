namespace Complaints.Core;

/// <summary>Files that are read whole: definitions, mappings, key files. Nobody writes a larger one by hand.</summary>
internal static class BoundedFile
{
    private const int Most = 4 * 1024 * 1024;

    /// <summary>The file's text. What it says of its size is not asked: a pipe says nothing.</summary>
    /// <exception cref="IOException">It cannot be read, or has more than 4 MB.</exception>
    public static string Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>The same of a file that is open.</summary>
    public static string Read(FileStream file)
    {
        using var kept = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = file.Read(part)) > 0;)
        {
            if (kept.Length + read > Most)
                throw new IOException($"The file '{file.Name}' has more than {Most / 1024 / 1024} MB: name the right one.");
            kept.Write(part, 0, read);
        }
        kept.Position = 0;
        using var text = new StreamReader(kept);
        return text.ReadToEnd();
    }
}
