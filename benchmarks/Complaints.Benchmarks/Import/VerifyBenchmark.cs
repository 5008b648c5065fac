using System.Diagnostics;
using System.Security.Cryptography;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Benchmarks.Import;

/// <summary>
/// The proof of all that an import of the Boston ledger has written, against a hand-written loop that reads the same events and hashes each
/// with a key: what no proof can do without. And the memory of a proof, in a process of its own.
/// </summary>
internal static class VerifyBenchmark
{
    public static async Task<int> RunAsync(bool once)
    {
        if (!File.Exists(ImportBenchmark.Ledger))
        {
            Console.Error.WriteLine($"There is no '{ImportBenchmark.Ledger}': set COMPLAINTS_SHARED to the folder that holds data/.");
            return 2;
        }
        if (once)
            return await OnceAsync(Environment.GetEnvironmentVariable("COMPLAINTS_VERIFY")!);
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            var file = Path.Combine(folder.FullName, "ledger.db");
            await ImportBenchmark.ImportAsync(file);
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["verify", "once"]);
            start.Environment["COMPLAINTS_VERIFY"] = file;
            using (var process = Process.Start(start)!)
                await process.WaitForExitAsync();
            var events = (int)HashAll(file);
            Rounds.Print($"{events:N0} events, 5 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("hand-written read + keyed hash", _ => Task.FromResult(HashAll(file))),
                    new("ChainVerifier.VerifyAsync: the histories alone", _ => VerifyChainsAsync(file)),
                    new("HistoryAudit.VerifyAsync", _ => VerifyAsync(file)),
                ],
                events, rounds: 5);
            Rounds.Print($"verify : hand-written  {ratios[2]:F2}  (bound 50,000 events a second)");
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> OnceAsync(string file)
    {
        await VerifyAsync(file);
        using var process = Process.GetCurrentProcess();
        Rounds.Print($"peak working set of a proof  {process.PeakWorkingSet64 / 1024 / 1024:N0} MB  (bound 300)");
        return 0;
    }

    private static async Task VerifyAsync(string file)
    {
        await using var store = new SqliteStore(file);
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), SystemClock.Instance);
        var report = await new HistoryAudit(store, keys, SystemClock.Instance).VerifyAsync(TenantId.Default);
        if (!report.IsIntact)
            throw new InvalidOperationException(report.Findings[0].Message);
    }

    private static async Task VerifyChainsAsync(string file)
    {
        await using var store = new SqliteStore(file);
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), SystemClock.Instance);
        var own = await keys.TenantKeysAsync(TenantId.Default, default);
        await ChainVerifier.VerifyAsync(store, TenantId.Default, own, default);
    }

    private static long HashAll(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select body, hash from event order by tenant, complaint, version, idx";
        using var reader = command.ExecuteReader();
        var key = new byte[32];
        long events = 0;
        var buffer = new byte[64 * 1024];
        while (reader.Read())
        {
            var length = (int)reader.GetBytes(0, 0, buffer, 32, buffer.Length - 32);
            HMACSHA256.HashData(key, buffer.AsSpan(0, 32 + length), buffer);
            events++;
        }
        return events;
    }
}
