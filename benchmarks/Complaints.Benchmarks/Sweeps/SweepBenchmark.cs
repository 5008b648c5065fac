using System.Diagnostics;
using Complaints.Benchmarks.Commands;
using Complaints.Benchmarks.PostgreSql;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Sweeps;

/// <summary>
/// Due timers on PostgreSQL: claimed, decided, written with their events and messages, beside Quartz.NET's bare fires on the same server; the same with few and many other timers,
/// with statistics that know of nothing due, and when nothing is due at all.
/// </summary>
internal static class SweepBenchmark
{
    private const int Due = 6_000;
    private const int Claims = 40;
    private const int Rounded = 3;
    private static readonly Instant LongAgo = SystemClock.Instance.GetCurrentInstant() - Duration.FromDays(60);

    public static async Task RunAsync(int many)
    {
        await using var server = await BenchmarkServer.StartAsync();
        await using var source = BenchmarkServer.Source(server, "complaints");
        var store = new PostgreSqlStore(source);
        await store.MigrateAsync(default);
        await FillAsync(server, 0, many / 10);
        await SweepAsync(server, store, "warm-up", isStale: false);
        List<(double Sweeps, double Claims)> few = [], stale = [], full = [];
        for (var round = 0; round < Rounded; round++)
        {
            few.Add(await SweepAsync(server, store, $"{many / 10:N0} other timers", isStale: false));
            stale.Add(await SweepAsync(server, store, $"{many / 10:N0} other timers, statistics stale", isStale: true));
        }
        await FillAsync(server, many / 10, many);
        for (var round = 0; round < Rounded; round++)
            full.Add(await SweepAsync(server, store, $"{many:N0} other timers", isStale: false));
        await IdleAsync(store);
        var quartz = await QuartzPeer.FiresASecondAsync(server, 3_000);
        Rounds.Print($"Quartz.NET  {quartz,9:N0} fires a second");
        var (swept, claimed) = Median(few);
        Rounds.Print($"sweep : Quartz            {swept / quartz,7:F1}  (goal 5)");
        Rounds.Print($"pure claims : Quartz      {claimed / quartz,7:F1}  (goal 50)");
        Rounds.Print($"many : few timers         {Median(full).Sweeps / swept,7:F2} swept, {Median(full).Claims / claimed:F2} claimed  (goal 0.6)");
        Rounds.Print($"stale : fresh statistics  {Median(stale).Sweeps / swept,7:F2} swept, {Median(stale).Claims / claimed:F2} claimed  (goal 0.7)");
    }

    private static (double Sweeps, double Claims) Median(List<(double Sweeps, double Claims)> rounds) =>
        (rounds.Select(round => round.Sweeps).Order().ElementAt(Rounded / 2), rounds.Select(round => round.Claims).Order().ElementAt(Rounded / 2));

    /// <summary>Timers of complaints that have time: they are not due for years.</summary>
    private static async Task FillAsync(PrivateServer server, int from, int to)
    {
        await BenchmarkServer.ExecuteAsync(
            server,
            $"""
            insert into complaints.timer (tenant, complaint, clock, purpose, due_at)
            select 'default', gen_random_uuid(), 'resolution/1', 'breach', extract(epoch from now() + interval '1 year')::bigint * 1000000 + i * 1000::bigint from generate_series({from + 1}, {to}) as i
            """);
        await BenchmarkServer.ExecuteAsync(server, "vacuum analyze complaints.timer");
        await BenchmarkServer.ExecuteAsync(server, "checkpoint");
    }

    private static async Task<(double Sweeps, double Claims)> SweepAsync(PrivateServer server, PostgreSqlStore store, string name, bool isStale)
    {
        var work = await Workload.CreateAsync(Due, new FakeClock(LongAgo));
        var numbers = Interlocked.Increment(ref _round) * 1_000_000;
        if (isStale)
            await server.ExecuteAsync("analyze complaints.timer; analyze complaints.complaint");
        await store.ImportAsync([.. work.Beginning.Select((commit, i) => commit with { Summary = commit.Summary with { Number = $"S-{numbers + i}" } })], default);
        foreach (var key in await work.KeysAsync())
            await store.AddAsync(TenantId.Default, key, default);
        if (!isStale)
            await server.ExecuteAsync("analyze complaints.timer; analyze complaints.complaint");
        var claimed = 0;
        var watch = Stopwatch.StartNew();
        TimerPosition? after = null;
        for (var i = 0; i < Claims; i++)
        {
            await using var claim = await store.ClaimDueAsync(TenantId.Default, new TimerQuery(500, Duration.FromSeconds(30), SystemClock.Instance.GetCurrentInstant(), after), default);
            claimed += claim.Complaints.Sum(complaint => complaint.Timers.Length);
            after = claim.Next;
        }
        var claims = claimed / watch.Elapsed.TotalSeconds;
        watch.Restart();
        var result = await Workload.Desk(StorePorts.Of(store)).SweepAsync();
        var sweeps = result.Changed / watch.Elapsed.TotalSeconds;
        if (result.Changed != Due)
            throw new InvalidOperationException($"{result.Changed} of {Due} complaints were swept; {result.Refused.FirstOrDefault()?.Refusal.Message}");
        Rounds.Print($"{name,-45}  {sweeps,8:N0} complaints swept a second, {claims,8:N0} timers claimed and loaded a second");
        return (sweeps, claims);
    }

    private static int _round;

    private static async Task IdleAsync(PostgreSqlStore store)
    {
        var times = new List<double>();
        for (var i = 0; i < 2_000; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using (await store.ClaimDueAsync(TenantId.Default, new TimerQuery(500, Duration.FromSeconds(30), SystemClock.Instance.GetCurrentInstant()), default))
            {
            }
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        times.Sort();
        Rounds.Print($"idle poll  {times[times.Count / 2]:F2} ms at the median, {times[times.Count * 95 / 100]:F2} ms at the 95th percentile  (goal 1 ms)");
    }
}
