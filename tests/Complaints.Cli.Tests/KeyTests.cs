using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>Where the master key is, and that it is said.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_key_lies_where_it_was_said_and_every_message_names_its_full_path()
    {
        (await _tool.DoAsync("init", "--key", "keys/own.key")).Output.ShouldContain($"lies in {_tool["keys/own.key"]}.");
        File.Exists(_tool.Db + ".key").ShouldBeFalse();
        (await _tool.DoAsync("init", "--key", "keys/own.key")).Output.ShouldContain($"is {_tool["keys/own.key"]}.");

        var missing = await _tool.RunAsync("doctor");
        missing.ExitCode.ShouldBe(ExitCode.StoreFailed);
        missing.Error.ShouldContain($"'{_tool.Db}.key' is missing");
        missing.Error.Trim().Split('\n').Length.ShouldBe(1);
        (await _tool.RunAsync("doctor", "--key", "keys/own.key")).Output.ShouldContain($"'{_tool["keys/own.key"]}' fits");
    }

    [Theory]
    [InlineData("init")]
    [InlineData("sweep")]
    public async Task On_postgresql_without_a_key_one_sentence_says_what_to_pass(string command)
    {
        // Nothing listens there: the key is asked for before the server is.
        var answer = await _tool.RunAsync(command, "--db", "Host=127.0.0.1;Port=1;Database=crm");
        answer.ExitCode.ShouldBe(ExitCode.Usage);
        answer.Error.ShouldContain("--key FILE");
        answer.Error.ShouldContain("COMPLAINTS_KEY");
        answer.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_script_of_a_schema_needs_no_key_and_no_server() =>
        (await _tool.DoAsync("init", "--script", "--db", "Host=127.0.0.1;Port=1;Database=crm")).Output.ShouldContain("create table complaint (");
}
