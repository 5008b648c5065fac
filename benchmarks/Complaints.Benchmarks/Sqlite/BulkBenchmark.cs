using Complaints.Benchmarks.Commands;
using Complaints.Storage.Sqlite;

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
            var inserts = new PreparedInserts(connection);
            Rounds.Print($"{Slice:N0} complaints a slice, 9 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("prepared inserts, one transaction", count =>
                    {
                        using var transaction = connection.BeginTransaction();
                        inserts.Insert(commits.Skip(rowNext).Take(count).SelectMany(CommitRows.Of), transaction);
                        transaction.Commit();
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
}
