using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational;
using NodaTime;
using Npgsql;

namespace Complaints.PostgreSql.Tests;

/// <summary>How PostgreSQL reads a page of a queue among thirty thousand complaints: along an index, as far as the page goes.</summary>
public sealed class QueuePlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly ComplaintPosition Due = new(ComplaintOrder.Due, Instant.FromUnixTimeSeconds(1_000), new(Guid.Empty));
    private static readonly ComplaintPosition Newest = Due with { Order = ComplaintOrder.Newest };
    private static readonly ComplaintPosition Oldest = Due with { Order = ComplaintOrder.Oldest };
    private static readonly ComplaintQuery Open = new() { States = [.. States.Open, ComplaintState.OnHold] };
    private readonly TestSchema _schema = new();
    private NpgsqlConnection _connection = null!;

    public static TheoryData<string, ComplaintQuery, string> Walked => new()
    {
        { "one state", new() { States = [ComplaintState.Closed] }, "complaint_queue" },
        { "one state behind a place", new() { States = [ComplaintState.Closed], After = Due }, "complaint_queue" },
        { "one state before a place", new() { States = [ComplaintState.Closed], Before = Due with { At = null } }, "complaint_queue" },
        { "the newest", new() { Order = ComplaintOrder.Newest }, "complaint_received" },
        { "the newest behind a place", new() { Order = ComplaintOrder.Newest, After = Newest }, "complaint_received" },
        { "the oldest before a place", new() { Order = ComplaintOrder.Oldest, Before = Oldest }, "complaint_received" },
    };

    /// <summary>Nine of ten are closed and due at no time, the others are spread over the open states.</summary>
    public async ValueTask InitializeAsync()
    {
        await (await _schema.OpenAsync()).MigrateAsync(default);
        _connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        await using var fill = new NpgsqlCommand(
            $"""
            insert into {_schema.Name}.complaint
              (tenant, id, number, person, received_at, imported, version, kind, state, round, priority, channel, updated_at, due_at, head)
            select 'a', gen_random_uuid(), i::text, gen_random_uuid(), i, 0, 1, 'complaint',
              case when i % 10 > 0 then 'Closed' else (array['{string.Join("', '", States.Open)}'])[1 + i / 10 % {States.Open.Length}] end,
              1, 'p3', 'phone', i, case when i % 10 = 0 then i * 100000::bigint end, ''
            from generate_series(1, 30000) i;
            insert into {_schema.Name}.taking_part (tenant, complaint, party, received_at)
            select 'a', id, 'department/d' || (received_at % 50), received_at from {_schema.Name}.complaint;
            analyze {_schema.Name}.taking_part;
            analyze {_schema.Name}.complaint
            """, _connection);
        await fill.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Walked))]
    public async Task A_page_walks_an_index_and_sorts_nothing(string queue, ComplaintQuery query, string index)
    {
        var plan = await PlanOfAsync(query, sql => sql.Page());

        plan.ShouldContain(index, customMessage: queue);
        plan.ShouldNotContain("Sort");
        plan.ShouldNotContain("Seq Scan");
        MostRows(plan).ShouldBeLessThanOrEqualTo(51);
    }

    [Theory]
    [InlineData(ComplaintOrder.Newest)]
    [InlineData(ComplaintOrder.Oldest)]
    [InlineData(ComplaintOrder.Due)]
    public async Task S061_The_cases_of_parties_are_sought_by_their_index(ComplaintOrder order)
    {
        var own = new ComplaintQuery { Parties = ["person/tao", "department/d7"], Order = order };
        foreach (var plan in new[] { await PlanOfAsync(own, sql => sql.Page()), await PlanOfAsync(own, sql => sql.Count()) })
        {
            plan.ShouldContain("taking_part");
            plan.ShouldNotContain("Seq Scan");
            MostRows(plan).ShouldBeLessThanOrEqualTo(600, "no more than the department has");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_several_states_the_first_of_each_are_found_in_the_index_and_only_those_are_sorted(bool isGoingOn)
    {
        var plan = await PlanOfAsync(isGoingOn ? Open with { After = Due } : Open, sql => sql.Page());

        Regex.Count(plan, "using complaint_queue").ShouldBe(Open.States.Length);
        Regex.Count(plan, "Sort Method").ShouldBe(1);
        plan.ShouldNotContain("Seq Scan");
        MostRows(plan).ShouldBeLessThanOrEqualTo(51 * Open.States.Length);
    }

    [Fact]
    public async Task X34_Others_about_the_same_are_looked_for_among_what_came_in_lately()
    {
        var plan = await PlanOfAsync(new() { Order = ComplaintOrder.Newest, States = States.InHand, Category = "c", Area = "n",
            ItemKind = "i", ReceivedFrom = Instant.FromUnixTimeTicks(290_000) }, sql => sql.Page());

        plan.ShouldContain("complaint_received");
        plan.ShouldNotContain("Seq Scan");
        MostRows(plan).ShouldBeLessThanOrEqualTo(1_001, "of thirty thousand");
    }

    [Fact]
    public async Task Counting_reads_no_more_than_it_counts()
    {
        var plan = await PlanOfAsync(new() { States = [ComplaintState.Closed] }, sql => sql.Count());

        MostRows(plan).ShouldBeLessThanOrEqualTo(MatchCount.Most + 1);
    }

    [Fact]
    public async Task S038_Loads_are_counted_in_their_index_alone()
    {
        await using var owned = new NpgsqlCommand(
            $"update {_schema.Name}.complaint set owner = 'p' || number::int % 50; analyze {_schema.Name}.complaint", _connection);
        await owned.ExecuteNonQueryAsync();
        var dialect = new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = _schema.Name });
        var numbered = new NumberedText(new LoadSql(dialect).LoadsText, dialect).Statements.Single();
        object[] values = ["a", new[] { "p0", "p10" }];
        var plan = await PlanAsync(numbered.Text, [.. numbered.Parameters.Select(value => Parameter.Of(values[value]))]);

        plan.ShouldContain("complaint_load");
        plan.ShouldNotContain("Seq Scan");
    }

    [Fact]
    public async Task Control_a_place_that_is_a_count_reads_what_it_leaves_out() => MostRows(await PlanAsync(
        $"""
        select id from {_schema.Name}.complaint where tenant = 'a' and state = 'Closed'
        order by coalesce(due_at, 9223372036854775807), id limit 50 offset 20000
        """))
        .ShouldBeGreaterThan(20_000);

    private async Task<string> PlanOfAsync(ComplaintQuery query, Func<QueueSql, SqlText> text)
    {
        var dialect = new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = _schema.Name });
        var sql = new QueueSql(dialect, new TenantId("a"), query);
        var statement = text(sql);
        var values = sql.ValuesOf(statement);
        var numbered = new NumberedText(statement, dialect).Statements.Single();
        return await PlanAsync(numbered.Text, [.. numbered.Parameters.Select(value => Parameter.Of(values[value]))]);
    }

    private async Task<string> PlanAsync(string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand("explain (analyze, costs off) " + sql, _connection);
        command.Parameters.AddRange(parameters);
        await using var row = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await row.ReadAsync())
            lines.Add(row.GetString(0));
        output.WriteLine(string.Join('\n', lines));
        return string.Join('\n', lines);
    }

    private static double MostRows(string plan) => Regex.Matches(plan, @"rows=([0-9.]+) loops=")
        .Max(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
}
