using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using NodaTime;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Sweeps;

/// <summary>R08: a node is stopped while the server sends it what it has claimed. The server waits to send, which it does not count as idle.</summary>
public sealed class StalledSweeperTests(ITestOutputHelper output)
{
    private static readonly TimerQuery Query = new(100, Duration.FromSeconds(1), SystemClock.Instance.GetCurrentInstant());

    [Fact]
    public async Task R08_a_node_that_stops_in_the_middle_of_its_answer_loses_what_it_claimed_when_the_lease_is_over()
    {
        await using var schema = new TestSchema();
        var store = await LargeAsync(schema);
        await using var proxy = new StallingProxy((await SharedServer.GetAsync()).Port);
        await using var node = new PostgreSqlStore(await ThroughAsync(proxy), new PostgreSqlStoreOptions { Schema = schema.Name });
        var stopped = node.ClaimDueAsync(TenantId.Default, Query, default).AsTask();
        await proxy.Stalled;

        var taken = await TakenAsync(store, attempts: 600);
        await proxy.DisposeAsync();
        await Should.ThrowAsync<StoreUnavailableException>(() => stopped);
        output.WriteLine($"R08: stopped in the middle of an answer of 40 MB, another node took {taken} of 40 complaints after the lease");
        taken.ShouldBe(40);
    }

    [Fact]
    public async Task R08_control_without_a_limit_on_unread_bytes_they_stay_locked_long_after_the_lease()
    {
        await using var schema = new TestSchema();
        var store = await LargeAsync(schema);
        await using var proxy = new StallingProxy((await SharedServer.GetAsync()).Port);
        await using var node = new NpgsqlConnection(await ThroughAsync(proxy));
        await node.OpenAsync();
        await using var claim = new NpgsqlCommand(
            $"""
            begin; set local idle_in_transaction_session_timeout = 1000;
            select id from {schema.Name}.complaint for no key update; select body from {schema.Name}.complaint_state
            """, node);
        var stopped = claim.ExecuteNonQueryAsync();
        await proxy.Stalled;

        (await TakenAsync(store, attempts: 120)).ShouldBe(0);
        await proxy.DisposeAsync();
        await Should.ThrowAsync<NpgsqlException>(() => stopped);
        (await TakenAsync(store, attempts: 600)).ShouldBe(40);
    }

    /// <summary>Forty overdue complaints of a megabyte each, more than lies in the buffers of two sockets.</summary>
    private static async Task<PostgreSqlStore> LargeAsync(TestSchema schema)
    {
        var store = await schema.OpenAloneAsync();
        await (await LapsedComplaints.MakeAsync(40)).StoreAsync(store);
        await (await SharedServer.GetAsync())
            .ExecuteAsync($"update {schema.Name}.complaint_state set body = decode(repeat('00', 1000000), 'hex')");
        return store;
    }

    /// <summary>A client that never gives up by itself: only the server may end it.</summary>
    private static async Task<string> ThroughAsync(StallingProxy proxy) =>
        new NpgsqlConnectionStringBuilder((await SharedServer.GetAsync()).ConnectionString()) { Port = proxy.Port, SslMode = SslMode.Disable, Timeout = 2, CommandTimeout = 0 }.ConnectionString;

    /// <summary>How many complaints another node gets; it asks every 50 ms, at most so often. What was locked while
    /// the server ended the other's claim comes with a later one.</summary>
    private static async Task<int> TakenAsync(PostgreSqlStore store, int attempts)
    {
        var claims = new List<ITimerClaim>();
        for (var attempt = 0; attempt < attempts && Taken() < 40; attempt++)
        {
            var claim = await store.ClaimDueAsync(TenantId.Default, Query with { Lease = Duration.FromMinutes(5) }, default);
            if (claim.Complaints.Length > 0)
                claims.Add(claim);
            else
                await claim.DisposeAsync();
            await Task.Delay(50);
        }
        var taken = Taken();
        foreach (var claim in claims)
            await claim.DisposeAsync();
        return taken;

        int Taken() => claims.Sum(claim => claim.Complaints.Length);
    }
}
