using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Complaints.Hosting.Tests;

public sealed class SweeperTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-hosting-");
    private readonly FakeClock _clock = new();

    private string File => Path.Combine(_folder.FullName, "complaints.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R06_Three_nodes_sweep_and_each_step_takes_effect_once()
    {
        await using var first = new Node(File, _clock);
        await using var second = new Node(File, _clock);
        await using var third = new Node(File, _clock);
        var ids = new List<ComplaintId>();
        for (var i = 0; i < 30; i++)
            ids.Add(await first.FileAsync());
        _clock.Advance(Duration.FromDays(30));
        await Task.WhenAll(new[] { first, second, third }.Select(node => Task.Run(() => node.Sweeper.SweepAllAsync(default))));

        foreach (var id in ids)
        {
            var history = (await first.Desk.ViewAsync(id))!.History;
            history.Select(entry => entry.Event).OfType<ClockBreached>().GroupBy(breached => breached.Clock).ShouldAllBe(same => same.Count() == 1);
            history.Select(entry => entry.Event).OfType<ClockBreached>().Select(breached => breached.Clock).ShouldContain("resolution/1");
        }
        (await first.Outbox.AgesAsync(TenantId.Default, _clock.GetCurrentInstant(), default)).OldestDueTimer.ShouldBe(Duration.Zero);
    }

    [Fact]
    public async Task Health_goes_by_age_and_recovers_when_the_work_is_done()
    {
        await using var node = new Node(File, null, null, new Sink());
        (await node.HealthAsync()).Status.ShouldBe(HealthStatus.Healthy, "an empty database is healthy");
        var id = await node.FileAsync();
        (await node.Desk.ExecuteAsync(id, new AgreeDeadline(SystemClock.Instance.GetCurrentInstant() + Duration.FromMilliseconds(300)))).IsSuccess.ShouldBeTrue();
        await Task.Delay(1_500);
        await using var strict = new Node(File, null, options => options.LateAfter = TimeSpan.FromMilliseconds(100), new Sink());
        var report = await strict.HealthAsync();
        report.Status.ShouldBe(HealthStatus.Unhealthy);
        report.Entries["complaints"].Description!.ShouldContain("late");

        await strict.StartAsync();
        await Until.HoldsAsync(async () => (await strict.HealthAsync()).Status == HealthStatus.Healthy, "healthy again");
        await strict.StopAsync();
        (await node.Desk.ViewAsync(id))!.Complaint.Clocks.Results.ShouldContain(result => result.Verdict == ClockVerdict.Breached);
    }
}
