using System.Diagnostics;
using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>How the tool speaks of itself.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task The_tool_calls_itself_complaints()
    {
        var help = (await _tool.DoAsync("--help")).Output;
        help.ShouldContain("complaints [command] [options]");
        help.ShouldNotContain("Complaints.Cli");
        (await _tool.DoAsync("init", "--help")).Output.ShouldContain("complaints init [options]");
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_said_once_with_the_help_that_helps()
    {
        var answer = await _tool.RunAsync("nonsense");
        answer.ExitCode.ShouldBe(ExitCode.Usage);
        answer.Error.Trim().ShouldBe("Unrecognized command or argument 'nonsense'. Run 'complaints --help'.");
        (await _tool.RunAsync("definitions")).Error.ShouldContain("Run 'complaints definitions --help'.");
    }

    [Fact]
    public async Task Without_a_word_the_tool_shows_its_help()
    {
        using var tool = Process.Start(new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location]) { RedirectStandardOutput = true })!;
        (await tool.StandardOutput.ReadToEndAsync()).ShouldContain("Commands:");
        await tool.WaitForExitAsync();
        tool.ExitCode.ShouldBe(ExitCode.Usage);
    }
}
