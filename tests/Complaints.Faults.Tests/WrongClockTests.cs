using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Faults.Tests.Processes;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Faults.Tests;

/// <summary>R07: nodes whose clock is wrong. Only the database's says what is due.</summary>
public sealed class WrongClockTests(ITestOutputHelper output)
{
    private const int Week = 7 * 24 * 3_600;
    private static readonly Duration Soon = Duration.FromSeconds(6);

    /// <summary>Off, but not by so much that its commands are refused.</summary>
    [Theory]
    [InlineData(45)]
    [InlineData(-45)]
    public async Task R07_a_node_that_is_a_little_off_fires_by_the_clock_of_the_database(int seconds)
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink();
        await using var node = Child.Start(new WrongClock(ground, seconds).Environment, "worker", ground, "--Sink", sink.Port);
        await node.Ready;
        var (complaints, due) = await PromiseAsync(ground, 20);
        var early = await FiredBeforeAsync(ground, due);
        await Until.HoldsAsync(async () => (await ground.StepsAsync()).Count >= complaints, "every promise is found broken", 15);

        var health = await node.AskAsync("health");
        output.WriteLine($"R07: a node {seconds:+0;-0} s off, {complaints} timers, {early} early, {(await ground.StepsAsync()).Values.Count(times => times > 1)} twice; {health}");
        early.ShouldBe(0);
        (await ground.StepsAsync()).Values.ShouldAllBe(times => times == 1);
        health.ShouldStartWith("health Degraded");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task R07_a_node_that_is_minutes_off_does_nothing_and_its_commands_fail_with_clock_skew(int seconds)
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink();
        var clock = new WrongClock(ground, seconds);
        await using var node = Child.Start(clock.Environment, "worker", ground, "--Sink", sink.Port);
        await using var client = Child.Start(clock.Environment, "client", ground);
        await node.Ready;
        var (complaints, due) = await PromiseAsync(ground, 20);
        var early = await FiredBeforeAsync(ground, due);
        await Until.HoldsAsync(() => client.Lines.Count(line => line.StartsWith("failed", StringComparison.Ordinal)) > 3, "the client's commands fail");
        var firedByIt = (await ground.StepsAsync()).Count;
        await using var sound = Child.Start("worker", ground, "--Sink", sink.Port);
        await Until.HoldsAsync(async () => (await ground.StepsAsync()).Count >= complaints, "a sound node fires them");

        var failed = client.Lines.Where(line => line.StartsWith("failed", StringComparison.Ordinal)).ToList();
        output.WriteLine($"R07: a node {seconds:+0;-0} s off, {complaints} timers, {early} early, {firedByIt} fired by it, {failed.Count} commands refused; {await node.AskAsync("health")}");
        (early, firedByIt).ShouldBe((0, 0));
        failed.ShouldAllBe(line => line.Contains(" clock.skew "));
        client.Lines.ShouldNotContain(line => line.StartsWith("answered", StringComparison.Ordinal));
        (await ground.StepsAsync()).Values.ShouldAllBe(times => times == 1);
        (await node.AskAsync("health")).ShouldStartWith("health Degraded");
    }

    [Fact]
    public async Task R07_a_clock_that_jumps_a_week_fires_nothing_early_and_dates_nothing_by_it()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        await using var sink = new Sink();
        var clock = new WrongClock(ground, 0);
        await using var node = Child.Start(clock.Environment, "worker", ground, "--Sink", sink.Port);
        await using var client = Child.Start(clock.Environment, "client", ground);
        await node.Ready;
        // Its other timers are due within the week.
        var (complaints, due) = await PromiseAsync(ground, 20);
        await Until.HoldsAsync(() => client.Lines.Count(line => line.StartsWith("answered", StringComparison.Ordinal)) > 20, "the client is answered");
        clock.Jump(Week);
        var early = await FiredBeforeAsync(ground, due);
        await Until.HoldsAsync(() => client.Lines.Count(line => line.StartsWith("failed", StringComparison.Ordinal)) > 3, "the client's commands fail");
        (await node.AskAsync("health")).ShouldStartWith("health Degraded");
        clock.Jump(0);
        await Until.HoldsAsync(async () => (await ground.StepsAsync()).Count >= complaints, "when the clock is right again, what is due is done");
        var answered = client.Lines.Count(line => line.StartsWith("answered", StringComparison.Ordinal));
        await Until.HoldsAsync(() => client.Lines.Count(line => line.StartsWith("answered", StringComparison.Ordinal)) > answered + 5, "and the client is answered again");

        var steps = await ground.StepsAsync();
        var dated = await ground.CountAsync("select count(*) from complaints.complaint where updated_at > (extract(epoch from clock_timestamp()) + 60) * 1000000");
        output.WriteLine($"R07: a jump of 7 days and back, {complaints} timers due, {early} early, {steps.Values.Count(times => times > 1)} twice, {steps.Count - complaints} steps that were due in days, {dated} complaints dated in the future");
        (early, dated, steps.Count).ShouldBe((0, 0, complaints));
        steps.Values.ShouldAllBe(times => times == 1);
    }

    /// <summary>Complaints with a promise that runs out soon, by the true clock.</summary>
    private static async Task<(int Count, Instant Due)> PromiseAsync(Ground ground, int count)
    {
        var desk = ground.Desk;
        var ids = new List<ComplaintId>();
        for (var i = 0; i < count; i++)
            ids.Add((await desk.RegisterAsync(Drafts.English(9_000_000 + i))).Value.Complaint);
        var due = SystemClock.Instance.GetCurrentInstant() + Soon;
        foreach (var id in ids)
            (await desk.ExecuteAsync(id, new AgreeDeadline(due))).IsSuccess.ShouldBeTrue();
        return (count, due);
    }

    /// <summary>Looks until the instant has come: how many complaints had been changed by a sweep before it.</summary>
    private static async Task<long> FiredBeforeAsync(Ground ground, Instant due)
    {
        var early = 0L;
        while (SystemClock.Instance.GetCurrentInstant() < due)
        {
            early = Math.Max(early, await ground.CountAsync(
                $"select count(*) from complaints.event where complaint in (select complaint from complaints.event where version = 2) and version > 2 and extract(epoch from clock_timestamp()) * 1000000 < {due.ToUnixTimeTicks() / 10}"));
            await Task.Delay(50);
        }
        return early;
    }
}
