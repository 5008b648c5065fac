using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R08: a node stands still for longer than its lease, and goes on when another has its work.</summary>
public sealed partial class StoppedWorkerTests(ITestOutputHelper output)
{
    private const int Messages = 40;

    [Fact]
    public async Task R08_what_a_node_says_after_its_lease_is_refused_every_time()
    {
        var rounds = Size.Of(3, 20);
        var (refused, repeated) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var seen = await StandStillAsync();
            seen.TakenAway.ShouldBe(0);
            seen.Refused.ShouldBe(Messages, "all that it held");
            seen.Lost.ShouldBe(0);
            (refused, repeated) = (refused + seen.Refused, repeated + seen.Repeated);
        }
        output.WriteLine($"R08: {rounds} nodes stood still beyond their lease, {rounds * Messages} messages, {refused} late words refused, 0 lost, {repeated} repeated with the same id");
    }

    [Fact]
    public async Task R08_control_without_fencing_a_late_node_takes_messages_from_the_one_that_has_them()
    {
        var seen = await StandStillAsync("--Unfenced", "true");
        output.WriteLine($"R08 control: {seen.TakenAway} of {Messages} messages taken away");
        seen.TakenAway.ShouldBeGreaterThan(0);
    }

    /// <summary>The first node is stopped with messages on their way, the second takes them over and has not finished when the first goes on.</summary>
    private static async Task<(int Refused, int TakenAway, int Lost, int Repeated)> StandStillAsync(params string[] more)
    {
        var hold = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink(_ => hold.Task);
        await ground.FileOverdueAsync(1);
        await ground.ExecuteAsync("delete from complaints.outbox; delete from complaints.timer");
        await ground.AddMessagesAsync(Messages, "sink");

        await using var first = Child.Start("worker", ground, ["--Sink", sink.Port, "--Concurrency", "8", "--Work:Lease", "00:00:03", "--Work:SendTimeout", "00:00:02", .. more]);
        await Until.HoldsAsync(() => sink.Deliveries.Count == 8, "the first node sends");
        first.Signal(Signal.Stop);
        await using var second = Child.Start("worker", ground, "--Sink", sink.Port, "--Concurrency", "8");
        await Until.HoldsAsync(() => sink.Deliveries.Count == 16, "the second node has taken over");
        (await second.AskAsync("health")).ShouldStartWith("health Healthy");
        var owned = await OwnedAsync(ground);
        owned.Count.ShouldBe(Messages);

        first.Signal(Signal.Continue);
        await Until.HoldsAsync(async () => RefusedBy(first) == Messages || (await OwnedAsync(ground)).Count < Messages, "the first node has said what it wants");
        var takenAway = Messages - (await OwnedAsync(ground)).Count;
        hold.SetResult("ok");
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null") == 0, "everything is sent");
        var arrived = sink.Deliveries.Select(delivery => delivery.Id).ToHashSet();
        return (RefusedBy(first), takenAway, owned.Count(id => !arrived.Contains(id)), sink.Deliveries.Count - arrived.Count);
    }

    /// <summary>What is claimed and whose lease runs.</summary>
    private static Task<IReadOnlyList<Guid>> OwnedAsync(Ground ground) =>
        ground.IdsAsync("select id from complaints.outbox where owner is not null and delivered_at is null and due_at > extract(epoch from clock_timestamp()) * 1000000");

    private static int RefusedBy(Child node) => node.Lines.Select(line => LeaseLost().Match(line)).Where(match => match.Success).Sum(match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[3005\] (?<count>\d+) messages")]
    private static partial Regex LeaseLost();
}
