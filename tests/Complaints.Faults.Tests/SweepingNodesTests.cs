using System.Diagnostics;
using Complaints.Faults.Tests.Processes;

namespace Complaints.Faults.Tests;

/// <summary>R06: three processes sweep the same timers.</summary>
public sealed class SweepingNodesTests(ITestOutputHelper output)
{
    private static readonly int Complaints = Size.Of(2_000, 20_000);

    [Fact]
    public async Task R06_three_processes_sweep_and_each_step_takes_effect_once_and_none_is_missed()
    {
        await using var ground = await Ground.OnPostgreSqlAsync();
        var filed = await ground.FileOverdueAsync(Complaints);
        var timers = await ground.CountAsync("select count(*) from complaints.timer where due_at < extract(epoch from now()) * 1000000");
        var watch = Stopwatch.StartNew();
        await using var first = Child.Start("worker", ground, "--Work:SweepBatch", "100");
        await using var second = Child.Start("worker", ground, "--Work:SweepBatch", "100");
        await using var third = Child.Start("worker", ground, "--Work:SweepBatch", "100");
        await Until.HoldsAsync(async () => await ground.CountAsync("select count(*) from complaints.timer where due_at < extract(epoch from now()) * 1000000") == 0, "all is swept", Size.Of(120, 900));

        var steps = await ground.StepsAsync();
        var missed = filed.Except(steps.Keys.Where(step => step.Step == "resolution/1 breached").Select(step => step.Complaint)).Count();
        var twice = steps.Values.Count(times => times > 1);
        output.WriteLine($"R06: three processes, {filed.Count:N0} complaints, {timers:N0} due timers, {steps.Count:N0} steps, {missed} missed, {twice} twice, {watch.Elapsed.TotalSeconds:F1} s");
        (missed, twice).ShouldBe((0, 0));

        await ground.ExecuteAsync("insert into complaints.event select tenant, complaint, 1000, idx, hash, body from complaints.event where version = 2 limit 20");
        (await ground.StepsAsync()).Values.ShouldContain(times => times > 1, "control: a step that was written twice is seen");
    }
}
