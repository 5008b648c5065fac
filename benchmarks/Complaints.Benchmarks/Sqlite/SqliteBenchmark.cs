using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>A command on SQLite with synchronous=FULL: the library against hand-written SQL and against EF Core, all writing the same rows and bytes.</summary>
internal static class SqliteBenchmark
{
    private const int Complaints = 2_000;
    private const int Slice = 600;

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
            await using var ef = new EfArm(Copy("ef"), work);
            var deskArm = new DeskArm(desk, work, callers: 1);
            var crowdArm = new DeskArm(crowd, work, callers: 32);
            Rounds.Print($"{Complaints:N0} complaints, {Slice} commands a slice, 9 rounds; speed as a multiple of the first line");
            var ratios = await Rounds.CompareAsync(
                [
                    new("hand-written load + one transaction", raw.RunAsync, raw.PrepareAsync),
                    new("ComplaintDesk.ExecuteAsync", deskArm.RunAsync),
                    new("EF Core load + SaveChanges", ef.RunAsync, ef.PrepareAsync),
                ],
                Slice, warmUps: 8);
            await work.ProveEqualAsync(raw.File, ef.File, desk.Path);
            // Apart from the others, so that its background checkpoints do not fall into their slices.
            var crowded = await Rounds.CompareAsync(
                [new("hand-written load + one transaction", raw.RunAsync, raw.PrepareAsync), new("ComplaintDesk.ExecuteAsync, 32 callers", crowdArm.RunAsync)], Slice, warmUps: 4);
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
}

/// <summary>The library.</summary>
internal sealed class DeskArm(SqliteStore store, Workload work, int callers)
{
    private readonly ComplaintDesk _desk = Workload.Desk(StorePorts.Of(store));
    private long _next;
    private int _slices;
    private long _commands;
    private long _roundTrips;

    public double RoundTripsPerCommand => (double)_roundTrips / _commands;

    public async Task RunAsync(int operations)
    {
        var before = store.RoundTrips;
        if (callers == 1)
        {
            for (var i = 0; i < operations; i++)
                await OneAsync();
        }
        else
        {
            var left = operations;
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    await OneAsync();
            })));
        }
        // The first slice also reads the definitions and the tenant's key, once for the process.
        if (Interlocked.Increment(ref _slices) == 1)
            return;
        _roundTrips += store.RoundTrips - before;
        _commands += operations;
    }

    private async Task OneAsync()
    {
        var (id, command) = work.Command(Interlocked.Increment(ref _next) - 1);
        var result = await _desk.ExecuteAsync(id, command);
        if (!result.IsSuccess)
            throw new InvalidOperationException(result.Refusal!.Message);
    }
}
