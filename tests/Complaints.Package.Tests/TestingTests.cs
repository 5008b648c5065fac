using System.Text.RegularExpressions;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>What a user of <c>Complaints.Testing</c> and an author of a store do: their READMEs' snippets, from the packages.</summary>
public sealed partial class TestingTests(PackageFeed feed) : IDisposable
{
    private readonly ConsumerProject _project = new(feed);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_harness_and_a_host_in_memory_work_without_any_test_framework()
    {
        _project.Write(
            ConsumerProject.Ours("Complaints.Testing") + ConsumerProject.Pinned("Microsoft.Extensions.DependencyInjection"),
            Snippet("Complaints.Testing"));
        var printed = _project.Run("run");
        printed.ShouldContain("complaints.resolved.v1: Resolved");
        printed.ShouldContain("True");
        Directory.GetFiles(_project.Folder, "xunit*", SearchOption.AllDirectories).ShouldBeEmpty();
        File.ReadAllText(_project.At("obj", "project.assets.json")).ShouldNotContain("xunit", customMessage: "nothing that it restores");
    }

    [Fact]
    public void An_author_of_a_store_runs_every_law_on_xunit_v3_and_is_told_which_class_is_missing()
    {
        // The classes of one line each, as our own stores have them.
        var classes = File.ReadAllText(Repository.At("tests", "Complaints.Storage.Tests", "Laws", "MemoryLaws.cs"));
        _project.Write(
            ConsumerProject.Ours("Complaints.Testing.Conformance") + ConsumerProject.Pinned("xunit.v3.mtp-off"),
            Snippet("Complaints.Testing.Conformance"));
        File.WriteAllText(_project.At("Classes.cs"), classes.Replace("MemoryFixture", "MyFixture", StringComparison.Ordinal));
        var total = Total().Match(_project.Run("run"));
        int.Parse(total.Groups["total"].Value).ShouldBeGreaterThan(150);
        total.Groups["failed"].Value.ShouldBe("0");

        File.WriteAllText(_project.At("Classes.cs"), "");
        Should.Throw<InvalidOperationException>(() => _project.Run("run")).Message.ShouldContain("ChainLaws");
    }

    private static string Snippet(string package)
    {
        var readme = File.ReadAllText(Repository.At("src", package, "README.md"));
        return SnippetText().Match(readme).Groups["code"].Value;
    }

    [GeneratedRegex(@"<!-- snippet: \w+ -->\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SnippetText();

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: 0, Failed: (?<failed>\d+)")]
    private static partial Regex Total();
}
