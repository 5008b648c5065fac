using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>How SQLite reads a page of work: along the index of each lane, as far as the page goes.</summary>
public sealed class WorkPlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly WorkFilter Everything = new(
    [
        new(WorkLaneKind.Person, "amy"), new(WorkLaneKind.Team, "north"), new(WorkLaneKind.Duty, "approve", 2_000),
        new(WorkLaneKind.Duty, "hand-over"),
    ])
    {
        ExceptNotFor = ["amy"],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");
    private SqliteStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new(Path.Combine(_folder.FullName, "a.db"));
        await _store.MigrateAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_of_work_walks_the_index_of_each_lane_and_sorts_only_what_these_find(bool isGoingOn)
    {
        var after = isGoingOn ? new WorkPosition(Instant.FromUtc(2026, 9, 1, 1, 0), Guid.Empty, "approve", null) : (WorkPosition?)null;
        var plan = Plan(new WorkSql(new SqliteDialect()).Page(new TenantId("a"), Everything with { After = after }));

        plan.ShouldContain("INDEX work_person");
        plan.ShouldContain("INDEX work_team");
        Regex.Count(plan, "INDEX work_duty").ShouldBe(2);
        Regex.Count(plan, @"SEARCH work USING INDEX [^\n]*\nSCAN of_lane").ShouldBe(4, "in a lane nothing is sorted");
        plan.ShouldNotContain("SCAN work");
        plan.ShouldNotContain("SCAN c");
    }

    [Fact]
    public void S061_A_departments_tray_walks_its_lanes_and_asks_of_each_case_by_key_who_takes_part()
    {
        var tray = Everything with { Parties = ["team/north", "person/amy"] };
        var plan = Plan(new WorkSql(new SqliteDialect()).Page(new TenantId("a"), tray));

        Regex.Count(plan, @"SEARCH work USING INDEX work_").ShouldBe(4);
        plan.ShouldContain("SEARCH p USING PRIMARY KEY (tenant=? AND complaint=? AND party=?)");
        plan.ShouldNotContain("SCAN work");
        plan.ShouldNotContain("SCAN p");
    }

    [Fact]
    public void S083_What_is_to_be_done_in_an_area_on_a_day_is_found_in_its_index()
    {
        var day = new WorkFilter([new(WorkLaneKind.Area, "north")])
        {
            Works = ["step"], DueBefore = Instant.FromUtc(2026, 9, 2, 0, 0),
            After = new WorkPosition(Instant.FromUtc(2026, 9, 1, 0, 0), Guid.Empty, "", null),
        };
        var plan = Plan(new WorkSql(new SqliteDialect()).Page(new TenantId("a"), day));

        plan.ShouldContain("INDEX work_area (tenant=? AND area=? AND");
        plan.ShouldNotContain("SCAN work");
    }

    [Fact]
    public void Work_is_counted_along_the_index_of_each_lane() =>
        Plan(new WorkSql(new SqliteDialect()).Count(new TenantId("a"), Everything)).ShouldNotContain("SCAN work");

    [Fact]
    public async Task More_than_ten_thousand_pieces_of_one_person_are_told_page_by_page_and_counted_no_further_than_is_worth_it()
    {
        const int Pieces = 12_000;
        await using (var connection = new SqliteConnection($"Data Source={_store.Path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var fill = connection.CreateCommand();
            fill.CommandText =
                $"""
                with recursive n(i) as (select 1 union all select i + 1 from n where i < {Pieces})
                insert into work (tenant, aggregate, noun, subject, work, person, amount, due_at, since)
                select 'a', randomblob(16), 'complaint', '', 'handle', 'amy', 0, i / 7, 0 from n
                """;
            await fill.ExecuteNonQueryAsync();
        }
        var tenant = new TenantId("a");
        var filter = new WorkFilter([new(WorkLaneKind.Person, "amy")]) { Take = 500 };
        (await _store.CountWorkAsync(tenant, filter, default)).ShouldHaveSingleItem().Count.ShouldBe(MatchCount.Most + 1);
        var met = new HashSet<Guid>();
        for (var page = await _store.ListWorkAsync(tenant, filter, default); page.Length > 0;
            page = await _store.ListWorkAsync(tenant, filter with { After = page[^1].Position }, default))
            met.UnionWith(page.Select(item => item.Of.Value));
        met.Count.ShouldBe(Pieces);
    }

    [Fact]
    public void Control_work_of_nobody_in_particular_is_scanned() =>
        Plan((new SqlText("select * from work where area = 'north' order by due_at limit 50"), [])).ShouldContain("TEMP B-TREE");

    private string Plan((SqlText Text, object?[] Values) statement)
    {
        using var connection = new SqliteConnection($"Data Source={_store.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + statement.Text.Text;
        foreach (var (name, value) in statement.Text.Parameters.Zip(statement.Values))
            command.Parameters.AddWithValue(name, value is Guid id ? id.ToByteArray(bigEndian: true) : value ?? DBNull.Value);
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(3));
        var plan = string.Join('\n', lines);
        output.WriteLine(plan);
        return plan;
    }
}
