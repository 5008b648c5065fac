using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
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

    [Fact]
    public async Task Rule7_Timers_that_nothing_can_be_done_about_or_that_drifted_are_told_by_health()
    {
        await using var node = new Node(File, _clock, options => options.LateAfter = TimeSpan.FromDays(10_000));
        var id = await node.FileAsync();
        var timers = node.Get<ITimerStore>();
        await node.Get<TimerWatch>().LookNowAsync(node.Desk, default);
        (await node.HealthAsync()).Status.ShouldBe(HealthStatus.Healthy, "control: nothing has drifted");

        await timers.RepairAsync(TenantId.Default, new(id, 1, new TimerRow("nobody/1", "breach", _clock.GetCurrentInstant()), Remove: false), default);
        await node.Get<TimerWatch>().LookNowAsync(node.Desk, default);
        (await node.HealthAsync()).Entries["complaints"].Description!.ShouldContain("1 timers are not what their complaints ask for");
        await node.Sweeper.SweepAllAsync(default);
        (await node.HealthAsync()).Entries["complaints"].Description!.ShouldContain("due timers of 1 complaints");

        (await new TimerReconciliation(node.Desk, timers, node.Get<IChainStore>()).RepairAsync()).Length.ShouldBe(1);
        await node.Get<TimerWatch>().LookNowAsync(node.Desk, default);
        await node.Sweeper.SweepAllAsync(default);
        (await node.HealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task T5_When_years_of_holidays_are_published_the_clocks_that_are_due_in_them_are_taken_up_once()
    {
        await using var node = new Node(File, _clock);
        var library = node.Get<DefinitionLibrary>();
        var administrator = new Actor("adam", Role.Administrator);
        async Task PublishAsync(string dates)
        {
            var week = string.Join(",", new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(day => $"\"{day}\":[\"09:00-18:00\"]"));
            var (_, refusal) = await library.PublishAsync(TenantId.Default, "calendar", "default", $$"""{"zone":"Asia/Shanghai","week":{ {{week}} },"dates":[{{dates}}]}""", administrator, default);
            refusal.ShouldBeNull();
        }
        var year = _clock.GetCurrentInstant().InUtc().Year;
        await PublishAsync($$"""{"date":"{{year}}-01-01"}""");
        _clock.Advance(Instant.FromUtc(year, 12, 31, 1, 0) - _clock.GetCurrentInstant());
        var id = await node.FileAsync();
        Instant? Due(ComplaintView view) => view.Clocks.Single(clock => clock.Objective == Objective.Resolution).Due;
        var before = Due((await node.Desk.ViewAsync(id))!);

        (await node.Housekeeping.TakeUpYearsAsync(TenantId.Default, default)).ShouldBe(0);
        await PublishAsync($$"""{"date":"{{year}}-01-01"},{"date":"{{year + 1}}-01-01"},{"date":"{{year + 1}}-01-02"},{"date":"{{year + 1}}-01-03"},{"date":"{{year + 1}}-01-04"},{"date":"{{year + 1}}-01-05"}""");
        (await node.Housekeeping.TakeUpYearsAsync(TenantId.Default, default)).ShouldBe(1);
        (await node.Housekeeping.TakeUpYearsAsync(TenantId.Default, default)).ShouldBe(0);
        var view = (await node.Desk.ViewAsync(id))!;
        Due(view)!.Value.ShouldBeGreaterThan(before!.Value);
        view.History.Select(entry => entry.Event).OfType<ClocksRecalculated>().ShouldHaveSingleItem().Changes.ShouldContain(change => change.BeyondHolidayData);
    }
}
