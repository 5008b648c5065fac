using System.Text.RegularExpressions;

namespace Complaints.Architecture.Tests;

/// <summary>Words that must not stand in any file of ours.</summary>
public sealed class SourceTextTests
{
    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".json", ".sh", ".md", ".sql", ".html", ".cshtml", ".razor", ".js", ".css", ".txt", ".csv", ".xml"];

    // Only as the start of a path, so that ../work/ or a URL does not count. Written so that this file passes itself.
    private static readonly Regex MachinePath = new(@"(?<![\w/.:\-])/(wor" + "k|roo" + "t|tm" + "p)/", RegexOptions.Compiled);

    private static readonly Regex AmbientClock = new(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b", RegexOptions.Compiled);

    private static IEnumerable<string> Files(params string[] extensions) =>
        new[] { "src", "samples", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, extensions));

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Files(TextFiles).SelectMany(file => Find(file, MachinePath)).ShouldBeEmpty();

    [Fact]
    public void Rule1_no_source_file_reads_the_ambient_clock() =>
        Files(".cs").SelectMany(file => Find(file, AmbientClock)).ShouldBeEmpty();

    [Fact]
    public void Control_both_patterns_find_what_they_should()
    {
        MachinePath.IsMatch("open(\"/wor" + "k/shared\")").ShouldBeTrue();
        MachinePath.IsMatch("https://example.org/wor" + "k/shared").ShouldBeFalse();
        AmbientClock.IsMatch("var now = DateTime" + ".Now;").ShouldBeTrue();
        AmbientClock.IsMatch("var now = clock.Now;").ShouldBeFalse();
    }

    private static IEnumerable<string> Find(string file, Regex pattern) =>
        File.ReadLines(Repository.At(file))
            .Select((line, index) => (line, number: index + 1))
            .Where(at => !at.line.TrimStart().StartsWith("//") && pattern.IsMatch(at.line))
            .Select(at => $"{file}:{at.number}: {at.line.Trim()}");
}
