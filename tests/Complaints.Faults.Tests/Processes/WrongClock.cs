namespace Complaints.Faults.Tests.Processes;

/// <summary>The clock on the wall of a process, made wrong by libfaketime; what measures durations stays right. It may jump while the process runs.</summary>
internal sealed class WrongClock
{
    private static readonly string Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) ?? ""
        : "";

    private readonly string _file;

    public WrongClock(Ground ground, int seconds)
    {
        if (Library.Length == 0)
            throw new InvalidOperationException("libfaketime is needed: install the package 'faketime'; 'bash tests/run.sh' does so on Debian.");
        _file = Path.Combine(ground.Folder, $"clock-{Guid.NewGuid():N}");
        Jump(seconds);
    }

    /// <summary>What a process needs to live by it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("LD_PRELOAD", Library), new("FAKETIME_TIMESTAMP_FILE", _file), new("FAKETIME_NO_CACHE", "1"), new("FAKETIME_DONT_FAKE_MONOTONIC", "1"), new("FAKETIME_DONT_RESET", "1"),
    ];

    /// <summary>From now on it is so far ahead; negative for behind.</summary>
    public void Jump(int seconds)
    {
        File.WriteAllText(_file + ".new", $"{seconds:+0;-0}s\n");
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
