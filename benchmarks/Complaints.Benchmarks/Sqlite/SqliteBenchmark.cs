using Complaints.Benchmarks.Commands;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>A command on SQLite with synchronous=FULL: the library against hand-written SQL and against EF Core, all writing the same rows and bytes.</summary>
internal static class SqliteBenchmark
{
    private const int Complaints = 2_000;
    private const int Slice = 400;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            var work = await Workload.CreateAsync(Complaints);
            var template = Path.Combine(folder.FullName, "template.db");
            await using (var store = new SqliteStore(template))
                await work.WriteBeginningAsync(store);
            string Copy(string name)
            {
                var file = Path.Combine(folder.FullName, name + ".db");
                File.Copy(template, file);
                return file;
            }

            await using var desk = new SqliteStore(Copy("desk"));
            await using var crowd = new SqliteStore(Copy("crowd"));
            await using var raw = new RawArm(Copy("raw"), work);
            var efFile = Copy("ef");
            await using var efConnection = Open(efFile);
            var ef = new EfArm(new DbContextOptionsBuilder<ComplaintContext>().UseSqlite(efConnection).Options, work);
            var deskArm = new DeskArm(StorePorts.Of(desk), () => desk.RoundTrips, work, callers: 1);
            var crowdArm = new DeskArm(StorePorts.Of(crowd), () => crowd.RoundTrips, work, callers: 32);
            Rounds.Print($"{Complaints:N0} complaints, {Slice} commands a slice, 21 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("hand-written load + one transaction", raw.RunAsync, raw.PrepareAsync),
                    new("ComplaintDesk.ExecuteAsync", deskArm.RunAsync),
                    new("EF Core load + SaveChanges", ef.RunAsync, ef.PrepareAsync),
                ],
                Slice, rounds: 21, warmUps: 8);
            await using var rawStore = new SqliteStore(raw.File);
            await using var efStore = new SqliteStore(efFile);
            await Workload.ProveEqualAsync(rawStore, efStore, desk);
            // Apart from the others, so that its background checkpoints do not fall into their slices.
            var crowded = await Rounds.CompareAsync(
                [new("hand-written load + one transaction", raw.RunAsync, raw.PrepareAsync), new("ComplaintDesk.ExecuteAsync, 32 callers", crowdArm.RunAsync)], Slice, rounds: 21, warmUps: 4);
            Rounds.Print($"desk : hand-written  {ratios[1]:F2}  (goal 0.75)");
            Rounds.Print($"desk : EF Core       {ratios[1] / ratios[2]:F2}  (goal 1.9)");
            Rounds.Print($"32 callers : hand-written  {crowded[1]:F2}  (goal 2)");
            Rounds.Print($"round trips a command  {deskArm.RoundTripsPerCommand:F2}  (goal 2)");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A connection as durable as the library's.</summary>
    internal static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma wal_autocheckpoint = 20000; pragma cache_size = -64000";
        pragmas.ExecuteNonQuery();
        return connection;
    }
}
