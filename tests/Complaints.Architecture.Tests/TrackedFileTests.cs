using System.Diagnostics;

namespace Complaints.Architecture.Tests;

/// <summary>What must not be given away with the repository.</summary>
public sealed class TrackedFileTests
{
    [Fact]
    public void No_key_is_tracked() => Keys(Tracked()).ShouldBeEmpty();

    [Fact]
    public void No_key_can_be_added_by_accident() =>
        Git("check-ignore", "complaints.key", "samples/a/complaints.db.key", "complaints.key.123.new").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);

    [Fact]
    public void Control_a_key_among_files_is_found()
    {
        Keys(["src/A.cs", "a/complaints.db.key", "PRIVATE.KEY", "src/Keyboard.cs"]).ShouldBe(["a/complaints.db.key", "PRIVATE.KEY"]);
        Tracked().ShouldContain("README.md");
    }

    private static IEnumerable<string> Keys(IEnumerable<string> files) =>
        files.Where(file => Path.GetExtension(file).ToLowerInvariant() is ".key" or ".keys" or ".pfx" or ".pem" or ".snk");

    private static string[] Tracked() => Git("ls-files", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true })!;
        var answer = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0, $"git {string.Join(' ', arguments)}");
        return answer;
    }
}
