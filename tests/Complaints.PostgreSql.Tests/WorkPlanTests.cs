using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational;
using NodaTime;
using Npgsql;

namespace Complaints.PostgreSql.Tests;

/// <summary>How PostgreSQL reads a page of work: along the index of each lane, as far as the page goes. A million pieces with
/// COMPLAINTS_FULL=1.</summary>
public sealed class WorkPlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Size = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 1_000_000 : 60_000;

    private static readonly WorkFilter Everything = new(
    [
        new(WorkLaneKind.Person, "amy"), new(WorkLaneKind.Team, "north"), new(WorkLaneKind.Duty, "approve", 2_000),
        new(WorkLaneKind.Duty, "hand-over"),
    ])
    {
        ExceptNotFor = ["amy"],
    };

    private readonly TestSchema _schema = new();
    private NpgsqlConnection _connection = null!;

    /// <summary>A third of all is one person's, a third one team's, a third waits for an approval.</summary>
    public async ValueTask InitializeAsync()
    {
        await (await _schema.OpenAsync()).MigrateAsync(default);
        _connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
        await using var fill = new NpgsqlCommand(
            $"""
            insert into {_schema.Name}.work (tenant, aggregate, noun, subject, work, person, team, duty, amount, due_at, since, area)
            select 'a', gen_random_uuid(), 'complaint', '', 'handle', case when i % 3 = 0 then 'amy' end,
              case when i % 3 = 1 then 'north' end, case when i % 3 = 2 then 'approve' end, 100, i * 100000::bigint, i,
              'area-' || (i % 50)
            from generate_series(1, {Size}) i;
            insert into {_schema.Name}.taking_part (tenant, complaint, party, received_at)
            select 'a', aggregate, coalesce('person/' || person, 'team/' || team, 'team/other'), since from {_schema.Name}.work;
            analyze {_schema.Name}.work;
            analyze {_schema.Name}.taking_part
            """, _connection) { CommandTimeout = 300 };
        await fill.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_work_reads_a_page_of_each_lane(bool isGoingOn)
    {
        var after = isGoingOn ? new WorkPosition(Instant.FromUnixTimeSeconds(1_000), Guid.Empty, "handle", null) : (WorkPosition?)null;
        var plan = await PlanAsync(sql => sql.Page(new TenantId("a"), Everything with { After = after }));

        foreach (var index in (string[])["work_person", "work_team", "work_duty"])
            plan.ShouldContain(index);
        plan.ShouldNotContain("Seq Scan on work");
        MostRows(plan).ShouldBeLessThanOrEqualTo(200, "four lanes of fifty");
    }

    [Fact]
    public async Task S061_A_departments_tray_reads_a_page_of_its_lane_and_asks_of_each_case_who_takes_part()
    {
        var tray = new WorkFilter([new(WorkLaneKind.Team, "north"), new(WorkLaneKind.Person, "tao")])
        {
            Parties = ["team/north", "person/tao"],
        };
        var plan = await PlanAsync(sql => sql.Page(new TenantId("a"), tray));

        plan.ShouldContain("work_team");
        plan.ShouldContain("taking_part");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("hashed");
        MostRows(plan).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task S083_What_is_to_be_done_in_an_area_on_a_day_is_found_in_its_index()
    {
        var day = new WorkFilter([new(WorkLaneKind.Area, "area-7")])
        {
            Works = ["handle"], After = new WorkPosition(Instant.FromUnixTimeSeconds(1_000), Guid.Empty, "", null),
            DueBefore = Instant.FromUnixTimeSeconds(4_000),
        };
        var plan = await PlanAsync(sql => sql.Page(new TenantId("a"), day));

        plan.ShouldContain("work_area");
        plan.ShouldNotContain("Seq Scan on work");
        MostRows(plan).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public async Task Work_is_counted_no_further_than_is_told() =>
        MostRows(await PlanAsync(sql => sql.Count(new TenantId("a"), Everything))).ShouldBeLessThanOrEqualTo(4 * (MatchCount.Most + 1));

    [Fact]
    public async Task Control_work_of_a_whole_tenant_is_read_whole() =>
        MostRows(await ExplainAsync($"select * from {_schema.Name}.work where tenant = 'a' and not_for is null order by since limit 50"))
            .ShouldBeGreaterThan(Size / 3);

    private Task<string> PlanAsync(Func<WorkSql, (SqlText Text, object?[] Values)> make)
    {
        var dialect = new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = _schema.Name });
        var (text, values) = make(new WorkSql(dialect));
        var numbered = new NumberedText(text, dialect).Statements.Single();
        return ExplainAsync(numbered.Text, [.. numbered.Parameters.Select(value => Parameter.Of(values[value]))]);
    }

    private async Task<string> ExplainAsync(string sql, params NpgsqlParameter[] parameters)
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

    /// <summary>The most rows that any step has handed on.</summary>
    private static int MostRows(string plan) => Regex.Matches(plan, @"rows=(\d+)").Max(match => int.Parse(match.Groups[1].Value));
}
