using Complaints.Benchmarks.Commands;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>A command on a complaint with 500 events, and on one with 10,000 interactions, on SQLite, against the same command on one that
/// has just been registered. None of them is decided from its history.</summary>
internal static class LongCaseBenchmark
{
    private const int Interactions = 10_000;
    private const int Events = 500;
    private const int Slice = 200;
    private const string Policy = """
        {"label":{"en":"Talk","zh":"沟通"},"order":1,"objectives":[{"objective":"first-response","limit":"1 day"},
        {"objective":"next-response","limit":"2 days"},{"objective":"progress-update","limit":"3 days"}]}
        """;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-benchmark-");
        try
        {
            await using var store = new SqliteStore(Path.Combine(folder.FullName, "desk.db"));
            var clock = new FakeClock();
            var desk = Workload.Desk(StorePorts.Of(store), clock);
            var library = new DefinitionLibrary(store, clock, []);
            var administrator = new Actor("adam", Role.Administrator);
            if ((await library.PublishAsync(TenantId.Default, "policy", "talk", Policy, administrator, default)).Refusal is { } refusal)
                throw new InvalidOperationException(refusal.Message);
            var longCase = (await desk.RegisterAsync(Workload.Draft(0))).Value.Complaint;
            var usual = (await desk.RegisterAsync(Workload.Draft(1))).Value.Complaint;
            await TalkAsync(desk, clock, usual, Events);
            await TalkAsync(desk, clock, longCase, Interactions);
            var bytes = (await store.LoadAsync(TenantId.Default, longCase, default, default)).Complaint!.State.Length;
            ComplaintId fresh = default;
            Rounds.Print($"{Interactions:N0} interactions left a state of {bytes:N0} bytes (bound 20,480); {Slice} a slice, 9 rounds");
            var ratios = await Rounds.CompareAsync(
                [
                    new("an interaction on a new complaint", count => TalkAsync(desk, clock, fresh, count), async count =>
                        fresh = (await desk.RegisterAsync(Workload.Draft(count))).Value.Complaint),
                    new($"an interaction after {Events} events", count => TalkAsync(desk, clock, usual, count)),
                    new("an interaction on the long one", count => TalkAsync(desk, clock, longCase, count)),
                ],
                Slice, warmUps: 3);
            Rounds.Print($"{Events} events : new case  {ratios[1]:F2}  (bound 1 ms a command, its write included)");
            Rounds.Print($"long case : new case  {ratios[2]:F2}  (bound 2 ms a command, reported above as commands a second)");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The customer writes, and we answer.</summary>
    private static async Task TalkAsync(ComplaintDesk desk, FakeClock clock, ComplaintId id, int count)
    {
        for (var i = 0; i < count; i++)
        {
            clock.Advance(Duration.FromMinutes(1));
            var said = new RecordInteraction(i % 2 == 0 ? Direction.Inbound : Direction.Outbound, "chat", Summary: "About the parcel.");
            _ = (await desk.ExecuteAsync(id, said)).Value;
        }
    }
}
