using Complaints.Core;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Npgsql;
using Xunit.Abstractions;

namespace Complaints.PostgreSql.Tests;

/// <summary>SPEED 4, the trap: statistics that were taken while nothing was due must not change how due timers are read.</summary>
public sealed class DuePlanTests(ITestOutputHelper output)
{
    private static readonly long Now = 1_000_000_000_000_000;

    [Fact]
    public async Task Due_timers_are_read_in_the_order_of_their_index_with_stale_statistics()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        await store.MigrateAsync(default);
        await using var connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        await RunAsync(connection, Timers(schema.Name, 60_000, Now + 1));
        await RunAsync(connection, $"analyze {schema.Name}.timer");
        await RunAsync(connection, Timers(schema.Name, 20_000, Now - 20_000));

        var due = new NumberedText(store.DueSql, new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = schema.Name }));
        var plan = await PlanAsync(connection, [.. due.Statements.Select(statement => statement.Text)]);
        output.WriteLine(plan);
        plan.ShouldContain("Index Scan using timer_order");
        plan.ShouldNotContain("Sort");

        var sorted = await PlanAsync(connection, ["begin", "set local enable_indexscan = off", due.Statements[2].Text, "commit"]);
        sorted.ShouldContain("Sort", customMessage: "control: a plan that reads everything that is due looks like this");

        var read = await store.DueAsync(TenantId.Default, NodaTime.Instant.FromUnixTimeTicks(Now * 10), 500, default);
        read.Length.ShouldBe(500);
        read.Select(timer => timer.Timer.Due).ShouldBe(read.Select(timer => timer.Timer.Due).Order());
    }

    private static string Timers(string schema, int count, long from) =>
        $"insert into {schema}.timer (tenant, complaint, clock, purpose, due_at) select 'default', gen_random_uuid(), 'resolution/1', 'breach', {from} + n from generate_series(0, {count - 1}) n order by random()";

    /// <summary>Explains the third of the statements that the store sends, after the two before it.</summary>
    private static async Task<string> PlanAsync(NpgsqlConnection connection, string[] statements)
    {
        await RunAsync(connection, $"prepare due(text, bigint, bigint) as {statements[2]}");
        await RunAsync(connection, statements[0]);
        await RunAsync(connection, statements[1]);
        var lines = new List<string>();
        await using (var explain = new NpgsqlCommand($"explain execute due('default', {Now}, 500)", connection))
        await using (var row = await explain.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
                lines.Add(row.GetString(0));
        }
        await RunAsync(connection, statements[3]);
        await RunAsync(connection, "deallocate due");
        return string.Join('\n', lines);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
