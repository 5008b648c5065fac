using Complaints.Benchmarks.Commands;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>A registration whose number leaves no gap, on SQLite with synchronous=FULL: against hand-written SQL that looks for the same
/// customer's complaints, takes the year's next number in the transaction of the complaint, and writes the same rows.</summary>
internal static class RegistrationBenchmark
{
    private const int Slice = 200;
    private const int Slices = 9 + 4;

    public static async Task RunAsync()
    {
        Rounds.Print($"{Slice} registrations a slice, 9 rounds; speed as a multiple of the first line");
        Rounds.Print($"1 caller : hand-written    {await CompareAsync(callers: 1):F2}  (goal 0.75)");
        Rounds.Print($"32 callers : hand-written  {await CompareAsync(callers: 32):F2}  (goal 0.75)");
    }

    private static async Task<double> CompareAsync(int callers)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            var work = await Workload.CreateAsync(Slice * Slices);
            await using var store = new SqliteStore(Path.Combine(folder.FullName, "desk.db"));
            await using var rawStore = new SqliteStore(Path.Combine(folder.FullName, "raw.db"));
            foreach (var key in await work.KeysAsync())
            {
                await store.AddAsync(Core.TenantId.Default, key, default);
                await rawStore.AddAsync(Core.TenantId.Default, key, default);
            }
            var desk = Workload.Desk(StorePorts.Of(store));
            await desk.PrepareAsync();
            await using var connection = SqliteBenchmark.Open(rawStore.Path);
            var raw = new RawRegistrations(connection);
            var (deskNext, rawNext) = (0, 0);
            async Task RegisterAsync(int turn) => _ = (await desk.RegisterAsync(Workload.Draft(deskNext + turn))).Value;
            var ratios = await Rounds.CompareAsync(
                [
                    new("hand-written look-up + one transaction", count =>
                    {
                        foreach (var commit in work.Beginning.Skip(rawNext).Take(count))
                            raw.Register(commit);
                        rawNext += count;
                        return Task.CompletedTask;
                    }),
                    new($"ComplaintDesk.RegisterAsync, {callers} callers", async count =>
                    {
                        await Callers.RunAsync(callers, count, RegisterAsync);
                        deskNext += count;
                    }),
                ],
                Slice, warmUps: 4);
            var mine = await store.CountAsync(Core.TenantId.Default, default);
            var theirs = await rawStore.CountAsync(Core.TenantId.Default, default);
            Rounds.Print($"rows afterwards  {mine}  {theirs}");
            return mine == theirs ? ratios[1] : throw new InvalidOperationException("The arms did not write the same.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a careful programmer writes by hand.</summary>
    private sealed class RawRegistrations(SqliteConnection connection)
    {
        private readonly PreparedInserts _inserts = new(connection);
        private readonly SqliteCommand _begin = Make(connection, "begin immediate");
        private readonly SqliteCommand _end = Make(connection, "commit");
        private readonly SqliteCommand _earlier =
            Make(connection, "select hash, answer from command where tenant = $1 and id = $2", "$1", "$2");
        private readonly SqliteCommand _candidates = Make(
            connection,
            "select c.id, c.number, c.state, c.received_at, c.category, c.subcategory, c.item_kind, c.item_model, c.item_hash, l.kind, "
            + "exists (select 1 from lookup r where r.tenant = l.tenant "
            + "and r.person = l.person and r.kind = 'reference') from lookup l join complaint c on c.tenant = l.tenant and c.id = l.complaint "
            + "where l.tenant = $1 and l.hash = $2 order by c.received_at desc limit 50",
            "$1", "$2");
        private readonly SqliteCommand _key =
            Make(connection, "select wrapped from subject_key where tenant = $1 and subject = $2", "$1", "$2");
        private readonly SqliteCommand _next =
            Make(connection, "select next from number_block where tenant = $1 and year = $2", "$1", "$2");
        private readonly SqliteCommand _taken = Make(
            connection,
            "insert into number_block (tenant, year, next) values ($1, $2, $3) "
            + "on conflict (tenant, year) do update set next = excluded.next",
            "$1", "$2", "$3");

        public void Register(ComplaintCommit commit)
        {
            var tenant = commit.Tenant.Value;
            Read(_earlier, tenant, commit.Command!.Id.Value.ToByteArray(bigEndian: true));
            foreach (var lookup in commit.Lookups)
                Read(_candidates, tenant, lookup.Hash);
            Read(_key, tenant, commit.Summary.Person.Value.ToByteArray(bigEndian: true));
            _begin.ExecuteNonQuery();
            var next = Bind(_next, tenant, 2026).ExecuteScalar() is long known ? known : 1;
            _inserts.Insert(CommitRows.Of(commit));
            Bind(_taken, tenant, 2026, next + 1).ExecuteNonQuery();
            _end.ExecuteNonQuery();
        }

        private static void Read(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            using var row = Bind(command, values).ExecuteReader();
            while (row.Read())
                _ = row.GetValue(0);
        }

        private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            return command;
        }

        private static SqliteCommand Make(SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var name in names)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            return command;
        }
    }
}
