namespace Complaints.Storage.Tests.Sqlite;

/// <summary>What the page of the core package prints stands in these tests, which compile and run.</summary>
public sealed class CorePageTests
{
    [Fact]
    public void Every_snippet_of_the_page_is_code_of_a_test()
    {
        var page = File.ReadAllText(Repository.At("src", "Complaints.Core", "README.md")).ReplaceLineEndings("\n");
        var blocks = page.Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).ToList();
        blocks.Count.ShouldBe(5);
        var tests = Directory.GetFiles(Repository.At("tests", "Complaints.Storage.Tests", "Sqlite"), "*.cs")
            .Select(file => Lines(File.ReadAllText(file))).ToList();
        foreach (var block in blocks)
            tests.ShouldContain(test => test.Contains(Lines(block), StringComparison.Ordinal), block);
        Lines("    a\n  b\n").ShouldBe("a\nb", "blanks before a line do not count, everything else does");
    }

    private static string Lines(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
