using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>The other tests call the tool in their own process: a process of the tool ends and says the same, to the letter.</summary>
public sealed class ProcessTests(ImportedLedger ledger) : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_process_ends_and_says_what_the_other_tests_see()
    {
        ledger.CopyTo(_tool);
        (string Language, int ExitCode, string[] Arguments)[] runs =
        [
            ("zh", ExitCode.Done, ["list"]),
            ("en", ExitCode.Done, ["show", ledger.FirstNumber]),
            ("en", ExitCode.Done, ["keys", "list", "--json"]),
            ("zh", ExitCode.Refused, ["adopt", "old:1"]),
            ("en", ExitCode.Usage, ["list", "--take", "0"]),
            ("zh", ExitCode.Usage, ["list", "--nonsense"]),
            ("en", ExitCode.StoreFailed, ["list", "--key", "map.json"]),
        ];
        foreach (var (language, exitCode, arguments) in runs)
        {
            var seen = await _tool.RunInAsync(language, arguments);
            var process = await _tool.RunAsProcessAsync(language, arguments);
            (process.ExitCode, process.Output, process.Error).ShouldBe(
                (seen.ExitCode, seen.Output, seen.Error), string.Join(' ', arguments));
            seen.ExitCode.ShouldBe(exitCode, string.Join(' ', arguments));
            (seen.Output + seen.Error).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Control_another_language_and_another_question_are_told_apart()
    {
        ledger.CopyTo(_tool);
        var seen = await _tool.RunInAsync("en", "list");
        (await _tool.RunAsProcessAsync("zh", "list")).Output.ShouldNotBe(seen.Output);
        (await _tool.RunAsProcessAsync("en", "list", "--state", "Closed")).Output.ShouldNotBe(seen.Output);
    }
}
