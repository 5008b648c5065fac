using Complaints.Benchmarks.Commands;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>Bulk intake on SQLite: whole complaints with their events, timers and messages, against prepared inserts of the same rows in one transaction.</summary>
internal static class BulkBenchmark
{
    private const int Slice = 2_000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            await using var bulk = new SqliteStore(Path.Combine(folder.FullName, "bulk.db"));
            await using var rows = new SqliteStore(Path.Combine(folder.FullName, "rows.db"));
            await Workload.ProveEqualAsync(rows, bulk);
            await using var connection = SqliteBenchmark.Open(rows.Path);
            var commits = (await Workload.CreateAsync(Slice * 12)).Beginning;
            var (bulkNext, rowNext) = (0, 0);
            var inserts = new Dictionary<string, SqliteCommand>();
            Rounds.Print($"{Slice:N0} complaints a slice, 9 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("prepared inserts, one transaction", count =>
                    {
                        Insert(connection, inserts, commits.Skip(rowNext).Take(count));
                        rowNext += count;
                        return Task.CompletedTask;
                    }),
                    new("ImportAsync", async count =>
                    {
                        await bulk.ImportAsync([.. commits.Skip(bulkNext).Take(count)], default);
                        bulkNext += count;
                    }),
                ],
                Slice, warmUps: 2);
            await Workload.ProveEqualAsync(rows, bulk);
            Rounds.Print($"bulk : one raw transaction  {ratios[1]:F2}  (goal 0.7)");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Insert(SqliteConnection connection, Dictionary<string, SqliteCommand> inserts, IEnumerable<ComplaintCommit> commits)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var row in commits.SelectMany(CommitRows.Of))
        {
            if (!inserts.TryGetValue(row.Table, out var insert))
                inserts[row.Table] = insert = Prepare(connection, row);
            insert.Transaction = transaction;
            for (var i = 0; i < row.Values.Length; i++)
                insert.Parameters[i].Value = row.Values[i] switch { null => DBNull.Value, Guid id => id.ToByteArray(bigEndian: true), var value => value };
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, Row row)
    {
        var insert = connection.CreateCommand();
        insert.CommandText = $"insert into {row.Table} ({string.Join(", ", row.Columns)}) values ({string.Join(", ", row.Columns.Select(column => "$" + column))})";
        foreach (var column in row.Columns)
            insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        return insert;
    }
}
