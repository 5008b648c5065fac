using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>Whatever somebody wrote into a title, a name or an argument: no terminal obeys it.</summary>
public sealed class TerminalTests : IDisposable
{
    /// <summary>Ends a line, clears the screen in C0 and in C1, names the window, turns the rest round, and goes back.</summary>
    private const string Hostile = "x\u009b2J\u0085y\u202egnp.\u2066z\u2069\u200f";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task R40_No_control_or_bidi_character_reaches_a_terminal_raw()
    {
        var number = await ImportAsync();
        string[][] runs =
        [
            ["list"], ["list", "--json"], ["show", number], ["show", number, "--json"], ["time", "explain", "--complaint", number],
            ["show", "\u001b[2J" + Hostile], ["list", "--after", Hostile], ["nonsense" + Hostile], ["list", "--db", Hostile + ".db"],
            ["verify"], ["doctor"], ["report"],
        ];
        var seen = 0;
        foreach (var run in runs)
        {
            foreach (var language in new[] { "en", "zh" })
            {
                var answer = await _tool.RunInAsync(language, run);
                var said = answer.Output + answer.Error;
                said.Where(IsObeyed).ShouldBeEmpty(string.Join(' ', run));
                seen += said.Contains(@"\u202e", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        seen.ShouldBeGreaterThan(10);
        foreach (var run in runs.Where(run => run is ["list"] or ["show", ['\u001b', ..]] or [['n', 'o', 'n', ..]]))
        {
            var answer = await _tool.RunAsProcessAsync("en", run);
            (answer.Output + answer.Error).Where(IsObeyed).ShouldBeEmpty($"a process: {string.Join(' ', run)}");
            seen.ShouldBeGreaterThan(0);
        }
        // A program that reads the JSON gets what was written.
        (await _tool.DoAsync("list", "--json")).Json.GetProperty("items")[0].GetProperty("title").GetString().ShouldBe(Hostile);
    }

    [Fact]
    public void Control_what_a_terminal_obeys_is_found_and_what_it_shows_is_not()
    {
        Hostile.Count(IsObeyed).ShouldBe(6);
        "\u001b[2J".Count(IsObeyed).ShouldBe(1);
        "王小明 \t 𠮷\n—é".Count(IsObeyed).ShouldBe(0);
        Complaints.Cli.TerminalWriter.Visible("a\r\nb\rc\u001b").ShouldBe("a\r\nb\\u000dc\\u001b");
    }

    [Fact]
    public void R40_Nothing_of_the_tool_writes_past_the_terminal()
    {
        string[] past = ["AnsiConsole.", "Markup.", ".AddRow(", "OpenStandardError", "OpenStandardOutput"];
        var found = Directory.EnumerateFiles(Repository.At("src", "Complaints.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && Path.GetFileName(file) != "Terminal.cs")
            .SelectMany(file => File.ReadLines(file).Where(line => past.Any(line.Contains) && !line.Contains("new TerminalWriter(")));
        found.ShouldBeEmpty();
    }

    private async Task<string> ImportAsync()
    {
        var map = _tool.Write("map.json", """
            {
              "source": "old", "zone": "UTC", "datePatterns": ["uuuu-MM-dd"], "id": "id",
              "fields": {
                "channel": { "constant": "phone" }, "title": "title", "customerName": "title", "owner": "title", "team": "title"
              },
              "ledger": { "received": "at" }
            }
            """);
        var rows = _tool.Write("rows.csv", $"id,at,title\n1,2026-01-02,{Hostile}\n2,never {Hostile},x\n");
        (await _tool.RunAsync("import", rows, "--map", map)).ExitCode.ShouldBe(ExitCode.BadRows);
        return (await _tool.DoAsync("show", "old:1", "--json")).Json.GetProperty("number").GetString()!;
    }

    private static bool IsObeyed(char c) =>
        c is < ' ' and not ('\n' or '\t') or (>= '\u007f' and <= '\u009f') or '\u061c' or '\u200e' or '\u200f'
            or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
