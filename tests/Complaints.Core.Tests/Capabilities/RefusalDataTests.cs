using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Tests.Capabilities;

/// <summary>Every refusal gives the values that its text mentions, in both languages, wherever it is made.</summary>
public sealed partial class RefusalDataTests
{
    [Fact]
    public void Every_place_that_refuses_gives_the_values_of_its_text()
    {
        var places = 0;
        foreach (var (file, text) in Sources())
        {
            var names = NamesIn(text);
            foreach (var (code, given) in Refusals(text, names))
            {
                places++;
                var error = CommandCatalogue.Refusals.Single(refusal => refusal.Code == code).Plain;
                foreach (var message in new[] { error.Message, error.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")) })
                    Missing(message, given).ShouldBeEmpty($"{Path.GetFileName(file)}: {code} says '{message}'");
            }
        }
        places.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void A_command_s_own_refusal_is_never_made_by_its_code_which_would_leave_its_text_behind()
    {
        foreach (var (file, text) in Sources())
        {
            foreach (Match match in ByCode().Matches(text))
            {
                var code = match.Groups["code"].Value;
                if (CommandCatalogue.RefusalCodes.Contains(code))
                    new ComplaintError(code).Message.ShouldNotBe(code,
                        $"{Path.GetFileName(file)} makes {code} by its code: use the refusal that the command declares");
            }
        }
        new ComplaintError(Core.Lifecycle.MergeRefusals.AlreadyAbsorbed.Code)
            .Message.ShouldBe(Core.Lifecycle.MergeRefusals.AlreadyAbsorbed.Code, "the control");
    }

    [Fact]
    public void Control_a_value_that_is_not_given_is_found()
    {
        Missing("The hold began at {bound}; not {value}.", ["value"]).ShouldBe(["bound"]);
        Refusals("return new(\"time.before_hold\", (\"value\", 1), (\"bound\", Of(2)));", []).ShouldHaveSingleItem().Given.ShouldBe(["value", "bound"]);
    }

    private static IEnumerable<string> Missing(string message, IReadOnlyCollection<string> given) =>
        Placeholder().Matches(message).Select(match => match.Groups[1].Value).Except(given).Except(["path"]);

    /// <summary>The refusals that a text makes, by their code or by the name of the one that its file, or a room's rules, declare.</summary>
    private static IEnumerable<(string Code, List<string> Given)> Refusals(string text, Dictionary<string, string> names)
    {
        foreach (Match match in ByCode().Matches(text))
        {
            if (CommandCatalogue.RefusalCodes.Contains(match.Groups["code"].Value))
                yield return (match.Groups["code"].Value, Given(text, match.Index + match.Length));
        }
        foreach (Match match in ByName().Matches(text))
        {
            if (names.TryGetValue(match.Groups["name"].Value, out var code))
                yield return (code, match.Groups["how"].Value == "Plain" ? [] : Given(text, match.Index + match.Length));
        }
    }

    /// <summary>The names of the values up to the end of the call.</summary>
    private static List<string> Given(string text, int from)
    {
        var depth = 1;
        var to = from;
        for (; to < text.Length && depth > 0; to++)
            depth += text[to] switch { '(' => 1, ')' => -1, _ => 0 };
        return [.. Value().Matches(text[from..to]).Select(match => match.Groups[1].Value)];
    }

    private static Dictionary<string, string> NamesIn(string text) =>
        Declared().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["code"].Value);

    private static IEnumerable<(string File, string Text)> Sources([CallerFilePath] string here = "")
    {
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Complaints.Core"));
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(file)));
    }

    [GeneratedRegex(@"(?<!Refusal \w+ = )new(?: ComplaintError)?\(\s*""(?<code>[a-z]+\.[a-z_]+)""")]
    private static partial Regex ByCode();

    [GeneratedRegex(@"(?<![\w.])(?<name>[A-Z]\w+)\.(?<how>With\(|Plain)")]
    private static partial Regex ByName();

    [GeneratedRegex(@"Refusal (?<name>\w+) = new\(\s*""(?<code>[a-z]+\.[a-z_]+)""")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\(""(\w+)"",")]
    private static partial Regex Value();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
