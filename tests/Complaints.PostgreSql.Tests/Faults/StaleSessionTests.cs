using Complaints.Core;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R04: all sessions in the pool have been ended, as after a restart of the server. Nobody who reads notices.</summary>
public sealed class StaleSessionTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<PostgreSqlStore, IAsyncEnumerable<object>>> Streams = new()
    {
        ["complaints"] = store => store.ScanAsync(TenantId.Default, default),
        ["timers"] = store => store.TimersAsync(TenantId.Default, default),
        ["heads"] = store => store.HeadsAsync(TenantId.Default, default),
        ["events"] = store => store.EventsAsync(TenantId.Default, default).Select(row => (object)row.Event),
        ["checkpoints"] = store => store.CheckpointsAsync(TenantId.Default, default),
    };

    [Fact]
    public async Task R04_what_is_read_row_by_row_is_read_on_a_fresh_session()
    {
        await using var schema = new TestSchema();
        await using var store = await schema.OpenAloneAsync(more: $";Application Name={schema.Name}");
        var harness = new DeskHarness(StorePorts.Of(store));
        for (var i = 0; i < 3; i++)
            await harness.FileAsync(Drafts.English(i));
        await store.SaveCheckpointAsync(TenantId.Default, new(1, harness.Clock.GetCurrentInstant(), new byte[] { 1 }, new byte[] { 2 }), default);
        var ended = 0;
        foreach (var (what, stream) in Streams)
        {
            var before = await stream(store).CountAsync();
            ended += await EndAllAsync(store, schema.Name);
            (await stream(store).CountAsync()).ShouldBe(before, what);
            before.ShouldBeGreaterThan(0, what);
        }

        ended.ShouldBeGreaterThanOrEqualTo(Streams.Count * 8);
        (await Streams["complaints"](store).CountAsync()).ShouldBe(3);
        output.WriteLine($"R04: {ended} sessions in the pool ended, {Streams.Count} readers of rows went on");
    }

    [Fact]
    public async Task R04_control_the_pool_itself_hands_out_what_was_ended()
    {
        await using var schema = new TestSchema();
        await using var store = await schema.OpenAloneAsync(more: $";Application Name={schema.Name}");
        await store.MigrateAsync(default);
        await EndAllAsync(store, schema.Name);

        await Should.ThrowAsync<NpgsqlException>(async () =>
        {
            await using var command = store.Source.CreateCommand("select 1");
            await command.ExecuteScalarAsync();
        });
    }

    [Fact]
    public async Task R04_a_session_that_ends_between_two_rows_is_told_because_rows_were_seen()
    {
        await using var schema = new TestSchema();
        await using var store = await schema.OpenAloneAsync(more: $";Application Name={schema.Name}");
        await store.MigrateAsync(default);
        await (await SharedServer.GetAsync()).ExecuteAsync(
            $"insert into {schema.Name}.timer (tenant, complaint, clock, purpose, due_at) select 'default', gen_random_uuid(), repeat('c', 1000), 'breach', n from generate_series(1, 40000) n");
        var seen = 0;

        await Should.ThrowAsync<Core.Storage.StoreUnavailableException>(async () =>
        {
            await foreach (var _ in store.TimersAsync(TenantId.Default, default))
            {
                if (seen++ == 0)
                    await EndAsync(schema.Name);
            }
        });
        seen.ShouldBeInRange(1, 39_999);
    }

    /// <summary>Fills the pool and ends every session in it.</summary>
    private static async Task<int> EndAllAsync(PostgreSqlStore store, string name)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Source.OpenConnectionAsync().AsTask()));
        foreach (var connection in connections)
            await connection.DisposeAsync();
        return await EndAsync(name);
    }

    private static async Task<int> EndAsync(string name)
    {
        var server = await SharedServer.GetAsync();
        var ended = (int)await server.ScalarAsync<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{name}'");
        while (await server.ScalarAsync<long>($"select count(*) from pg_stat_activity where application_name = '{name}'") > 0)
            await Task.Delay(10);
        return ended;
    }
}
