using Complaints.Benchmarks.Commands;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>A command on PostgreSQL that keeps every promise: the library against hand-written SQL and against EF Core, all writing the same rows and bytes, by 1, 8 and 32 callers.</summary>
internal static class CommandBenchmark
{
    private const int Complaints = 2_000;

    // By then each arm's code is compiled for good, the library's too, which has the most of it: at 1,600 it was still a fifth slower.
    private const int WarmUp = 8_000;

    public static async Task RunAsync()
    {
        await using var server = await BenchmarkServer.StartAsync();
        foreach (var (callers, slice) in new[] { (1, 400), (8, 800), (32, 1_200) })
            await RunAsync(server, callers, slice);
        foreach (var (callers, slice) in new[] { (1, 400), (8, 800) })
            await RunWithParticipantsAsync(server, callers, slice);
    }

    /// <summary>Three persons take part in each complaint, and what is said is sealed under the key of any of them.</summary>
    private static async Task RunWithParticipantsAsync(PrivateServer server, int callers, int slice)
    {
        var work = await Workload.CreateAsync(Complaints, hasParticipants: true);
        await using var rawSource = BenchmarkServer.Source(server, $"raw_three{callers}");
        await using var deskSource = BenchmarkServer.Source(server, $"desk_three{callers}");
        var rawStore = await BeginAsync(rawSource, work, $"raw_three{callers}");
        var desk = await BeginAsync(deskSource, work, $"desk_three{callers}");
        await server.ExecuteAsync("vacuum analyze");
        await server.ExecuteAsync("checkpoint");

        await using var raw = new RawArm(rawSource, work, callers, loadsParticipants: true);
        var deskArm = new DeskArm(StorePorts.Of(desk), () => desk.RoundTrips, work, callers);
        Rounds.Print($"{callers} callers, three persons in each of {Complaints:N0} complaints, {slice} commands a slice, 15 rounds");
        var ratios = await Rounds.CompareAsync(
            [
                new("hand-written load + one statement", raw.RunAsync, raw.PrepareAsync),
                new("ComplaintDesk.ExecuteAsync", deskArm.RunAsync),
            ],
            slice, rounds: 15, warmUps: 1 + WarmUp / slice);
        await Workload.ProveEqualAsync(rawStore, desk);
        Rounds.Print($"desk : hand-written  {ratios[1]:F2}  with three persons (goal 0.80)");
        Rounds.Print($"round trips a command  {deskArm.RoundTripsPerCommand:F2}  (goal 2)");
    }

    private static async Task RunAsync(PrivateServer server, int callers, int slice)
    {
        var work = await Workload.CreateAsync(Complaints);
        await using var rawSource = BenchmarkServer.Source(server, $"raw{callers}");
        await using var deskSource = BenchmarkServer.Source(server, $"desk{callers}");
        await using var efSource = BenchmarkServer.Source(server, $"ef{callers}");
        await using var tunedSource = BenchmarkServer.Source(server, $"tuned{callers}");
        var rawStore = await BeginAsync(rawSource, work, $"raw{callers}");
        var desk = await BeginAsync(deskSource, work, $"desk{callers}");
        var efStore = await BeginAsync(efSource, work, $"ef{callers}");
        var tunedStore = await BeginAsync(tunedSource, work, $"tuned{callers}");
        await server.ExecuteAsync("vacuum analyze");
        await server.ExecuteAsync("checkpoint");

        await using var raw = new RawArm(rawSource, work, callers);
        var deskArm = new DeskArm(StorePorts.Of(desk), () => desk.RoundTrips, work, callers);
        var ef = new EfArm(new DbContextOptionsBuilder<ComplaintContext>().UseNpgsql(BenchmarkServer.PlainConnection(server, $"ef{callers}")).Options, work, callers);
        var tuned = new EfArm(new DbContextOptionsBuilder<ComplaintContext>().UseNpgsql(tunedSource).Options, work, callers);
        Rounds.Print($"{callers} callers on as many connections, {Complaints:N0} complaints, {slice} commands a slice, 15 rounds; speed as a multiple of the first line");
        var ratios = await Rounds.CompareAsync(
            [
                new("hand-written load + one statement", raw.RunAsync, raw.PrepareAsync),
                new("ComplaintDesk.ExecuteAsync", deskArm.RunAsync),
                new("EF Core load + SaveChanges, plain UseNpgsql", ef.RunAsync, ef.PrepareAsync),
                new("EF Core, told to prepare its statements", tuned.RunAsync, tuned.PrepareAsync),
            ],
            slice, rounds: 15, warmUps: 1 + WarmUp / slice);
        await Workload.ProveEqualAsync(rawStore, efStore, tunedStore, desk);
        Rounds.Print($"desk : hand-written  {ratios[1]:F2}  (goal 0.80)");
        Rounds.Print($"desk : EF Core       {ratios[1] / ratios[2]:F2}  (goal 2.2); {ratios[1] / ratios[3]:F2} of one that prepares its statements");
        Rounds.Print($"round trips a command  {deskArm.RoundTripsPerCommand:F2}  (goal 2)");
    }

    private static async Task<PostgreSqlStore> BeginAsync(NpgsqlDataSource source, Workload work, string schema)
    {
        var store = new PostgreSqlStore(source, new PostgreSqlStoreOptions { Schema = schema });
        await work.WriteBeginningAsync(store);
        return store;
    }
}
