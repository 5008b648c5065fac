using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Hosting.Tests;

public sealed class DispatcherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-hosting-");

    private string File => Path.Combine(_folder.FullName, "complaints.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task DrainedAsync(Node node) => Until.HoldsAsync(async () => (await node.Get<Core.Storage.IComplaintReader>().CountAsync(TenantId.Default, default)).Outbox == 0, "the outbox is empty");

    [Fact]
    public async Task Every_message_reaches_every_channel_that_takes_it_once_with_an_id_of_its_own()
    {
        Sink all = new("all"), resolved = new("resolved", takes: topic => topic == "complaints.resolved.v1");
        await using var node = new Node(File, null, null, all, resolved);
        await node.StartAsync();
        var id = await node.FileAsync();
        (await node.Desk.ExecuteAsync(id, new Resolve("solved"))).IsSuccess.ShouldBeTrue();
        await Until.HoldsAsync(() => Task.FromResult(all.Attempts.Count >= 2 && resolved.Attempts.Count >= 1), "three deliveries");
        await DrainedAsync(node);
        await node.StopAsync();

        all.Attempts.Select(message => message.Topic).Order().ShouldBe(["complaints.registered.v1", "complaints.resolved.v1"]);
        resolved.Attempts.ShouldHaveSingleItem().Topic.ShouldBe("complaints.resolved.v1");
        all.Attempts.Concat(resolved.Attempts).Select(message => message.Id).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_message_leaves_at_once_though_the_next_round_is_an_hour_away()
    {
        Sink sink = new();
        await using var node = new Node(File, null, options => options.DispatchEvery = TimeSpan.FromHours(1), sink);
        await node.FileAsync();
        await node.StartAsync();
        await Until.HoldsAsync(() => Task.FromResult(sink.Attempts.Count == 1), "what waited at the start was sent");
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(sink.Attempts.Count == 2), "sent without waiting for the round");
        await node.StopAsync();
    }

    [Fact]
    public async Task R11_A_poison_message_is_given_up_with_its_reason_replayable_and_disturbs_no_other()
    {
        var heal = false;
        Sink sink = new(answer: (message, _) => message.Topic == "complaints.resolved.v1" && !heal ? throw new InvalidOperationException("poison") : new(DeliveryResult.Delivered));
        await using var node = new Node(File, null, options => options.MaxAttempts = 3, sink);
        await node.StartAsync();
        var id = await node.FileAsync();
        await node.Desk.ExecuteAsync(id, new Resolve("solved"));
        await node.FileAsync();
        await Until.HoldsAsync(async () => (await node.Outbox.DeadAsync(TenantId.Default, 10, default)).Length == 1, "a dead letter");
        await DrainedAsync(node);

        var dead = (await node.Outbox.DeadAsync(TenantId.Default, 10, default)).Single();
        (dead.Topic, dead.Channel, dead.Attempts).ShouldBe(("complaints.resolved.v1", "sink", 3));
        dead.Reason.ShouldBe("3 attempts: InvalidOperationException");
        sink.Attempts.Count(message => message.Topic == "complaints.registered.v1").ShouldBe(2);

        heal = true;
        (await node.Outbox.ReplayAsync(TenantId.Default, [dead.Id], null, default)).ShouldBe(1);
        await DrainedAsync(node);
        await node.StopAsync();
        sink.Attempts[^1].Id.ShouldBe(dead.Id, "the receiver knows it again");
    }

    [Fact]
    public async Task R11_control_a_poison_message_that_may_be_tried_for_ever_is_never_given_up()
    {
        Sink sink = new(answer: (_, _) => throw new InvalidOperationException("poison"));
        await using var node = new Node(File, null, options => options.MaxAttempts = 1_000, sink);
        await node.StartAsync();
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(sink.Attempts.Count > 5), "six attempts");
        await node.StopAsync();
        (await node.Outbox.DeadAsync(TenantId.Default, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_hangs_disturbs_no_other_and_is_tried_again()
    {
        var tries = 0;
        Sink slow = new("slow", async (_, token) =>
        {
            if (Interlocked.Increment(ref tries) == 1)
                await Task.Delay(Timeout.Infinite, token);
            return DeliveryResult.Delivered;
        });
        Sink quick = new("quick");
        await using var node = new Node(File, null, options => (options.SendTimeout, options.Lease) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)), slow, quick);
        await node.StartAsync();
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(quick.Attempts.Count == 1), "the quick channel has it");
        await DrainedAsync(node);
        await node.StopAsync();
        slow.Attempts.Select(message => message.Attempt).ShouldBe([1, 2]);
        slow.Attempts.Select(message => message.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_that_names_a_pause_gets_it()
    {
        var at = new List<long>();
        Sink busy = new(answer: (message, _) =>
        {
            lock (at)
                at.Add(System.Diagnostics.Stopwatch.GetTimestamp());
            return new(message.Attempt == 1 ? new DeliveryResult.Retry("busy", Duration.FromMilliseconds(700)) : DeliveryResult.Delivered);
        });
        await using var node = new Node(File, null, null, busy);
        await node.StartAsync();
        await node.FileAsync();
        await DrainedAsync(node);
        await node.StopAsync();
        busy.Attempts.Count.ShouldBe(2);
        System.Diagnostics.Stopwatch.GetElapsedTime(at[0], at[1]).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(690));
    }

    [Fact]
    public async Task R30_A_host_that_stops_releases_what_it_has_and_another_sends_it_at_once()
    {
        using var began = new SemaphoreSlim(0);
        Sink hanging = new(answer: async (_, token) =>
        {
            began.Release();
            await Task.Delay(Timeout.Infinite, token);
            return DeliveryResult.Delivered;
        });
        await using (var first = new Node(File, null, options => options.StopWithin = TimeSpan.FromMilliseconds(100), hanging))
        {
            await first.StartAsync();
            await first.FileAsync();
            (await began.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
            var stopping = System.Diagnostics.Stopwatch.StartNew();
            await first.StopAsync();
            stopping.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }
        Sink sink = new();
        await using var second = new Node(File, null, null, sink);
        await second.StartAsync();
        await Until.HoldsAsync(() => Task.FromResult(sink.Attempts.Count == 1), "the message, long before the lease of a minute is over");
        await second.StopAsync();
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_nothing_is_sent_twice()
    {
        Sink one = new(), two = new();
        await using (var writer = new Node(File, null))
        {
            for (var i = 0; i < 60; i++)
                await writer.FileAsync();
        }
        await using Node first = new(File, null, options => options.ClaimBatch = 5, one), second = new(File, null, options => options.ClaimBatch = 5, two);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await DrainedAsync(first);
        await Task.WhenAll(first.StopAsync(), second.StopAsync());
        var ids = one.Attempts.Concat(two.Attempts).Select(message => message.Id).ToList();
        ids.Count.ShouldBe(60);
        ids.Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task An_ordered_channel_gets_the_messages_of_a_complaint_one_after_the_other_even_when_one_fails()
    {
        Sink ordered = new(isOrdered: true, answer: (message, _) => new(message.Attempt < 3 && message.Topic == "complaints.registered.v1" ? new DeliveryResult.Retry("not now") : DeliveryResult.Delivered));
        await using var node = new Node(File, null, null, ordered);
        var id = await node.FileAsync();
        await node.Desk.ExecuteAsync(id, new Acknowledge());
        await node.Desk.ExecuteAsync(id, new Resolve("solved"));
        await node.StartAsync();
        await DrainedAsync(node);
        await node.StopAsync();
        ordered.Attempts.Select(message => message.Topic).ShouldBe(["complaints.registered.v1", "complaints.registered.v1", "complaints.registered.v1", "complaints.acknowledged.v1", "complaints.resolved.v1"]);
    }

    [Fact]
    public async Task Without_a_channel_messages_wait()
    {
        await using var node = new Node(File, null);
        await node.StartAsync();
        await node.FileAsync();
        await Task.Delay(200);
        (await node.Get<Core.Storage.IComplaintReader>().CountAsync(TenantId.Default, default)).Outbox.ShouldBe(1);
        await node.StopAsync();
    }

    [Fact]
    public async Task Two_channels_of_one_name_and_options_that_contradict_each_other_are_refused()
    {
        await using var twice = new Node(File, null, null, new Sink("mail"), new Sink("mail"));
        await Should.ThrowAsync<InvalidOperationException>(twice.StartAsync);
        new BackgroundWorkOptions { Lease = TimeSpan.FromSeconds(1) }.Problem().ShouldNotBeNull();
        new BackgroundWorkOptions().Problem().ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(40, 3_600)]
    [InlineData(1_000, 3_600)]
    public void Pauses_double_up_to_the_longest_and_are_spread_by_chance(int attempt, double longest)
    {
        Backoff.After(attempt, new BackgroundWorkOptions(), 1).TotalSeconds.ShouldBe(longest, 0.001);
        Backoff.After(attempt, new BackgroundWorkOptions(), 0).TotalSeconds.ShouldBe(longest / 2, 0.001);
    }
}
