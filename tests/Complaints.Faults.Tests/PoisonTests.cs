using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R11: messages that their receiver never takes.</summary>
public sealed class PoisonTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R11_poison_is_given_up_disturbs_no_other_and_is_sent_after_the_repair()
    {
        const int Poisoned = 20;
        const int Sound = 500;
        var poison = new ConcurrentDictionary<Guid, bool>();
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink(delivery => Task.FromResult(poison.ContainsKey(delivery.Id) ? "no" : "ok"));
        await ground.FileOverdueAsync(1);
        await ground.ExecuteAsync("delete from complaints.outbox; delete from complaints.timer");
        await ground.AddMessagesAsync(Poisoned, "sink");
        foreach (var id in await ground.IdsAsync("select id from complaints.outbox"))
            poison[id] = true;
        // Behind the poison in the queue.
        await ground.AddMessagesAsync(Sound, "sink");

        await using var worker = Child.Start("worker", ground, "--Sink", sink.Port, "--Work:MaxAttempts", "4", "--Work:ClaimBatch", "10");
        await Until.HoldsAsync(async () => (await ground.Store.DeadAsync(TenantId.Default, 100, default)).Length == Poisoned, "all poison is given up");
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null and dead_at is null") == 0, "all others are sent");
        var dead = await ground.Store.DeadAsync(TenantId.Default, 100, default);
        var sound = sink.Deliveries.Where(delivery => !poison.ContainsKey(delivery.Id)).ToList();
        (sound.Count, sound.Max(delivery => delivery.Attempt)).ShouldBe((Sound, 1), "each of the others once, at its first attempt");
        dead.ShouldAllBe(message => poison.ContainsKey(message.Id) && message.Attempts == 4 && message.Reason == "4 attempts: the sink said 'no'");
        sink.Deliveries.Count.ShouldBe(Sound + 4 * Poisoned);

        poison.Clear();
        (await ground.Store.ReplayAsync(TenantId.Default, [.. dead.Select(message => message.Id)], null, default)).ShouldBe(Poisoned);
        await Until.HoldsAsync(() => sink.Deliveries.Count == Sound + 5 * Poisoned, "the repaired receiver gets them");
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null") == 0, "and they are delivered");
        output.WriteLine($"R11: {Poisoned} poisoned of {Poisoned + Sound} messages, each given up after 4 attempts, {sound.Count} others once, {Poisoned} replayed after the repair");
    }
}
