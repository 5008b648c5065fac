using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.PostgreSql.Tests.Sweeps;
using Complaints.Storage.PostgreSql;
using Npgsql;

namespace Complaints.PostgreSql.Tests;

/// <summary>SPEED 4, the trap: statistics that were taken while nothing was due must not change how due timers are read.</summary>
public sealed partial class DuePlanTests(ITestOutputHelper output)
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

    [Fact]
    public async Task Due_complaints_are_claimed_in_the_order_of_their_index_with_stale_statistics()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        var lapsed = await LapsedComplaints.MakeAsync(2_000);
        await lapsed.StoreAsync(store);
        await using var connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        // Nothing is due when the statistics are taken, and then twenty thousand are.
        await RunAsync(connection, $"update {schema.Name}.timer set due_at = due_at + {Now}");
        await RunAsync(connection, Timers(schema.Name, 60_000, 4 * Now));
        await RunAsync(connection, $"analyze {schema.Name}.timer; analyze {schema.Name}.complaint");
        await RunAsync(connection, $"update {schema.Name}.timer set due_at = due_at - {Now} where due_at < {4 * Now}");
        await RunAsync(connection, Timers(schema.Name, 16_000, Now - 20_000));

        var texts = new NumberedText(store.ClaimText(500), new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = schema.Name })).Statements;
        var claim = texts[1].Text;
        var plan = await ClaimPlanAsync(connection, claim, texts[0].Text.Replace("$1", "'30000'"));
        output.WriteLine(plan);
        plan.ShouldContain("Scan using timer_order");
        plan.ShouldContain("Scan using complaint_id");
        plan.ShouldNotContain("Sort");
        (await ClaimPlanAsync(connection, claim, "set local enable_indexscan = off; set local enable_indexonlyscan = off"))
            .ShouldContain("Sort", customMessage: "control: a plan that reads everything that is due looks like this");

        await using var claimed = await store.ClaimDueAsync(TenantId.Default, new TimerQuery(500, NodaTime.Duration.FromSeconds(30), NodaTime.SystemClock.Instance.GetCurrentInstant()), default);
        claimed.Complaints.Length.ShouldBeInRange(100, 500);
        claimed.Next.ShouldNotBeNull();
    }

    [Fact]
    public async Task Claimed_complaints_are_sought_by_their_ids_with_stale_statistics()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        await (await LapsedComplaints.MakeAsync(500)).StoreAsync(store);
        await using var connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        // Nothing is known of the keys, of the timers what they were before, and nobody learns more meanwhile.
        await RunAsync(connection, string.Concat(new[] { "complaint", "complaint_state", "timer",
            "subject_key" }.Select(table => $"alter table {schema.Name}.{table} set (autovacuum_enabled = off);")));
        await RunAsync(connection, $"analyze {schema.Name}.timer; analyze {schema.Name}.complaint");
        await RunAsync(connection, Timers(schema.Name, 60_000, 4 * Now));

        var dialect = new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = schema.Name });
        var setting = new NumberedText(store.ClaimText(500), dialect).Statements[0].Text.Replace("$1", "'30000'");
        var texts = new NumberedText(store.ClaimedText, dialect).Statements;
        await using var select = new NpgsqlCommand($"select array_agg(id)::text from {schema.Name}.complaint", connection);
        var ids = (string)(await select.ExecuteScalarAsync())!;
        foreach (var text in texts)
        {
            var (plan, read) = await LoadPlanAsync(connection, ids, text.Text, setting);
            output.WriteLine(plan);
            read.ShouldBeLessThan(5_000);
        }

        var joined = await LoadPlanAsync(
            connection, ids, $"select c.id, k.wrapped from {schema.Name}.complaint c left join {schema.Name}.subject_key k on k.tenant = c.tenant and k.subject = c.person where c.tenant = $1 and c.id = any($2)", setting);
        output.WriteLine(joined.Plan);
        joined.Read.ShouldBeGreaterThan(60_000, "control: a join compares every complaint with every person");
        // Since version 17 an index that is asked for several keys answers in its order, so that there is nothing to sort.
        if (connection.PostgreSqlVersion.Major < 17)
        {
            var ordered = await LoadPlanAsync(connection, ids, $"{texts[1].Text} order by complaint, clock, purpose", setting);
            output.WriteLine(ordered.Plan);
            ordered.Read.ShouldBeGreaterThan(60_000, "control: with an order the whole table is read");
        }
    }

    /// <summary>The plan for those ids, and how many rows it read.</summary>
    private static async Task<(string Plan, long Read)> LoadPlanAsync(NpgsqlConnection connection, string ids, string load, string setting)
    {
        await RunAsync(connection, $"prepare load(text, uuid[]) as {load}");
        await RunAsync(connection, $"begin; {setting}");
        var plan = await ExplainAsync(connection, $"explain (analyze, timing off) execute load('default', '{ids}')");
        await RunAsync(connection, "commit; deallocate load");
        return (plan, ReadRows().Matches(plan).Sum(match => long.Parse(match.Groups["rows"].Value, CultureInfo.InvariantCulture)));
    }

    private static async Task<string> ClaimPlanAsync(NpgsqlConnection connection, string claim, string setting)
    {
        await RunAsync(connection, $"prepare claim(text, bigint, bigint, uuid) as {claim}");
        await RunAsync(connection, $"begin; {setting}");
        var plan = await ExplainAsync(connection, $"explain execute claim('default', {4 * Now - 1}, -1, '00000000-0000-0000-0000-000000000000')");
        await RunAsync(connection, "commit; deallocate claim");
        return plan;
    }

    private static string Timers(string schema, int count, long from) =>
        $"insert into {schema}.timer (tenant, complaint, clock, purpose, due_at) select 'default', gen_random_uuid(), 'resolution/1', 'breach', {from} + n from generate_series(0, {count - 1}) n order by random()";

    /// <summary>Explains the third of the statements that the store sends, after the two before it.</summary>
    private static async Task<string> PlanAsync(NpgsqlConnection connection, string[] statements)
    {
        await RunAsync(connection, $"prepare due(text, bigint, bigint) as {statements[2]}");
        await RunAsync(connection, statements[0]);
        await RunAsync(connection, statements[1]);
        var plan = await ExplainAsync(connection, $"explain execute due('default', {Now}, 500)");
        await RunAsync(connection, statements[3]);
        await RunAsync(connection, "deallocate due");
        return plan;
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string sql)
    {
        var lines = new List<string>();
        await using var explain = new NpgsqlCommand(sql, connection);
        await using var row = await explain.ExecuteReaderAsync();
        while (await row.ReadAsync())
            lines.Add(row.GetString(0));
        return string.Join('\n', lines);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What a step of a plan passed on, and what it read for nothing.</summary>
    [GeneratedRegex(@"(actual rows=|Rows Removed by \w+( \w+)?: )(?<rows>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadRows();
}
