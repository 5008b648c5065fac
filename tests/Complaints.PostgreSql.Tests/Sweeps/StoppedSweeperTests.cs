using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Sweeps;

/// <summary>R08 in the store: a node that falls silent between claim and commit, as one does that was stopped.</summary>
public sealed class StoppedSweeperTests
{
    [Fact]
    public async Task R08_a_node_that_was_stopped_beyond_its_lease_is_refused_every_time_and_another_has_done_its_work()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var schema = new TestSchema();
            var lapsed = await LapsedComplaints.MakeAsync(20);
            var store = await schema.OpenAloneAsync();
            await lapsed.StoreAsync(store);
            var sleeper = new Sleeper(await schema.OpenAloneAsync(), Duration.FromMilliseconds(50));
            var stopped = Task.Run(() => Desk(StorePorts.Of(store) with { Timers = sleeper }).SweepAsync());
            await await Task.WhenAny(sleeper.Claimed, stopped);

            var changed = 0;
            for (var attempt = 0; attempt < 1_000 && changed < lapsed.Count; attempt++)
            {
                changed += (await Desk(StorePorts.Of(store)).SweepAsync()).Changed;
                await Task.Delay(10);
            }
            sleeper.Wake();

            changed.ShouldBe(lapsed.Count);
            var late = await stopped;
            sleeper.Outcomes.ShouldBe([CommitOutcome.Conflict], $"round {round}");
            (late.Changed, late.RefusedCount).ShouldBe((0, 0));
            (await lapsed.ProveAsync(store)).ShouldBe((0, 0));
        }
    }

    [Fact]
    public async Task R08_control_a_node_that_is_silent_within_its_lease_keeps_its_work()
    {
        await using var schema = new TestSchema();
        var lapsed = await LapsedComplaints.MakeAsync(20);
        var store = await schema.OpenAloneAsync();
        await lapsed.StoreAsync(store);
        var sleeper = new Sleeper(await schema.OpenAloneAsync(), Duration.FromMinutes(10));
        var slow = Task.Run(() => Desk(StorePorts.Of(store) with { Timers = sleeper }).SweepAsync());
        await await Task.WhenAny(sleeper.Claimed, slow);

        (await Desk(StorePorts.Of(store)).SweepAsync()).Changed.ShouldBe(0, "it is somebody else's");
        sleeper.Wake();
        (await slow).Changed.ShouldBe(lapsed.Count);
        sleeper.Outcomes.ShouldBe([CommitOutcome.Committed]);
    }

    [Fact]
    public async Task R08_a_node_that_was_stopped_between_finding_and_loading_claims_again()
    {
        await using var schema = new TestSchema();
        var lapsed = await LapsedComplaints.MakeAsync(20);
        await lapsed.StoreAsync(await schema.OpenAloneAsync());
        var server = await SharedServer.GetAsync();
        await using var proxy = new CountingProxy(server.Port);
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Port = proxy.Port, SslMode = SslMode.Disable, MaxPoolSize = 1 };
        await using var node = new PostgreSqlStore(connection.ConnectionString, new PostgreSqlStoreOptions { Schema = schema.Name, WakeUp = false });
        (await node.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(lapsed.Count);
        var before = proxy.RoundTrips;
        proxy.Late = before + 2;

        await using var claim = await node.ClaimDueAsync(TenantId.Default, new TimerQuery(100, Duration.FromMilliseconds(300), SystemClock.Instance.GetCurrentInstant()), default);
        claim.Complaints.Length.ShouldBe(lapsed.Count);
        (proxy.RoundTrips - before).ShouldBeGreaterThan(2, "what was asked first was in vain");
    }

    [Fact]
    public async Task R08_a_session_that_was_put_out_for_its_silence_is_broken_and_not_a_refusal()
    {
        await using var connection = new NpgsqlConnection((await SharedServer.GetAsync()).ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand("begin; set local idle_in_transaction_session_timeout = 50", connection);
        await begin.ExecuteNonQueryAsync();
        await Task.Delay(1_000);
        await using var late = new NpgsqlCommand("select 1", connection);
        var error = await Should.ThrowAsync<PostgresException>(() => late.ExecuteScalarAsync());

        error.SqlState.ShouldBe("25P03");
        PostgreSqlErrors.IsBroken(error).ShouldBeTrue();
        PostgreSqlErrors.Translate(error).ShouldBeOfType<StoreUnavailableException>();
    }

    private static ComplaintDesk Desk(StorePorts ports) => new DeskHarness(ports, new FakeClock(SystemClock.Instance.GetCurrentInstant()), new UuidV7Generator()).Desk;

    /// <summary>Claims under a lease of its own and sleeps before it commits.</summary>
    private sealed class Sleeper(ITimerStore good, Duration lease) : ITimerStore
    {
        private readonly TaskCompletionSource _claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Claimed => _claimed.Task;

        public List<CommitOutcome> Outcomes { get; } = [];

        public void Wake() => _wake.SetResult();

        public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) => good.DueAsync(tenant, now, max, cancellationToken);

        public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => good.TimersAsync(tenant, cancellationToken);

        public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => good.RepairAsync(tenant, repair, cancellationToken);

        public async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
        {
            var claim = await good.ClaimDueAsync(tenant, query with { Lease = lease }, cancellationToken);
            _claimed.TrySetResult();
            return new Claim(claim, this);
        }

        private sealed class Claim(ITimerClaim inner, Sleeper sleeper) : ITimerClaim
        {
            public ImmutableArray<LoadedComplaint> Complaints => inner.Complaints;

            public TimerPosition? Next => inner.Next;

            public async ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
            {
                await sleeper._wake.Task;
                var outcome = await inner.CommitAsync(commits, cancellationToken);
                sleeper.Outcomes.Add(outcome);
                return outcome;
            }

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
