using System.Data.Common;
using Complaints.Benchmarks.PostgreSql;
using Complaints.Benchmarks.Sqlite;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Benchmarks.Work;

/// <summary>The first page of a department's tray among a million pieces of work of a hundred departments, each piece on a case of its own,
/// on both stores: against a hand-written select of the same two lanes and the same bound. Then a page of the department's cases, and what
/// is to be done in an area on a day.</summary>
internal static class TrayBenchmark
{
    private const int Page = 50;
    private const int Slice = 200;

    private static readonly string[] Parties = ["person/tao", "team/dept-7", "department/dept-7"];

    private static readonly WorkFilter Tray = new([new(WorkLaneKind.Person, "tao"), new(WorkLaneKind.Team, "dept-7")])
    {
        ExceptNotFor = ["tao"], Works = ["sign", "answer"], Parties = [.. Parties], Take = Page,
    };

    private static readonly WorkFilter Day = new([new(WorkLaneKind.Area, "area-7")])
    {
        ExceptNotFor = ["tao"], Works = ["sign", "answer"], Take = Page,
        After = new WorkPosition(Instant.FromUnixTimeSeconds(50_000), Guid.Empty, "", null),
        DueBefore = Instant.FromUnixTimeSeconds(50_000 + 86_400),
    };

    private static readonly ComplaintQuery Newest = new() { Parties = [.. Parties], Order = ComplaintOrder.Newest };

    private static readonly ComplaintQuery Due = new() { Parties = [.. Parties], States = Core.Lifecycle.States.InHand };

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
            foreach (var insert in Fill("", "unhex(printf('%08x%024x', (i * 2654435761) & 4294967295, i))", "x''", "i"))
            {
                await using var fill = connection.CreateCommand();
                fill.CommandText = insert.Replace(
                    " from n",
                    $" from (with recursive n(i) as (select 1 union all select i + 1 from n where i < {pieces}) select i from n)",
                    StringComparison.Ordinal);
                await fill.ExecuteNonQueryAsync();
            }
            await using var hand = connection.CreateCommand();
            hand.CommandText = Lanes("$");
            await CompareAsync("SQLite", pieces, store, store, hand);
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
        const string Id = "(lpad(to_hex((i::bigint * 2654435761) & 4294967295), 8, '0') || lpad(to_hex(i), 24, '0'))::uuid";
        foreach (var insert in Fill("complaints.", Id, "''::bytea", "i::bigint"))
        {
            await BenchmarkServer.ExecuteAsync(
                server, insert.Replace(" from n", $" from generate_series(1, {pieces}) as n(i)", StringComparison.Ordinal));
        }
        await BenchmarkServer.ExecuteAsync(server, "vacuum analyze");
        await using var source = BenchmarkServer.Source(server, "complaints");
        await using var connection = await source.OpenConnectionAsync();
        await using var hand = connection.CreateCommand();
        hand.CommandText = Lanes("@");
        await CompareAsync("PostgreSQL", pieces, store, store, hand);
    }

    /// <summary>A case, its work for one of a hundred departments, and who takes part. Nine of ten cases are closed.</summary>
    private static string[] Fill(string schema, string id, string empty, string i) =>
    [
        $"insert into {schema}complaint (tenant, id, number, person, received_at, imported, version, kind, state, round, priority, "
            + $"channel, updated_at, due_at, head) select 'default', {id}, '2026-' || i, {id}, {i} * 1000000, 0, 1, 'complaint', "
            + $"case when i % 1000 < 900 then 'Closed' else 'Investigating' end, 1, 'p3', 'phone', i, {i} * 100000, {empty} from n",
        $"insert into {schema}work (tenant, aggregate, noun, subject, work, team, amount, area, due_at, since) select 'default', {id}, "
            + "'complaint', 'task/1', case when i % 2 = 0 then 'sign' else 'answer' end, 'dept-' || (i % 100), 0, 'area-' || (i % 50), "
            + $"{i} * 100000, i from n",
        $"insert into {schema}taking_part (tenant, complaint, party, received_at) "
            + $"select 'default', {id}, 'department/dept-' || (i % 100), {i} * 1000000 from n",
        $"insert into {schema}taking_part (tenant, complaint, party, received_at) "
            + $"select 'default', {id}, 'team/desk-' || (i % 1000), {i} * 1000000 from n",
    ];

    private static async Task CompareAsync(string name, int pieces, IWorkStore store, IComplaintReader reader, DbCommand hand)
    {
        foreach (var (parameter, value) in new (string, object)[] { ("tenant", "default"), ("person", "tao"), ("team", "dept-7"),
            ("one", Parties[0]), ("two", Parties[1]), ("three", Parties[2]) })
        {
            var added = hand.CreateParameter();
            (added.ParameterName, added.Value) = (parameter, value);
            hand.Parameters.Add(added);
        }
        var mine = (await store.ListWorkAsync(TenantId.Default, Tray, default))
            .Select(item => item.Row.Since.ToUnixTimeTicks() / 10).ToList();
        if (mine.Count != Page || !mine.SequenceEqual(await ReadAsync(hand)))
            throw new InvalidOperationException("The arms did not read the same.");
        Rounds.Print($"{name}, first pages of {Page} of {pieces:N0} pieces, {Slice} a slice, 9 rounds; pages a second, bound 200 (5 ms)");
        var ratios = await Rounds.CompareAsync(
            [
                Of("hand-written select of the lanes", () => ReadAsync(hand)),
                Of("tray: IWorkStore.ListWorkAsync", () => store.ListWorkAsync(TenantId.Default, Tray, default).AsTask()),
                Of("an area on a day", () => store.ListWorkAsync(TenantId.Default, Day, default).AsTask()),
                Of("the department's newest cases", () => reader.ListAsync(TenantId.Default, Newest, default).AsTask()),
            ],
            Slice, warmUps: 2);
        Rounds.Print($"{name} tray : hand-written  {ratios[1]:F2}");
        await Rounds.CompareAsync(
            [Of("the department's cases in hand, by due instant", () => reader.ListAsync(TenantId.Default, Due, default).AsTask())],
            operations: 20, rounds: 5);
    }

    private static Arm Of(string name, Func<Task> once) => new(name, async count =>
    {
        for (var i = 0; i < count; i++)
            await once();
    });

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
        string[] lanes = [$"person = {mark}person", $"team = {mark}team and person is null"];
        var selects = lanes.Select(lane =>
            "select * from (select aggregate, work, person, team, duty, amount, due_at, since, subject from work "
            + $"where tenant = {mark}tenant and {lane} and work in ('sign', 'answer') and (select count(*) from taking_part p "
            + $"where p.tenant = {mark}tenant and p.complaint = aggregate and p.party in ({mark}one, {mark}two, {mark}three)) > 0 "
            + $"order by due_at, aggregate, work, subject limit {Page}) as l");
        return "select w.aggregate, w.work, w.person, w.team, w.duty, w.amount, w.due_at, w.since, c.number, c.category, c.priority "
            + $"from ({string.Join(" union all ", selects)}) as w left join complaint c on c.tenant = {mark}tenant and c.id = w.aggregate "
            + $"order by w.due_at, w.aggregate, w.work, w.subject limit {Page}";
    }
}
