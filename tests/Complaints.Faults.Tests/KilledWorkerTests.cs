using Complaints.Core;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R01: workers are killed at random moments while they sweep and dispatch.</summary>
public sealed class KilledWorkerTests(ITestOutputHelper output)
{
    private const int Kills = 200;
    private const int Concurrency = 2;
    private static readonly string[] ShortLease = ["--Work:Lease", "00:00:04", "--Work:SendTimeout", "00:00:02", "--Work:SweepBatch", "20", "--Concurrency", $"{Concurrency}"];

    [Fact]
    public async Task R01_200_kills_of_workers_lose_no_message_and_fire_no_step_twice()
    {
        var seed = Environment.TickCount;
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink();
        var filed = (await ground.FileOverdueAsync(600)).ToHashSet();
        await ground.AddMessagesAsync(2_000);
        await ground.AddMessagesAsync(10_000, "sink");

        var survived = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(lane => Task.Run(async () =>
        {
            var random = new Random(seed + lane);
            for (var kill = 0; kill < Kills / 2; kill++)
                survived += await KilledAsync(ground, sink, kill % 5 != 0, random.Next(0, 300)) ? 0 : 1;
        })));
        survived.ShouldBe(0, "every worker was alive when it was killed");
        var atKills = sink.Deliveries.Count;
        await DrainAsync(ground, sink);

        var (sent, lost, repeated) = await CountAsync(ground, sink, divided: 10_000);
        var steps = await ground.StepsAsync();
        var swept = steps.Keys.Select(step => step.Complaint).Intersect(filed).Count();
        var twice = steps.Count(step => step.Value > 1);
        output.WriteLine($"R01: seed {seed}, {Kills} kills, {sent:N0} messages ({atKills:N0} sends before the last kill), {lost} lost, {repeated} repeated ({100.0 * repeated / sent:F2} %), {steps.Count:N0} steps of {swept} complaints, {twice} twice");
        lost.ShouldBe(0);
        twice.ShouldBe(0);
        swept.ShouldBe(filed.Count);
        repeated.ShouldBeInRange(1, Math.Min(sent / 50, Kills * Concurrency), "kills met messages on their way, and few are repeated");
        sink.Deliveries.Where(delivery => !filed.Contains(new(delivery.Complaint))).GroupBy(delivery => delivery.Complaint).Count(same => same.Select(delivery => delivery.Id).Distinct().Count() > 1)
            .ShouldBe(0, "a repeated message has the same id");
        atKills.ShouldBeGreaterThan(Kills, "the killed workers did send");
    }

    [Fact]
    public async Task R01_control_a_worker_that_marks_before_it_sends_loses_messages()
    {
        var random = new Random(1);
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink();
        await ground.FileOverdueAsync(1);
        await ground.AddMessagesAsync(5_000);
        for (var kill = 0; kill < 4; kill++)
            await KilledAsync(ground, sink, true, random.Next(0, 300), "--MarksFirst", "true");
        await DrainAsync(ground, sink);

        var (sent, lost, _) = await CountAsync(ground, sink, divided: 0);
        output.WriteLine($"R01 control: 4 kills, {sent:N0} messages, {lost} lost");
        lost.ShouldBeGreaterThan(0);
    }

    /// <summary>Kills a worker so long after its first message, or after its start.</summary>
    /// <returns>False when the worker had ended by itself.</returns>
    private static async Task<bool> KilledAsync(Ground ground, Sink sink, bool whileSending, int afterMilliseconds, params string[] more)
    {
        await using var worker = Child.Start("worker", ground, ["--Sink", sink.Port, .. ShortLease, .. more]);
        await worker.Ready;
        if (whileSending)
            await Until.HoldsAsync(() => sink.HasMet(worker.Id) || worker.HasExited, "a first message");
        await Task.Delay(afterMilliseconds);
        if (worker.HasExited)
            return false;
        await worker.KillAsync();
        return true;
    }

    /// <summary>A worker that nobody kills does the rest.</summary>
    private static async Task DrainAsync(Ground ground, Sink sink)
    {
        await using var last = Child.Start("worker", ground, ["--Sink", sink.Port, .. ShortLease, "--Concurrency", "16"]);
        await Until.HoldsAsync(async () => await ground.CountAsync(
            "select (select count(*) from complaints.outbox where delivered_at is null) + (select count(*) from complaints.timer where due_at < extract(epoch from now()) * 1000000)") == 0, "everything is sent and swept", 120);
    }

    /// <summary>Held against the database: every message that it calls delivered must have arrived, and each that was to be divided must have become one.</summary>
    private static async Task<(int Sent, int Lost, int Repeated)> CountAsync(Ground ground, Sink sink, int divided)
    {
        var delivered = await ground.IdsAsync("select id from complaints.outbox where channel = 'sink' and delivered_at is not null");
        var whole = await ground.CountAsync("select count(*) from complaints.outbox where channel = ''");
        var arrived = sink.Deliveries.Select(delivery => delivery.Id).ToHashSet();
        return (delivered.Count, delivered.Count(id => !arrived.Contains(id)) + divided + (int)whole - delivered.Count, sink.Deliveries.Count - arrived.Count);
    }
}
