using Complaints.Faults.Tests.Processes;
using Complaints.PostgreSql.Tests.Server;

namespace Complaints.Faults.Tests;

/// <summary>The database goes away for a while, as in a failover, an upgrade, a cut cable.</summary>
public sealed class VanishedServerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R03_a_database_that_vanishes_turns_health_red_and_everybody_goes_on_when_it_is_back()
    {
        await using var server = await PrivateServer.StartAsync();
        await using var ground = await Ground.OnPostgreSqlAsync(server);
        await using var sink = new Sink();
        await ground.FileOverdueAsync(50);
        await using var worker = Child.Start("worker", ground, "--Sink", sink.Port, "--Work:Lease", "00:00:04", "--Work:SendTimeout", "00:00:02");
        await using var client = Child.Start("client", ground, "--Lanes", "2");
        foreach (var seconds in Size.IsFull ? new[] { 10, 60, 600 } : [10])
        {
            await Until.HoldsAsync(() => Answer.All(client).Count() > 20, "the client is answered");
            await server.StopAsync("immediate");
            var red = await worker.AskAsync("health");
            // What was answered at the last moment may still be on its way through the client's output.
            await Task.Delay(TimeSpan.FromSeconds(1));
            var away = Answer.All(client).Count();
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            (worker.HasExited, client.HasExited).ShouldBe((false, false));
            red.ShouldStartWith("health Unhealthy");
            Answer.All(client).Count().ShouldBe(away, "nothing is promised meanwhile");

            await server.StartAgainAsync();
            await Until.HoldsAsync(() => Answer.All(client).Count() > away + 10, "the client is answered again");
            await Until.HoldsAsync(async () => !(await worker.AskAsync("health")).StartsWith("health Unhealthy", StringComparison.Ordinal), "health is no longer red");
            output.WriteLine($"R03: the database was away for {seconds} s; {away} commands answered before, {Answer.Failures(client).Count()} attempts told that it is away; health meanwhile: {red}");
        }
        await client.KillAsync();
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.outbox where delivered_at is null") == 0, "everything is sent");

        var answers = Answer.All(client).ToList();
        await ground.ReopenAsync();
        (await ground.LostAsync(answers)).ShouldBe(0);
        sink.Untold(answers).ShouldBe(0);
        Answer.Failures(client).ShouldAllBe(line => line.Contains("StoreUnavailableException"));
        (await ground.StepsAsync()).Values.ShouldAllBe(times => times == 1);
    }
}
