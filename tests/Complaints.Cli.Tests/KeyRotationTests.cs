using System.Diagnostics;
using System.Text.Json;
using Complaints.Cli;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Cli.Tests;

/// <summary><c>complaints keys</c>, as a person runs it, and as somebody kills it.</summary>
public sealed class KeyRotationTests(ITestOutputHelper output) : IDisposable
{
    private readonly Tool _tool = new();

    private string KeyFile => _tool.Db + ".key";

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_master_key_is_added_and_the_older_one_taken_out_with_figures_and_codes_in_both_languages()
    {
        await AddKeysAsync(600);
        var first = (await MastersAsync()).ShouldHaveSingleItem();
        (first.Wraps, first.Keys).ShouldBe((true, 600));

        var rotated = (await _tool.DoAsync("keys", "rotate")).Output;
        rotated.ShouldContain($"to {KeyFile}: back it up now");
        rotated.ShouldContain("600 keys were wrapped anew, 0 could not be opened");
        var listed = (await _tool.DoAsync("keys", "list")).Output;
        listed.ShouldContain(KeyFile);
        listed.ShouldContain($"{first.Id}          0 keys  unwraps");

        var refused = await _tool.RunAsync("keys", "retire");
        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldStartWith("keys.retire_too_soon: ");
        (await _tool.RunInAsync("zh", "keys", "retire")).Error.ShouldContain("最新的主密钥于");
        (await _tool.DoAsync("keys", "retire", "--at-once")).Output.ShouldContain(
            $": {first.Id}. Backups of the database from before need the file from before.");
        (await _tool.DoAsync("keys", "retire")).Output.ShouldContain("no older master key");
        (await MastersAsync()).ShouldHaveSingleItem().Keys.ShouldBe(600);
        await _tool.DoAsync("verify");
    }

    [Fact]
    public async Task What_is_still_wrapped_under_an_older_key_keeps_it_in_the_file_until_the_rotation_is_completed()
    {
        await AddKeysAsync(3);
        var old = File.ReadAllText(KeyFile);
        var added = (await _tool.DoAsync("keys", "rotate", "--json")).Json;
        (added.GetProperty("added").GetBoolean(), added.GetProperty("rewrapped").GetInt32()).ShouldBe((true, 3));
        // Somebody who had not noticed yet: the file from before wraps under the older key.
        File.WriteAllText(_tool["old.key"], old);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_tool["old.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await AddKeysAsync(2, _tool["old.key"]);

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
        await AddKeysAsync(3);
        await _tool.DoAsync("init");
        File.Copy(KeyFile, _tool["older.key"]);
        await _tool.DoAsync("keys", "rotate");
        await _tool.DoAsync("keys", "retire", "--at-once");
        await _tool.DoAsync("init", "--db", _tool["other.db"]);
        var before = File.ReadAllText(KeyFile);

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
        File.ReadAllText(KeyFile).ShouldBe(before);
        await _tool.DoAsync("verify");
    }

    [Fact]
    public async Task R39_a_wrapped_key_that_was_moved_to_another_tenants_row_is_named()
    {
        await AddKeysAsync(1);
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

    [Fact]
    public async Task R38_a_rotation_that_is_killed_at_any_moment_loses_nothing_and_the_next_run_completes_it()
    {
        var keys = await AddKeysAsync(4_000);
        var random = new Random(20_260_902);
        var (killed, unfinished) = (0, 0);
        for (var round = 0; round < 12; round++)
        {
            using var rotation = Start("keys", "rotate", "--json");
            // Most of the time is the start of the process: killed around the moment when the file and then the keys are written.
            var started = Stopwatch.StartNew();
            var before = File.ReadAllText(KeyFile);
            while (round % 3 > 0 && !rotation.HasExited && File.ReadAllText(KeyFile) == before
                && started.Elapsed < TimeSpan.FromSeconds(30))
                await Task.Delay(1);
            await Task.Delay(random.Next(0, round % 3 > 0 ? 60 : 400));
            killed += rotation.HasExited ? 0 : 1;
            rotation.Kill();
            await rotation.WaitForExitAsync();

            var masters = await MastersAsync();
            masters.Sum(master => master.Keys).ShouldBe(4_000);
            unfinished += masters.Count(master => !master.Wraps && master.Keys > 0) > 0 ? 1 : 0;
            await OpensAllAsync(keys);
        }
        output.WriteLine($"{killed} of 12 rotations were killed, {unfinished} left keys under an older master key");
        killed.ShouldBeGreaterThan(0);
        var last = (await _tool.DoAsync("keys", "rotate", "--json")).Json;
        last.GetProperty("failed").GetInt32().ShouldBe(0);
        (await MastersAsync()).Where(master => !master.Wraps).ShouldAllBe(master => master.Keys == 0);
        await _tool.DoAsync("keys", "retire", "--at-once");
        await OpensAllAsync(keys);
        Directory.EnumerateFiles(Path.GetDirectoryName(KeyFile)!, "*.new").ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_processes_that_rotate_at_once_leave_everything_under_one_key()
    {
        var keys = await AddKeysAsync(4_000);
        var runs = await Task.WhenAll(_tool.RunAsync("keys", "rotate", "--json"), _tool.RunAsync("keys", "rotate", "--json"));
        runs.ShouldAllBe(run => run.ExitCode == ExitCode.Done);
        var added = runs.Count(run => run.Json.GetProperty("added").GetBoolean());
        var rewrapped = runs.Select(run => run.Json.GetProperty("rewrapped").GetInt32());
        output.WriteLine($"{added} master keys were added, {string.Join(" and ", rewrapped)} keys wrapped anew");
        added.ShouldBeGreaterThan(0);
        (await MastersAsync()).Select(master => master.Keys).ShouldBe([.. Enumerable.Repeat(0, added), 4_000]);
        await OpensAllAsync(keys);
    }

    /// <summary>Keys of persons, wrapped as a host wraps them.</summary>
    private async Task<Dictionary<KeyOwner, byte[]>> AddKeysAsync(int count, string? keyFile = null)
    {
        await using var store = new SqliteStore(_tool.Db);
        var (protector, ids) = (new FileKeyProtector(keyFile ?? KeyFile), new UuidV7Generator());
        var keys = new Dictionary<KeyOwner, byte[]>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(200))
        {
            await Task.WhenAll(batch.Select(async _ =>
            {
                var owner = new KeyOwner(TenantId.Default, new SubjectId(ids.NewId(SystemClock.Instance.GetCurrentInstant())));
                var key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
                await store.AddAsync(owner.Tenant, new WrappedKey(owner.Subject, await protector.WrapAsync(owner, key, default)), default);
                lock (keys)
                    keys[owner] = key;
            }));
        }
        return keys;
    }

    private async Task OpensAllAsync(Dictionary<KeyOwner, byte[]> keys)
    {
        await using var store = new SqliteStore(_tool.Db);
        var protector = new FileKeyProtector(KeyFile);
        var stored = await store.ListKeysAsync(null, 10_000, default);
        stored.Length.ShouldBe(keys.Count);
        foreach (var key in stored)
            (await protector.UnwrapAsync(key.Owner, key.Wrapped, default)).ShouldBe(keys[key.Owner]);
    }

    private async Task<List<(string Id, bool Wraps, long Keys)>> MastersAsync() =>
        [.. (await _tool.DoAsync("keys", "list", "--json")).Json.GetProperty("masters").EnumerateArray().Select(Of)];

    private static (string Id, bool Wraps, long Keys) Of(JsonElement master) =>
        (master.GetProperty("id").GetString()!, master.GetProperty("wraps").GetBoolean(), master.GetProperty("keys").GetInt64());

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["COMPLAINTS_DB"] = _tool.Db;
        return Process.Start(start)!;
    }
}
