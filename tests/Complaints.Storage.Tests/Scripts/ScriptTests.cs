using System.Collections.Concurrent;
using Complaints.Core.Storage;
using Complaints.Core;
using Complaints.Storage.Tests.Broken;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>The same scripts on every store. More of them with COMPLAINTS_FULL=1.</summary>
public sealed class ScriptTests(ITestOutputHelper output)
{
    /// <summary>What no script can come to, with what it would need.</summary>
    internal static readonly string[] NeedMore =
    [
        "adopt", // an imported complaint
        "recalculate", // a newer policy
        "request-extension", "decide-extension", // a policy that allows extensions
    ];

    private static readonly bool Full = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1";

    [Fact]
    public async Task R33_memory_and_sqlite_give_the_same_histories()
    {
        // A new command changes the walks: they go on until each command was accepted once.
        var scripts = Full ? 1_000 : 200;
        await using var database = new TemporaryDatabase();
        var store = database.Open();
        var answered = new HashSet<string>();
        var accepted = new ConcurrentDictionary<string, int>();
        var played = 0;
        for (var seed = 1; seed <= scripts || seed <= 1_000 && Missing(accepted).Except(NeedMore).Any(); seed++, played++)
        {
            var tenant = new TenantId($"script-{seed}");
            var sqlite = await new Script(seed).PlayAsync(StorePorts.Of(new TenantView(store, tenant)));
            var memory = await new Script(seed, accepted).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));

            sqlite.Answers.ShouldBe(memory.Answers, $"seed {seed}");
            sqlite.Ids.ShouldBe(memory.Ids, $"seed {seed}");
            (await Canonical.TextAsync(sqlite.Harness, sqlite.Ids)).ShouldBe(await Canonical.TextAsync(memory.Harness, memory.Ids), $"seed {seed}");
            (await DriftAsync(sqlite.Harness)).ShouldBeEmpty($"seed {seed}");
            (await DriftAsync(memory.Harness)).ShouldBeEmpty($"seed {seed}");
            answered.UnionWith(memory.Answers.Select(answer => answer.Split("State = ") is [_, var state] ? state.Split(',')[0] : answer.Split(' ')[^1]));
        }
        output.WriteLine($"{played} scripts led to {answered.Count} different answers: {string.Join(", ", answered.Order())}");
        answered.Count.ShouldBeGreaterThan(25);
        output.WriteLine($"Accepted: {string.Join(", ", accepted.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))}");
        Missing(accepted).ShouldBe(NeedMore, ignoreOrder: true);
    }

    /// <summary>Work and links that are not what the states ask for.</summary>
    private static async Task<List<WorkDrift>> DriftAsync(DeskHarness harness)
    {
        var found = new List<WorkDrift>();
        await foreach (var drift in new WorkReconciliation(harness.Desk, harness.Ports.Work, harness.Ports.Links, harness.Ports.Chains).FindAsync())
            found.Add(drift);
        return found;
    }

    private static IEnumerable<string> Missing(ConcurrentDictionary<string, int> accepted) =>
        CommandCatalogue.All.Where(command => !command.IsCreating).Select(command => command.Name.Value).Except(accepted.Keys);

    [Fact]
    public async Task R33_control_a_store_that_loses_an_event_gives_another_history()
    {
        var good = await new Script(1).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
        await using var broken = new ForgetsTheLastEvent();
        var bent = await new Script(1).PlayAsync(await broken.OpenAsync(default));

        (await Canonical.TextAsync(bent.Harness, bent.Ids)).ShouldNotBe(await Canonical.TextAsync(good.Harness, good.Ids));
    }
}
