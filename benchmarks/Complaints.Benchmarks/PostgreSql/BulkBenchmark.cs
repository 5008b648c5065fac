using Complaints.Benchmarks.Commands;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational;
using Npgsql;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>Bulk intake: whole complaints with their events, timers and messages, against the same rows written one statement each in one transaction.</summary>
internal static class BulkBenchmark
{
    private const int Slice = 2_000;
    private static readonly Dictionary<string, string> Texts = [];

    public static async Task RunAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        await using var bulkSource = BenchmarkServer.Source(server, "bulk");
        await using var rowSource = BenchmarkServer.Source(server, "by_row");
        var bulk = new PostgreSqlStore(bulkSource, new PostgreSqlStoreOptions { Schema = "bulk" });
        var rows = new PostgreSqlStore(rowSource, new PostgreSqlStoreOptions { Schema = "by_row" });
        await bulk.MigrateAsync(default);
        await rows.MigrateAsync(default);
        var commits = (await Workload.CreateAsync(Slice * 12)).Beginning;
        var (bulkNext, rowNext) = (0, 0);
        Rounds.Print($"{Slice:N0} complaints a slice, 9 rounds; speed as a multiple of the first line");
        var ratios = await Rounds.CompareAsync(
            [
                new("one statement a row, one transaction", async count => await RowByRowAsync(rowSource, commits.Skip(rowNext).Take(count), rowNext += count)),
                new("ImportAsync", async count => await ImportAsync(bulk, [.. commits.Skip(bulkNext).Take(count)], bulkNext += count)),
            ],
            Slice, warmUps: 2);
        await Workload.ProveEqualAsync(rows, bulk);
        Rounds.Print($"bulk : row by row  {ratios[1]:F2}  (goal 5)");
    }

    private static async Task ImportAsync(PostgreSqlStore store, List<ComplaintCommit> commits, int _)
    {
        foreach (var some in commits.Chunk(500))
            await store.ImportAsync(some, default);
    }

    private static async Task RowByRowAsync(NpgsqlDataSource source, IEnumerable<ComplaintCommit> commits, int _)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var row in commits.SelectMany(CommitRows.Of))
        {
            await using var command = new NpgsqlCommand(TextOf(row), connection, transaction);
            for (var i = 0; i < row.Values.Length; i++)
            {
                command.Parameters.Add(row.Table == "complaint" && i > 0
                    ? Parameter.Of(row.Values[i], Parameter.TypeOf(ComplaintRow.Columns[i - 1]))
                    : Parameter.Of(row.Values[i]));
            }
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    private static string TextOf(Row row)
    {
        if (!Texts.TryGetValue(row.Table, out var text))
            Texts[row.Table] = text = $"insert into {row.Table} ({string.Join(", ", row.Columns)}) values ({string.Join(", ", row.Columns.Select((_, i) => $"${i + 1}"))})";
        return text;
    }
}
