using Complaints.Cli;
using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests;

/// <summary><c>complaints keys</c>, as a person runs it.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_master_key_is_added_and_the_older_one_taken_out_with_figures_and_codes_in_both_languages()
    {
        await _tool.AddKeysAsync(600);
        var first = (await _tool.MastersAsync()).ShouldHaveSingleItem();
        (first.Wraps, first.Keys).ShouldBe((true, 600));

        var rotated = (await _tool.DoAsync("keys", "rotate")).Output;
        rotated.ShouldContain($"to {_tool.KeyFile}: back it up now");
        rotated.ShouldContain("600 keys were wrapped anew, 0 could not be opened");
        var listed = (await _tool.DoAsync("keys", "list")).Output;
        listed.ShouldContain(_tool.KeyFile);
        listed.ShouldContain($"{first.Id}          0 keys  unwraps");

        var refused = await _tool.RunAsync("keys", "retire");
        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldStartWith("keys.retire_too_soon: ");
        (await _tool.RunInAsync("zh", "keys", "retire")).Error.ShouldContain("最新的主密钥于");
        (await _tool.DoAsync("keys", "retire", "--at-once")).Output.ShouldContain(
            $": {first.Id}. Backups of the database from before need the file from before.");
        (await _tool.DoAsync("keys", "retire")).Output.ShouldContain("no older master key");
        (await _tool.MastersAsync()).ShouldHaveSingleItem().Keys.ShouldBe(600);
        await _tool.DoAsync("verify");
    }

    [Fact]
    public async Task What_is_still_wrapped_under_an_older_key_keeps_it_in_the_file_until_the_rotation_is_completed()
    {
        await _tool.AddKeysAsync(3);
        var old = File.ReadAllText(_tool.KeyFile);
        var added = (await _tool.DoAsync("keys", "rotate", "--json")).Json;
        (added.GetProperty("added").GetBoolean(), added.GetProperty("rewrapped").GetInt32()).ShouldBe((true, 3));
        // Somebody who had not noticed yet: the file from before wraps under the older key.
        File.WriteAllText(_tool["old.key"], old);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_tool["old.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _tool.AddKeysAsync(2, _tool["old.key"]);

        var still = await _tool.RunAsync("keys", "retire", "--at-once");
        still.ExitCode.ShouldBe(ExitCode.Refused);
        still.Error.ShouldStartWith("keys.still_used: 2 keys");
        (await _tool.DoAsync("keys", "list")).Output.ShouldContain("run 'complaints keys rotate'");
        var completed = (await _tool.DoAsync("keys", "rotate", "--json")).Json;
        (completed.GetProperty("added").GetBoolean(), completed.GetProperty("rewrapped").GetInt32()).ShouldBe((false, 2));
        await _tool.DoAsync("keys", "retire", "--at-once");
    }

    [Fact]
    public async Task The_key_file_of_another_database_or_of_an_older_state_is_refused_by_code_and_loses_nothing()
    {
        await _tool.AddKeysAsync(3);
        await _tool.DoAsync("init");
        File.Copy(_tool.KeyFile, _tool["older.key"]);
        await _tool.DoAsync("keys", "rotate");
        await _tool.DoAsync("keys", "retire", "--at-once");
        await _tool.DoAsync("init", "--db", _tool["other.db"]);
        var before = File.ReadAllText(_tool.KeyFile);

        foreach (var wrong in new[] { "older.key", "other.db.key" })
        {
            var content = File.ReadAllText(_tool[wrong]);
            foreach (var command in new[] { "init", "keys rotate", "doctor", "verify" })
            {
                var answer = await _tool.RunAsync([.. command.Split(' '), "--key", _tool[wrong]]);
                answer.ExitCode.ShouldBe(ExitCode.StoreFailed, command);
                answer.Error.ShouldStartWith("keys.master_unknown: ", Case.Sensitive, command);
                answer.Error.Trim().Split('\n').Length.ShouldBe(1, command);
            }
            var list = await _tool.RunAsync("keys", "list", "--key", _tool[wrong]);
            list.ExitCode.ShouldBe(ExitCode.Refused);
            list.Output.ShouldContain("4 keys  NOT IN THE FILE");
            (await _tool.RunInAsync("zh", "keys", "rotate", "--key", _tool[wrong])).Error.ShouldContain("中没有该主密钥");
            File.ReadAllText(_tool[wrong]).ShouldBe(content);
        }
        File.ReadAllText(_tool.KeyFile).ShouldBe(before);
        await _tool.DoAsync("verify");
    }

    [Fact]
    public async Task R39_a_wrapped_key_that_was_moved_to_another_tenants_row_is_named()
    {
        await _tool.AddKeysAsync(1);
        await _tool.DoAsync("init");
        await _tool.DoAsync("init", "--tenant", "north");
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "update subject_key set wrapped = (select wrapped from subject_key where tenant = 'default' "
                + "and subject = (select subject from subject_key where tenant = 'north')) where tenant = 'north'";
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var answer = await _tool.RunAsync("doctor", "--tenant", "north");
        answer.ExitCode.ShouldBe(ExitCode.StoreFailed);
        answer.Error.ShouldStartWith($"keys.wrapped_elsewhere: The wrapped key of north/{SubjectId.Tenant} ");
        await _tool.DoAsync("init");
        var rotated = await _tool.RunAsync("keys", "rotate");
        rotated.ExitCode.ShouldBe(ExitCode.Refused);
        rotated.Output.ShouldContain("2 keys were wrapped anew, 1 could not be opened");
        rotated.Error.ShouldStartWith("keys.wrapped_elsewhere: ");
    }
}
