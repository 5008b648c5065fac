using System.Diagnostics;
using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary><c>complaints keys rotate</c>, as somebody kills it, and twice at once. By itself, because it takes as long as many others
/// together.</summary>
public sealed class KilledRotationTests(ITestOutputHelper output) : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task R38_a_rotation_that_is_killed_at_any_moment_loses_nothing_and_the_next_run_completes_it()
    {
        var keys = await _tool.AddKeysAsync(4_000);
        var random = new Random(20_260_902);
        var (killed, unfinished) = (0, 0);
        for (var round = 0; round < 12; round++)
        {
            using var rotation = _tool.Start("keys", "rotate", "--json");
            // Most of the time is the start of the process: killed around the moment when the file and then the keys are written.
            var started = Stopwatch.StartNew();
            var before = File.ReadAllText(_tool.KeyFile);
            while (round % 3 > 0 && !rotation.HasExited && File.ReadAllText(_tool.KeyFile) == before
                && started.Elapsed < TimeSpan.FromSeconds(30))
                await Task.Delay(1);
            await Task.Delay(random.Next(0, round % 3 > 0 ? 60 : 400));
            killed += rotation.HasExited ? 0 : 1;
            rotation.Kill();
            await rotation.WaitForExitAsync();

            var masters = await _tool.MastersAsync();
            masters.Sum(master => master.Keys).ShouldBe(4_000);
            unfinished += masters.Count(master => !master.Wraps && master.Keys > 0) > 0 ? 1 : 0;
            await _tool.OpensAllAsync(keys);
        }
        output.WriteLine($"{killed} of 12 rotations were killed, {unfinished} left keys under an older master key");
        killed.ShouldBeGreaterThan(0);
        var last = (await _tool.DoAsync("keys", "rotate", "--json")).Json;
        last.GetProperty("failed").GetInt32().ShouldBe(0);
        (await _tool.MastersAsync()).Where(master => !master.Wraps).ShouldAllBe(master => master.Keys == 0);
        await _tool.DoAsync("keys", "retire", "--at-once");
        await _tool.OpensAllAsync(keys);
        Directory.EnumerateFiles(Path.GetDirectoryName(_tool.KeyFile)!, "*.new").ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_processes_that_rotate_at_once_leave_everything_under_one_key()
    {
        var keys = await _tool.AddKeysAsync(4_000);
        var runs = await Task.WhenAll(
            _tool.RunAsProcessAsync("en", "keys", "rotate", "--json"), _tool.RunAsProcessAsync("en", "keys", "rotate", "--json"));
        runs.ShouldAllBe(run => run.ExitCode == ExitCode.Done);
        var added = runs.Count(run => run.Json.GetProperty("added").GetBoolean());
        var rewrapped = runs.Select(run => run.Json.GetProperty("rewrapped").GetInt32());
        output.WriteLine($"{added} master keys were added, {string.Join(" and ", rewrapped)} keys wrapped anew");
        added.ShouldBeGreaterThan(0);
        (await _tool.MastersAsync()).Select(master => master.Keys).ShouldBe([.. Enumerable.Repeat(0, added), 4_000]);
        await _tool.OpensAllAsync(keys);
    }
}
