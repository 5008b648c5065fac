using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>How SQLite reads a page of a queue: along an index, as far as the page goes.</summary>
public sealed class QueuePlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly ComplaintPosition Due = new(ComplaintOrder.Due, Instant.FromUtc(2026, 9, 1, 1, 0), new(Guid.Empty));
    private static readonly ComplaintPosition Newest = Due with { Order = ComplaintOrder.Newest };
    private static readonly ComplaintPosition Oldest = Due with { Order = ComplaintOrder.Oldest };
    private static readonly ComplaintQuery Open = new() { States = [.. States.Open, ComplaintState.OnHold] };
    private static readonly ComplaintQuery Own = new() { Parties = ["person/tao", "team/bench", "department/workshop"] };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");
    private SqliteStore _store = null!;

    public static TheoryData<string, ComplaintQuery, string> Walked => new()
    {
        { "one state", new() { States = [ComplaintState.Closed] }, "complaint_queue" },
        { "one state behind a place", new() { States = [ComplaintState.Closed], After = Due }, "complaint_queue" },
        { "one state before a place", new() { States = [ComplaintState.Closed], Before = Due with { At = null } }, "complaint_queue" },
        { "one state of an owner", new() { States = [ComplaintState.Closed], Owner = "amy", After = Due }, "complaint_queue" },
        { "the newest", new() { Order = ComplaintOrder.Newest }, "complaint_received" },
        { "the newest behind a place", Open with { Order = ComplaintOrder.Newest, After = Newest }, "complaint_received" },
        { "the oldest before a place", Open with { Order = ComplaintOrder.Oldest, Before = Oldest }, "complaint_received" },
    };

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
    [MemberData(nameof(Walked))]
    public void A_page_walks_an_index_and_sorts_nothing(string queue, ComplaintQuery query, string index)
    {
        var plan = PlanOf(query, sql => sql.Page());

        plan.ShouldContain(index, customMessage: queue);
        plan.ShouldNotContain("SCAN c");
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_several_states_the_first_of_each_are_found_in_the_index_alone_and_only_those_are_sorted(bool isGoingOn)
    {
        var plan = PlanOf(isGoingOn ? Open with { After = Due } : Open, sql => sql.Page());

        Regex.Count(plan, "USING COVERING INDEX complaint_queue").ShouldBe(Open.States.Length);
        Regex.Count(plan, "TEMP B-TREE").ShouldBe(1);
        plan.ShouldContain("complaint_id");
    }

    [Theory]
    [InlineData(ComplaintOrder.Newest)]
    [InlineData(ComplaintOrder.Oldest)]
    public void S061_By_receipt_the_first_cases_of_each_party_are_found_in_its_index_and_only_those_are_sorted(ComplaintOrder order)
    {
        var place = Due with { Order = order };
        foreach (var query in new[] { Own with { Order = order }, Own with { Order = order, After = place, States = Open.States } })
        {
            var plan = PlanOf(query, sql => sql.Page());
            Regex.Count(plan, @"SEARCH t USING COVERING INDEX taking_part_party \(tenant=\? AND party=\?").ShouldBe(3);
            Regex.Count(plan, "TEMP B-TREE").ShouldBe(1, "the pages of three parties");
            plan.ShouldContain("SEARCH c USING INDEX complaint_id (tenant=? AND id=?)");
            plan.ShouldNotContain("SCAN t");
            plan.ShouldNotContain("complaint_received");
        }
    }

    [Fact]
    public void S061_By_due_instant_and_for_a_count_the_cases_of_the_parties_are_sought_and_no_others()
    {
        foreach (var plan in new[] { PlanOf(Own with { States = Open.States }, sql => sql.Page()), PlanOf(Own, sql => sql.Count()) })
        {
            plan.ShouldContain("SEARCH taking_part USING COVERING INDEX taking_part_party (tenant=? AND party=?)");
            plan.ShouldContain("INDEX complaint_id (tenant=? AND id=?)");
            plan.ShouldNotContain("complaint_queue");
        }
    }

    [Fact]
    public void What_is_counted_is_counted_in_the_index_alone()
    {
        PlanOf(Open, sql => sql.Count()).ShouldContain("USING COVERING INDEX complaint_queue");
        PlanOf(new(), sql => sql.Count()).ShouldContain("USING COVERING INDEX");
    }

    [Fact]
    public void Control_a_place_that_is_a_count_reads_from_the_beginning_and_an_order_without_an_index_is_sorted() =>
        Plan("select id from complaint where state in ('Closed', 'Registered') order by coalesce(due_at, 1), id limit 50 offset 1000")
            .ShouldContain("TEMP B-TREE");

    [Fact]
    public void S038_Loads_are_counted_in_their_index_alone()
    {
        var plan = Plan(new LoadSql(new SqliteDialect()).LoadsText.Text, ("@tenant", "a"), ("@owners", "[\"amy\", \"ben\"]"));

        plan.ShouldContain("complaint_load");
        plan.ShouldNotContain("SCAN complaint");
    }

    private string PlanOf(ComplaintQuery query, Func<QueueSql, SqlText> text)
    {
        var sql = new QueueSql(new SqliteDialect(), new TenantId("a"), query);
        var statement = text(sql);
        return Plan(statement.Text, [.. statement.Parameters.Zip(sql.ValuesOf(statement))]);
    }

    private string Plan(string sql, params (string Name, object? Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={_store.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value is Guid id ? id.ToByteArray(bigEndian: true) : value);
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(3));
        output.WriteLine(string.Join('\n', lines));
        return string.Join('\n', lines);
    }
}
