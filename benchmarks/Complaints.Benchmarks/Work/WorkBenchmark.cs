using System.Data.Common;
using Complaints.Benchmarks.PostgreSql;
using Complaints.Benchmarks.Sqlite;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Work;

/// <summary>The first page of what waits for one person, one team and two duties, among a million pieces of work, on both stores: against a
/// hand-written select of the same four lanes on the same indexes.</summary>
internal static class WorkBenchmark
{
    private const int Page = 50;
    private const int Slice = 200;

    private static readonly WorkFilter Mine = new(
    [
        new(WorkLaneKind.Person, "amy"), new(WorkLaneKind.Team, "north"), new(WorkLaneKind.Duty, "approve", 2_000),
        new(WorkLaneKind.Duty, "hand-over"),
    ])
    {
        ExceptNotFor = ["amy"], Take = Page,
    };

    /// <summary>A third of all is one person's, a third one team's, a third waits for an approval.</summary>
    private const string Thirds =
        "case when i % 3 = 0 then 'amy' end, case when i % 3 = 1 then 'north' end, case when i % 3 = 2 then 'approve' end, 100";

    public static async Task RunAsync(int pieces)
    {
        await SqliteAsync(pieces);
        await PostgreSqlAsync(pieces);
    }

    private static async Task SqliteAsync(int pieces)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            await using var store = new SqliteStore(Path.Combine(folder.FullName, "desk.db"));
            await store.MigrateAsync(default);
            await using var connection = SqliteBenchmark.Open(store.Path);
            await using (var fill = connection.CreateCommand())
            {
                fill.CommandText =
                    $"""
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < {pieces})
                    insert into work (tenant, aggregate, noun, subject, work, person, team, duty, amount, due_at, since)
                    select 'default', randomblob(16), 'complaint', '', 'handle', {Thirds}, i * 100000, i from n
                    """;
                await fill.ExecuteNonQueryAsync();
            }
            await using var hand = connection.CreateCommand();
            hand.CommandText = Lanes("$");
            await CompareAsync("SQLite", pieces, store, hand);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task PostgreSqlAsync(int pieces)
    {
        await using var server = await BenchmarkServer.StartAsync();
        var store = new PostgreSqlStore(server.ConnectionString());
        await store.MigrateAsync(default);
        await BenchmarkServer.ExecuteAsync(
            server,
            $"""
            insert into complaints.work (tenant, aggregate, noun, subject, work, person, team, duty, amount, due_at, since)
            select 'default', gen_random_uuid(), 'complaint', '', 'handle', {Thirds}, i * 100000::bigint, i
            from generate_series(1, {pieces}) i
            """);
        await BenchmarkServer.ExecuteAsync(server, "vacuum analyze");
        await using var source = BenchmarkServer.Source(server, "complaints");
        await using var connection = await source.OpenConnectionAsync();
        await using var hand = connection.CreateCommand();
        hand.CommandText = Lanes("@");
        await CompareAsync("PostgreSQL", pieces, store, hand);
    }

    private static async Task CompareAsync(string name, int pieces, IWorkStore store, DbCommand hand)
    {
        foreach (var (parameter, value) in new (string, object)[]
            { ("tenant", "default"), ("person", "amy"), ("team", "north"), ("one", "approve"), ("two", "hand-over") })
        {
            var added = hand.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            hand.Parameters.Add(added);
        }
        var mine = (await store.ListWorkAsync(TenantId.Default, Mine, default)).Select(item => item.Row.Since.ToUnixTimeTicks() / 10);
        if (!mine.SequenceEqual(await ReadAsync(hand)))
            throw new InvalidOperationException("The arms did not read the same.");
        Rounds.Print($"{name}, first pages of {Page} of {pieces:N0} pieces, {Slice} a slice, 9 rounds; pages a second, bound 200 (5 ms)");
        var ratios = await Rounds.CompareAsync(
            [
                new("hand-written select of the lanes", async count =>
                {
                    for (var i = 0; i < count; i++)
                        await ReadAsync(hand);
                }),
                new("IWorkStore.ListWorkAsync", async count =>
                {
                    for (var i = 0; i < count; i++)
                        await store.ListWorkAsync(TenantId.Default, Mine, default);
                }),
            ],
            Slice, warmUps: 2);
        Rounds.Print($"{name} work : hand-written  {ratios[1]:F2}");
    }

    private static async Task<List<long>> ReadAsync(DbCommand hand)
    {
        var found = new List<long>(Page);
        await using var row = await hand.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            _ = (row.GetValue(0), row.GetString(1), row.GetValue(2), row.GetValue(3), row.GetValue(4), row.GetInt64(5), row.GetInt64(6));
            found.Add(row.GetInt64(7));
        }
        return found;
    }

    private static string Lanes(string mark)
    {
        string[] lanes =
        [
            "person = {0}person", "team = {0}team and person is null", "duty = {0}one and amount <= 20000000", "duty = {0}two",
        ];
        var selects = lanes.Select(lane =>
            "select * from (select aggregate, work, person, team, duty, amount, due_at, since, subject from work "
            + $"where tenant = {mark}tenant and {lane.Replace("{0}", mark, StringComparison.Ordinal)} "
            + $"and (not_for is null or not_for not like '%amy%') order by due_at, aggregate, work, subject limit {Page}) as l");
        return $"select * from ({string.Join(" union all ", selects)}) as w order by due_at, aggregate, work, subject limit {Page}";
    }
}
