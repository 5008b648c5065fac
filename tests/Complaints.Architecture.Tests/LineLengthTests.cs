using System.Globalization;

namespace Complaints.Architecture.Tests;

/// <summary>Lines end where a reader's window does. Files from before the rule stand in a list that only shrinks.</summary>
public sealed class LineLengthTests
{
    private const int Limit = 140;
    private const string ListName = "LongLines.txt";
    private const string HowToRewrite = "To rewrite the list: COMPLAINTS_APPROVE_LONG_LINES=1 bash tests/run.sh Architecture";

    private static string ListFile => Repository.At("tests", "Complaints.Architecture.Tests", ListName);

    private static Dictionary<string, int> Found =>
        new[] { "src", "samples", "tests", "benchmarks" }
            .SelectMany(folder => Repository.Files(folder, ".cs", ".razor"))
            .Select(file => (file, lines: File.ReadLines(Repository.At(file)).Count(line => line.Length > Limit)))
            .Where(found => found.lines > 0)
            .ToDictionary(found => found.file, found => found.lines, StringComparer.Ordinal);

    [Fact]
    public void Rule12_no_line_is_longer_than_the_limit_and_the_list_of_older_ones_only_shrinks()
    {
        if (Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_LONG_LINES") == "1")
        {
            var lines = Found.OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => $"{found.Value,4} {found.Key}\n");
            File.WriteAllText(ListFile, string.Concat(lines));
            return;
        }

        if (string.Join("\n", Differences(Read(File.ReadAllLines(ListFile)), Found)) is { Length: > 0 } differences)
            Assert.Fail(differences + "\n" + HowToRewrite);
    }

    [Fact]
    public void Control_growth_shrinkage_and_new_files_are_told_apart()
    {
        var listed = Read(["   3 src/Same.cs", "   3 src/Grown.cs", "  12 src/Shrunk.cs", "   1 src/Gone.cs"]);
        var found = new Dictionary<string, int> { ["src/Same.cs"] = 3, ["src/Grown.cs"] = 4, ["src/Shrunk.cs"] = 11, ["src/New.cs"] = 1 };
        Differences(listed, found).ShouldBe(
        [
            "src/Gone.cs: 0 lines are longer than 140 characters and the list says 1; lower the number or leave the file out.",
            "src/Grown.cs: 4 lines are longer than 140 characters and the list says 3; break the new ones.",
            "src/New.cs: 1 lines are longer than 140 characters and the file is not listed; break them.",
            "src/Shrunk.cs: 11 lines are longer than 140 characters and the list says 12; lower the number or leave the file out.",
        ]);
    }

    private static Dictionary<string, int> Read(IEnumerable<string> lines) => lines
        .Select(line => line.Trim().Split(' ', 2))
        .ToDictionary(parts => parts[1], parts => int.Parse(parts[0], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static IEnumerable<string> Differences(Dictionary<string, int> listed, Dictionary<string, int> found) =>
        from file in listed.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
        let was = listed.GetValueOrDefault(file)
        let now = found.GetValueOrDefault(file)
        where was != now
        select $"{file}: {now} lines are longer than {Limit} characters and " + (was == 0 ? "the file is not listed; break them."
            : now > was ? $"the list says {was}; break the new ones."
            : $"the list says {was}; lower the number or leave the file out.");
}
