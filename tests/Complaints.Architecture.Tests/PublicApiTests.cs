namespace Complaints.Architecture.Tests;

/// <summary>When a difference is not deliberate, it is the bug report.</summary>
public sealed class PublicApiTests
{
    private const string HowToApprove = "To approve it: COMPLAINTS_APPROVE_API=1 bash tests/run.sh Architecture";

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rule11_public_api_matches_the_approved_text(string package)
    {
        var file = Repository.At("src", package, "PublicAPI.txt");
        var actual = PublicApiText.Of(Product.PublicTypesOf(package));
        if (Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_API") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (actual != approved)
        {
            Assert.Fail($"The public surface of {package} differs from PublicAPI.txt (- approved, + now):\n"
                + Difference(approved, actual) + "\n" + HowToApprove);
        }
    }

    [Fact]
    public void Control_a_new_public_member_is_shown()
    {
        var before = PublicApiText.Of([typeof(Specimen.Door)]);
        var after = PublicApiText.Of([typeof(Specimen.Door), typeof(Specimen.Key)]);

        before.ShouldContain("bool IsOpen { get; init; }");
        before.ShouldNotContain("PrintMembers");
        before.ShouldNotContain("Deconstruct");
        Difference(before, after).ShouldStartWith("+ ");
    }

    // Lines carry their type's name, so sets of lines are enough to say what changed.
    private static string Difference(string before, string after)
    {
        var was = Qualified(before);
        var now = Qualified(after);
        return string.Join('\n', was.Except(now).Select(line => "- " + line).Concat(now.Except(was).Select(line => "+ " + line)).Take(60));
    }

    private static List<string> Qualified(string text)
    {
        var type = "";
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line.StartsWith(' ') ? $"{type.Split(" : ")[0]} | {line.Trim()}" : line);
        }

        return lines;
    }

    public static class Specimen
    {
        public sealed record Door(bool IsOpen);

        public enum Key { Small, Big }
    }
}
