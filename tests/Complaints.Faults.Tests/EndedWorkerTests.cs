using System.Diagnostics;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R30: workers are told to end at random moments.</summary>
public sealed class EndedWorkerTests(ITestOutputHelper output)
{
    private const string Leased = "select count(*) from complaints.outbox where owner is not null and delivered_at is null and due_at > extract(epoch from clock_timestamp()) * 1000000";

    [Fact]
    public async Task R30_a_worker_that_is_told_to_end_is_out_at_once_leaves_no_lease_and_repeats_nothing()
    {
        var (seed, rounds) = (Environment.TickCount, Size.Of(20, 100));
        var random = new Random(seed);
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink(async _ =>
        {
            await Task.Delay(10);
            return "ok";
        });
        await ground.FileOverdueAsync(20);
        await ground.AddMessagesAsync(rounds * 150);
        var (longest, leased) = (TimeSpan.Zero, 0L);
        for (var round = 0; round < rounds; round++)
        {
            await using var worker = Child.Start("worker", ground, "--Sink", sink.Port);
            await worker.Ready;
            if (round % 5 > 0)
                await Until.HoldsAsync(() => sink.HasMet(worker.Id), "a first message");
            await Task.Delay(random.Next(0, 300));
            var told = Stopwatch.StartNew();
            worker.Signal(Signal.Term);
            await worker.EndedAsync();
            longest = told.Elapsed > longest ? told.Elapsed : longest;
            worker.ExitCode.ShouldBe(0);
            leased += await ground.CountAsync(Leased);
        }
        var before = sink.Deliveries.Count;
        await using (Child.Start("worker", ground, "--Sink", sink.Port, "--Concurrency", "16"))
            await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null") == 0, "everything is sent, long before a lease of a minute is over", 45);

        var repeated = sink.Deliveries.Count - sink.Deliveries.Select(delivery => delivery.Id).Distinct().Count();
        output.WriteLine($"R30: seed {seed}, {rounds} times told to end, out within {longest.TotalSeconds:F1} s, {leased} leases left, {before:N0} of {sink.Deliveries.Count:N0} messages sent by workers that were told to end, {repeated} repeated");
        (leased, repeated).ShouldBe((0, 0));
    }

    [Fact]
    public async Task R30_control_a_worker_that_is_killed_leaves_leases()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink(_ => new TaskCompletionSource<string>().Task);
        await ground.FileOverdueAsync(1);
        await ground.AddMessagesAsync(100, "sink");
        await using var worker = Child.Start("worker", ground, "--Sink", sink.Port);
        await Until.HoldsAsync(() => sink.HasMet(worker.Id), "a first message");
        await worker.KillAsync();
        var leased = await ground.CountAsync(Leased);
        output.WriteLine($"R30 control: {leased} leases left by a kill");
        leased.ShouldBeGreaterThan(0);
    }
}
