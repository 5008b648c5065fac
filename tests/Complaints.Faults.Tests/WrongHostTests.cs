using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.Faults.Tests.Processes;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Faults.Tests;

/// <summary>R41: a host on SQLite, which knows no clock but its programs', lived by a clock that was far off, and died. One whose clock is
/// right goes on.</summary>
public sealed class WrongHostTests(ITestOutputHelper output)
{
    private const int Promised = 10;
    private const int Overdue = 5;
    private const string DaysAhead = "(unixepoch('subsec') + 6 * 86400) * 1000000";

    /// <summary>Customers hear of a new date in the hours of their choice, and no later.</summary>
    private const string Unsent =
        $"select count(*) from outbox where delivered_at is null and (topic <> 'complaints.deadline-agreed.v1' or due_at > {DaysAhead})";

    [Theory]
    [InlineData(365)]
    [InlineData(-7)]
    public async Task R41_a_host_whose_clock_was_far_off_dies_and_blocks_nothing_and_nothing_is_early(int days)
    {
        await using var ground = Ground.OnSqlite();
        var over = new TaskCompletionSource();
        await using var sink = new Sink(async _ =>
        {
            await over.Task;
            return "ok";
        });
        await ground.FileOverdueAsync(Overdue);
        var promised = await PromiseAsync(ground, Now + Duration.FromDays(30));
        await PublishAsync(ground, Now + Duration.FromDays(days), reopenWindowDays: 31);
        var taken = await LiveAndDieAsync(ground, sink, days);
        var firedByIt = (await ground.StepsAsync()).Keys.Where(step => step.Step.EndsWith(" breached", StringComparison.Ordinal))
            .Select(step => step.Complaint).Where(promised.Contains).Distinct().Count();
        over.SetResult();

        var due = Now + Duration.FromSeconds(8);
        var soon = await PromiseAsync(ground, due);
        await using var sound = Child.Start("worker", ground, "--Sink", sink.Port);
        await using var client = Child.Start("client", ground, "--Seed", "9");
        await sound.Ready;
        var early = await FiredBeforeAsync(ground, soon, due);
        await Until.HoldsAsync(async () => await FiredAsync(ground, soon) >= Promised, "what is due is fired");
        await Until.HoldsAsync(() => Answer.All(client).Count() > 10, "commands are answered");
        await client.KillAsync();
        await Until.HoldsAsync(async () => await CountAsync(ground, Unsent) == 0, "everything is sent that is not to wait for hours");
        var health = "";
        await Until.HoldsAsync(
            async () => (health = await sound.AskAsync("health")).Contains("ahead of this one", StringComparison.Ordinal) == days > 0,
            "it is told");
        var (steps, windowDays) = (await ground.StepsAsync(), await ReopenWindowDaysAsync(ground));
        var findings = await FindingsAsync(ground);
        output.WriteLine($"R41: a host {days:+0;-0} days off on SQLite: {taken} messages in its hands when it died, "
            + $"{firedByIt} of {Promised} promises told as missed by it; then {early} early, "
            + $"{steps.Values.Count(times => times > 1)} twice, all sent and fired, {findings} findings; {health}");
        early.ShouldBe(0);
        steps.Values.ShouldAllBe(times => times == 1);
        windowDays.ShouldBe(31, "no definition is hidden");
        findings.ShouldBe(0);
        taken.ShouldBeGreaterThan(0);
        firedByIt.ShouldBe(days > 0 ? Promised : 0, "SQLite takes its host's word for the time, and that is told");
        health.ShouldStartWith(days > 0 ? "health Degraded" : "health Healthy");
    }

    private static Instant Now => SystemClock.Instance.GetCurrentInstant();

    /// <returns>How many messages it had taken when it was killed; of one that is ahead those that it keeps for days.</returns>
    private static async Task<long> LiveAndDieAsync(Ground ground, Sink sink, int days)
    {
        var clock = new WrongClock(ground, days * 24 * 3_600);
        await using var host = Child.Start(clock.Environment, "worker", ground, "--Sink", sink.Port);
        await using var client = Child.Start(clock.Environment, "client", ground);
        await host.Ready;
        await Until.HoldsAsync(() => sink.HasMet(host.Id), "it sends");
        await Until.HoldsAsync(() => Answer.All(client).Count() > 10, "its commands are answered");
        var complaints = Overdue + (days > 0 ? Promised : 0);
        await Until.HoldsAsync(
            async () => (await ground.StepsAsync()).Keys.Select(step => step.Complaint).Distinct().Count() >= complaints, "it sweeps");
        await client.KillAsync();
        await host.KillAsync();
        return await CountAsync(ground, $"select count(*) from outbox where owner is not null and due_at > {(days > 0 ? DaysAhead : "0")}");
    }

    /// <summary>Complaints with a promise that is due at an instant, by the true clock.</summary>
    private static async Task<HashSet<ComplaintId>> PromiseAsync(Ground ground, Instant due)
    {
        var ids = new HashSet<ComplaintId>();
        for (var i = 0; i < Promised; i++)
        {
            var id = (await ground.Desk.RegisterAsync(Drafts.English(i))).Value.Complaint;
            (await ground.Desk.ExecuteAsync(id, new AgreeDeadline(due))).IsSuccess.ShouldBeTrue();
            ids.Add(id);
        }
        return ids;
    }

    /// <summary>Looks until the instant has come: how many steps of these were fired before it.</summary>
    private static async Task<int> FiredBeforeAsync(Ground ground, HashSet<ComplaintId> soon, Instant due)
    {
        var early = 0;
        while (true)
        {
            var fired = await FiredAsync(ground, soon);
            if (Now >= due)
                return early;
            early = Math.Max(early, fired);
            await Task.Delay(50);
        }
    }

    private static async Task<int> FiredAsync(Ground ground, HashSet<ComplaintId> complaints) =>
        (await ground.StepsAsync()).Keys.Count(step => complaints.Contains(step.Complaint));

    /// <summary>A host's clock publishes the tenant's settings.</summary>
    private static async Task PublishAsync(Ground ground, Instant at, int reopenWindowDays)
    {
        var json = DeskHarness.BlockSettings.Replace(
            "\"reopenWindowDays\": 30", $"\"reopenWindowDays\": {reopenWindowDays}", StringComparison.Ordinal);
        await new DefinitionLibrary(ground.Store, new FakeClock(at), []).PublishAsync(
            TenantId.Default, SharedDefinitions.Tenant.Name, "default", json, DeskHarness.Administrator, default);
    }

    private static async Task<int> ReopenWindowDaysAsync(Ground ground) =>
        (await new DefinitionLibrary(ground.Store, SystemClock.Instance, []).RulesAsync(TenantId.Default, default))
        .Settings.ReopenWindowDays;

    private static async Task<int> FindingsAsync(Ground ground)
    {
        var keys = new PersonKeys(ground.Store, new FileKeyProtector(ground.KeyFile), SystemClock.Instance);
        return (await new HistoryAudit(ground.Store, keys, SystemClock.Instance).VerifyAsync(TenantId.Default)).Findings.Length;
    }

    private static async Task<long> CountAsync(Ground ground, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={ground.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
