using System.Text.RegularExpressions;

namespace Complaints.Architecture.Tests;

/// <summary>Both READMEs say the same: section by section the same commands, the same code, the same names, the same number of points and rows.</summary>
public sealed class ReadmeTests
{
    private static readonly Regex Name = new("`(?<name>[^`\n]+)`", RegexOptions.Compiled);

    [Fact]
    public void README_in_Chinese_says_what_the_English_one_says() =>
        Differences(Text("README.md"), Text("README.zh-CN.md")).ShouldBeEmpty();

    [Fact]
    public void Control_what_one_of_them_leaves_out_is_found()
    {
        const string English = "# A\n\nTake `one`.\n\n    dotnet run\n\n## B\n\n- a\n- b\n\n| x | y |\n```csharp\nvar a = 1;\n```\n[file](LICENSE)\n";
        Differences(English, English.Replace("Take", "取")).ShouldBeEmpty();
        Differences(English, English.Replace("## B\n", "")).ShouldHaveSingleItem().ShouldContain("headings");
        Differences(English, English.Replace("dotnet run", "dotnet test")).ShouldHaveSingleItem().ShouldContain("commands");
        Differences(English, English.Replace("`one`", "`two`")).ShouldHaveSingleItem().ShouldContain("names");
        Differences(English, English.Replace("- b\n", "")).ShouldHaveSingleItem().ShouldContain("points");
        Differences(English, English.Replace("a = 1", "a = 2")).ShouldHaveSingleItem().ShouldContain("code");
        Differences(English, English.Replace("(LICENSE)", "(CHANGELOG.md)")).ShouldHaveSingleItem().ShouldContain("links");
    }

    [Fact]
    public void Every_file_that_a_README_links_to_is_there() =>
        new[] { "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md" }
            .SelectMany(file => Links(Text(file)).Select(link => (file, link)))
            .Where(at => !at.link.Contains("://") && !Path.Exists(Repository.At(at.link)))
            .ShouldBeEmpty();

    private static string Text(string file) => File.ReadAllText(Repository.At(file)).ReplaceLineEndings("\n");

    private static IEnumerable<string> Differences(string english, string other)
    {
        var (here, there) = (Sections(english), Sections(other));
        if (!here.Select(section => section.Level).SequenceEqual(there.Select(section => section.Level)))
        {
            yield return $"headings: {string.Join(", ", here.Select(section => section.Title))} / {string.Join(", ", there.Select(section => section.Title))}";
            yield break;
        }
        foreach (var (one, two) in here.Zip(there))
        {
            foreach (var (what, left, right) in one.Parts.Zip(two.Parts, (left, right) => (left.What, left.Items, right.Items)))
            {
                if (!left.SequenceEqual(right))
                    yield return $"{one.Title}: {what}: only here {string.Join(" | ", left.Except(right))} / only there {string.Join(" | ", right.Except(left))} ({left.Count}, {right.Count})";
            }
        }
    }

    private static List<Section> Sections(string text)
    {
        var sections = new List<Section>();
        var fence = false;
        foreach (var line in text.Split('\n'))
        {
            fence ^= line.StartsWith("```");
            if (!fence && line.StartsWith('#'))
                sections.Add(new Section(line.TakeWhile(c => c == '#').Count(), line.TrimStart('#', ' ')));
            else if (sections.Count > 0)
                sections[^1].Add(line, fence || line.StartsWith("```"));
        }
        return sections;
    }

    private static IEnumerable<string> Links(string text) => Regex.Matches(text, @"\]\((?<to>[^)]+)\)").Select(match => match.Groups["to"].Value);

    private sealed record Section(int Level, string Title)
    {
        private readonly List<string> _prose = [];
        private readonly List<string> _code = [];

        public IEnumerable<(string What, List<string> Items)> Parts =>
        [
            ("code", _code),
            ("commands", [.. _prose.Where(line => line.StartsWith("    "))]),
            ("names", [.. _prose.Where(line => !line.StartsWith("    ")).SelectMany(line => Name.Matches(line)).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal)]),
            ("points", [.. _prose.Where(line => line.StartsWith("- ")).Select(_ => "-")]),
            ("rows", [.. _prose.Where(line => line.StartsWith('|')).Select(_ => "|")]),
            // The page in the other language is another one in each.
            ("links", [.. _prose.SelectMany(Links).Where(link => !link.StartsWith("README")).Order(StringComparer.Ordinal)]),
        ];

        public void Add(string line, bool isCode) => (isCode ? _code : _prose).Add(line);
    }
}
