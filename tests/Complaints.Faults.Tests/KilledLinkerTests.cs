using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Faults.Tests.Processes;
using NodaTime;

namespace Complaints.Faults.Tests;

/// <summary>X08: an improvement and its complaints say the same in the end, wherever the program was killed that linked them.</summary>
public sealed class KilledLinkerTests(ITestOutputHelper output)
{
    private const int Complaints = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X08_a_program_that_is_killed_while_it_links_leaves_nothing_half_linked(bool onSqlite)
    {
        var random = new Random(Environment.TickCount);
        await using var ground = onSqlite ? Ground.OnSqlite() : await Ground.OnPostgreSqlAsync();
        var complaints = new List<ComplaintId>();
        for (var i = 0; i < Complaints; i++)
            complaints.Add((await ground.Desk.RegisterAsync(Testing.Drafts.English(i))).Value.Complaint);
        var kills = 0;
        // Until one was caught with some complaints told and others not; most of its time it spends there.
        for (var isCaught = false; !isCaught && kills < 30; kills++)
        {
            await using var linker = Child.Start("linker", ground, "--Complaints", string.Join(',', complaints));
            await Until.HoldsAsync(() => linker.Lines.Any(line => line.StartsWith("opened", StringComparison.Ordinal)), "one is opened");
            await Task.Delay(random.Next(50));
            await linker.KillAsync();
            isCaught = (await UnsettledAsync(ground)).Any(settled => settled is > 0 and < Complaints)
                || await HalfToldAsync(ground, complaints);
        }

        var sweep = await ground.Desk.SweepAsync();
        sweep.Refused.ShouldBeEmpty();
        (await UnsettledAsync(ground)).ShouldBeEmpty();
        var improvements = await AllAsync(ground);
        output.WriteLine($"{kills} kills, {improvements.Count} improvements, {sweep.Changed} put right by the sweep");
        kills.ShouldBeLessThan(30, "no kill came in the middle of linking");
        sweep.Changed.ShouldBeGreaterThan(0);
        improvements.ShouldAllBe(improvement => improvement.Complaints.Count() == Complaints);
        foreach (var complaint in complaints)
        {
            var links = (await ground.Desk.ViewAsync(complaint))!.Complaint.Improvements;
            links.Select(link => link.Id).ShouldBe(improvements.Select(improvement => improvement.Id), ignoreOrder: true);
            links.ShouldAllBe(link => link.Stands);
        }
        var keys = new PersonKeys(ground.Store, new FileKeyProtector(ground.KeyFile), SystemClock.Instance);
        var report = await new HistoryAudit(ground.Store, keys, SystemClock.Instance).VerifyAsync(TenantId.Default);
        report.Findings.ShouldBeEmpty();
        (report.Complaints, report.Others["improvement"]).ShouldBe((Complaints, improvements.Count));
        await foreach (var drift in new TimerReconciliation(ground.Desk, ground.Store, ground.Store).FindAsync())
            Assert.Fail($"{drift.Of} {drift.Kind}");
        await foreach (var drift in new WorkReconciliation(ground.Desk, ground.Store, ground.Store, ground.Store).FindAsync())
            Assert.Fail($"{drift}");
    }

    private static async Task<List<Improvement>> AllAsync(Ground ground)
    {
        var all = new List<Improvement>();
        ImprovementId? after = null;
        do
        {
            var page = await ground.Desk.Improvements.ListAsync(new ImprovementQuery { After = after, Take = 100 });
            foreach (var item in page.Items)
                all.Add((await ground.Desk.Improvements.ViewAsync(item.Id))!.Improvement);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    /// <summary>How many links are settled of each improvement that has any that are not.</summary>
    private static async Task<List<int>> UnsettledAsync(Ground ground) =>
        [.. (await AllAsync(ground)).Where(improvement => improvement.Links.Any(link => !link.IsSettled)).Select(
            improvement => improvement.Links.Count(link => link.IsSettled))];

    private static async Task<bool> HalfToldAsync(Ground ground, List<ComplaintId> complaints)
    {
        var told = new Dictionary<ImprovementId, int>();
        foreach (var complaint in complaints)
        {
            foreach (var link in (await ground.Desk.ViewAsync(complaint))!.Complaint.Improvements)
                told[link.Id] = told.GetValueOrDefault(link.Id) + 1;
        }
        return told.Values.Any(count => count < Complaints);
    }
}
