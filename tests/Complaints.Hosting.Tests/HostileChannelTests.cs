using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Complaints.Hosting.Tests;

/// <summary>Channels of hosts that do what a channel must not: the others go on, nothing is lost, and it is told.</summary>
public sealed class HostileChannelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-hostile-");

    private string File => Path.Combine(_folder.FullName, "complaints.db");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> Answers =>
        ["null", "zero", "ages", "maximum", "minimum", "null reason", "half", "nul", "dead half", "dead null", "throws null", "cancelled"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task R36_Whatever_a_channel_answers_is_counted_given_up_and_told_and_the_other_gets_its_messages(string how)
    {
        Sink hostile = new("hostile", (_, _) => AnswerOf(how)), good = new("good");
        await using var node = new Node(File, null, options => options.MaxAttempts = 3, hostile, good);
        await node.StartAsync();
        for (var i = 0; i < 3; i++)
            await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 3), "the good channel has all");
        if (how is not ("ages" or "maximum"))
            await Until.HoldsAsync(async () => (await DeadAsync(node)).Length == 3, "all are given up");
        else
            await Until.HoldsAsync(() => Task.FromResult(hostile.Attempts.Count >= 3), "all are tried");
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(hostile.Attempts.Count > 3), "it goes on");
        await node.StopAsync();

        foreach (var dead in await DeadAsync(node))
        {
            dead.Reason!.Length.ShouldBeInRange(1, 520);
            dead.Reason.ShouldNotContain('\0');
            dead.Reason.EnumerateRunes().Any(rune => rune.Value == 0xFFFD && how is "half" or "dead half").ShouldBe(
                how is "half" or "dead half");
            dead.Attempts.ShouldBe(how.StartsWith("dead", StringComparison.Ordinal) ? 1 : 3);
        }
    }

    [Fact]
    public async Task R36_A_pause_of_ages_is_a_day_at_most()
    {
        Sink hostile = new("hostile", (_, _) => new(new DeliveryResult.Retry("later", Duration.FromDays(365_000))));
        await using var node = new Node(File, null, null, hostile);
        await node.StartAsync();
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(hostile.Attempts.Count == 1), "tried");
        await node.StopAsync();
        var day = SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(25);
        var due = await node.Outbox.ClaimAsync(TenantId.Default,
            new OutboxQuery("test", 10, Duration.FromMinutes(1), "hostile") { Now = day }, default);
        due.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task R36_A_channel_that_throws_at_a_topic_keeps_nothing_from_the_others()
    {
        Sink hostile = new("hostile", takes: _ => throw new InvalidOperationException("no")), good = new("good");
        await using var node = new Node(File, null, null, hostile, good);
        await node.StartAsync();
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 1 && hostile.Attempts.Count == 1), "both have it");
        await node.StopAsync();
    }

    [Fact]
    public async Task R36_A_channel_that_never_ends_is_left_behind_counted_and_given_up()
    {
        var never = new TaskCompletionSource<DeliveryResult>();
        Sink hostile = new("hostile", (_, _) => new(never.Task)), good = new("good");
        await using var node = new Node(File, null, Quick, hostile, good);
        await node.StartAsync();
        await node.FileAsync();
        await Until.HoldsAsync(async () => (await DeadAsync(node)).Length == 1, "given up");
        (await DeadAsync(node))[0].Reason!.ShouldStartWith("2 attempts: no answer within");
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 1), "the good channel has it");
        await node.StopAsync();
        never.SetResult(DeliveryResult.Delivered);
    }

    [Fact]
    public async Task R36_A_channel_that_thinks_about_a_topic_for_ever_keeps_nothing_from_the_others()
    {
        using var end = new ManualResetEventSlim();
        var thoughts = 0;
        Sink hostile = new("hostile", takes: _ =>
        {
            Interlocked.Increment(ref thoughts);
            end.Wait();
            return true;
        });
        Sink good = new("good");
        await using var node = new Node(File, null, null, hostile, good);
        await node.StartAsync();
        for (var i = 0; i < 30; i++)
            await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 30),
            "the good channel has all after one wait, not after thirty");
        thoughts.ShouldBe(1);
        end.Set();
        await node.StopAsync();
    }

    [Fact]
    public async Task R36_What_waits_behind_others_and_is_released_is_not_given_up_for_it()
    {
        Sink slow = new("slow", async (message, token) =>
        {
            await Task.Delay(30, token);
            return DeliveryResult.Delivered;
        });
        // Claims of which most is released again, because their lease is nearly over.
        await using var node = new Node(File, null, options =>
            (options.SendTimeout, options.Lease, options.MaxAttempts) = (
                TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(560), 2), slow);
        for (var i = 0; i < 60; i++)
            await node.FileAsync();
        await node.StartAsync();
        await Until.HoldsAsync(() => Task.FromResult(slow.Attempts.Select(message => message.Id).Distinct().Count() == 60),
            "all are delivered");
        await node.StopAsync();
        (await DeadAsync(node)).ShouldBeEmpty();
        slow.Attempts.ShouldAllBe(message => message.Attempt <= 2);
    }

    [Fact]
    public async Task R36_A_channel_that_keeps_its_thread_takes_no_other_with_it()
    {
        using var end = new ManualResetEventSlim();
        Sink hostile = new("hostile", (_, _) =>
        {
            end.Wait();
            return new(DeliveryResult.Delivered);
        });
        Sink good = new("good");
        await using var node = new Node(File, null, Quick, hostile, good);
        await node.FileAsync();
        await node.StartAsync();
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 1), "the good channel has it");
        await node.FileAsync();
        await Until.HoldsAsync(() => Task.FromResult(good.Attempts.Count == 2), "and the next");
        await Until.HoldsAsync(async () => (await DeadAsync(node)).Length == 2, "it is given up though it never yields");
        (await node.HealthAsync()).Entries["complaints"].Status.ShouldBe(HealthStatus.Degraded);
        await node.StopAsync();
        end.Set();
    }

    [Theory]
    [InlineData("", 8, "name")]
    [InlineData(null, 8, "name")]
    [InlineData("a\0b", 8, "name")]
    [InlineData("sink", 0, "takes 0")]
    [InlineData("sink", 1_001, "takes 1001")]
    public async Task R36_A_channel_that_says_of_itself_what_cannot_be_is_named_at_the_start(string? name, int concurrency, string said)
    {
        await using var node = new Node(File, null, null, new Odd(name!, concurrency), new Sink("good"));
        var wrong = await Should.ThrowAsync<InvalidOperationException>(node.StartAsync);
        (wrong.Message.Contains("Odd", StringComparison.Ordinal), wrong.Message.Contains(said, StringComparison.Ordinal))
            .ShouldBe((true, true), wrong.Message);
    }

    [Fact]
    public async Task R36_Work_that_fails_is_tried_again_told_by_health_and_keeps_no_other_from_its_turn()
    {
        var supervisor = new Supervisor(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Supervisor>.Instance);
        using var stop = new CancellationTokenSource();
        var rounds = new List<int>();
        var fails = true;
        var running = supervisor.RunAsync(
            "test",
            async _ => await Supervisor.EachAsync([1, 2, 3], number =>
            {
                rounds.Add(number);
                return number == 2 && fails ? throw new InvalidCastException("a damaged row") : Task.CompletedTask;
            }, stop.Token),
            async stopping =>
            {
                if (rounds.Count == 6)
                    (fails, _) = (false, supervisor.Failing.ShouldHaveSingleItem().Why.ShouldBeOfType<InvalidCastException>());
                if (rounds.Count == 9)
                    await stop.CancelAsync();
                stopping.ThrowIfCancellationRequested();
            },
            stop.Token);
        await Should.ThrowAsync<OperationCanceledException>(running);
        rounds.ShouldBe([1, 2, 3, 1, 2, 3, 1, 2, 3]);
        supervisor.Failing.ShouldBeEmpty();
    }

    private static ValueTask<DeliveryResult> AnswerOf(string how) => how switch
    {
        "null" => new((DeliveryResult)null!),
        "zero" => new(new DeliveryResult.Retry("again", Duration.Zero)),
        "ages" => new(new DeliveryResult.Retry("later", Duration.FromDays(365_000))),
        "maximum" => new(new DeliveryResult.Retry("later", Duration.MaxValue)),
        "minimum" => new(new DeliveryResult.Retry("before", Duration.MinValue)),
        "null reason" => new(new DeliveryResult.Retry(null!)),
        "half" => new(new DeliveryResult.Retry(new string('x', 480) + "\ud83d")),
        "nul" => new(new DeliveryResult.Retry("a\0b\u202e")),
        "dead half" => new(new DeliveryResult.DeadLetter("\udc00" + new string('x', 600))),
        "dead null" => new(new DeliveryResult.DeadLetter(null!)),
        "throws null" => throw new InvalidOperationException(null),
        "cancelled" => throw new OperationCanceledException(),
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    private static void Quick(BackgroundWorkOptions options) =>
        (options.SendTimeout, options.StopWithin, options.MaxAttempts) = (
            TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200), 2);

    private static async Task<ImmutableArray<DeadMessage>> DeadAsync(Node node) => await node.Outbox.DeadAsync(
        TenantId.Default, 10, default);

    private sealed class Odd(string name, int concurrency) : IMessageChannel
    {
        public string Name => name;

        public bool IsOrdered => false;

        public int Concurrency => concurrency;

        public bool Takes(string topic) => true;

        public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) => new(
            DeliveryResult.Delivered);
    }
}
