using System.Collections.Immutable;
using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Sweeps;

/// <summary>R06: three nodes sweep at once.</summary>
public sealed class ThreeSweepersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R06_three_nodes_sweep_twenty_thousand_timers_and_each_takes_effect_exactly_once()
    {
        await using var schema = new TestSchema();
        var lapsed = await LapsedComplaints.MakeAsync(10_000);
        var stores = new List<PostgreSqlStore>();
        for (var node = 0; node < 3; node++)
            stores.Add(await schema.OpenAloneAsync());
        await lapsed.StoreAsync(stores[0]);
        lapsed.Clocks.Count().ShouldBeGreaterThanOrEqualTo(20_000);

        var watch = Stopwatch.StartNew();
        var results = await Task.WhenAll(stores.Select(store => Task.Run(() => Desk(StorePorts.Of(store)).SweepAsync())));

        output.WriteLine($"{lapsed.Count} complaints with {lapsed.Clocks.Count()} timers in {watch.Elapsed.TotalSeconds:F1} s; each node: {string.Join(", ", results.Select(result => result.Changed))}");
        results.Sum(result => result.RefusedCount).ShouldBe(0);
        results.Sum(result => result.Changed).ShouldBe(lapsed.Count);
        (await lapsed.ProveAsync(stores[0])).ShouldBe((0, 0));
        (await Desk(StorePorts.Of(stores[1])).SweepAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task R06_control_a_store_that_looks_at_neither_version_nor_command_id_fires_twice()
    {
        var lapsed = await LapsedComplaints.MakeAsync(20);
        var store = new InMemoryComplaintStore();
        await lapsed.StoreAsync(store);
        // One clock, as one database would have: a claim that is over at once is over for whoever comes next.
        var desk = Desk(StorePorts.Of(store) with { Timers = new Careless(store) });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => desk.SweepAsync())));

        (await lapsed.ProveAsync(store)).Doubled.ShouldBeGreaterThan(0);
    }

    private static ComplaintDesk Desk(StorePorts ports) => new DeskHarness(ports, new FakeClock(SystemClock.Instance.GetCurrentInstant()), new UuidV7Generator()).Desk;

    /// <summary>Gives everything to everybody, waits until three have it, and writes whatever it is given but its messages, whose ids are the same.</summary>
    private sealed class Careless(InMemoryComplaintStore good) : ITimerStore
    {
        private readonly Barrier _three = new(3);

        public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) => good.DueAsync(tenant, now, max, cancellationToken);

        public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => good.TimersAsync(tenant, cancellationToken);

        public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => good.RepairAsync(tenant, repair, cancellationToken);

        public async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
            new Claim(await good.ClaimDueAsync(tenant, query with { Lease = Duration.Zero }, cancellationToken), good, _three);

        private sealed class Claim(ITimerClaim inner, InMemoryComplaintStore good, Barrier three) : ITimerClaim
        {
            public ImmutableArray<LoadedComplaint> Complaints => inner.Complaints;

            public TimerPosition? Next => inner.Next;

            public async ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
            {
                three.SignalAndWait(TimeSpan.FromSeconds(20), cancellationToken).ShouldBeTrue("all three have claimed");
                foreach (var commit in commits)
                {
                    CommitOutcome outcome;
                    do
                    {
                        var version = (await good.LoadAsync(commit.Tenant, commit.Id, default, cancellationToken)).Complaint!.Version;
                        outcome = await good.CommitAsync(
                            commit with { Command = null, Outbox = [], ExpectedVersion = version, Summary = commit.Summary with { Version = version + 1 }, Events = [.. commit.Events.Select(happened => happened with { Version = version + 1 })] },
                            cancellationToken);
                    }
                    while (outcome == CommitOutcome.Conflict);
                }
                return CommitOutcome.Committed;
            }

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
