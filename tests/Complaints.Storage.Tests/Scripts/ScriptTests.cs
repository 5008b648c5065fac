using System.Text;
using System.Collections.Concurrent;
using Complaints.Core.Storage;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Storage.Tests.Broken;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>The same scripts on every store, and the history against the state. More of them with COMPLAINTS_FULL=1.</summary>
public sealed class ScriptTests(ITestOutputHelper output)
{
    /// <summary>FsCheck chooses the scripts and prints the seed of one that fails; a smaller seed is no simpler script, so nothing is shrunk.</summary>
    private static Arbitrary<int> Seeds => Gen.Choose(1, int.MaxValue - 1).ToArbitrary();

    private static Config Thousand => Config.QuickThrowOnFailure.WithMaxTest(1_000);

    /// <summary>What no script can come to, with what it would need.</summary>
    private static readonly string[] NeedMore =
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
            answered.UnionWith(memory.Answers.Select(answer => answer.Split("State = ") is [_, var state] ? state.Split(',')[0] : answer.Split(' ')[^1]));
        }
        output.WriteLine($"{played} scripts led to {answered.Count} different answers: {string.Join(", ", answered.Order())}");
        answered.Count.ShouldBeGreaterThan(25);
        output.WriteLine($"Accepted: {string.Join(", ", accepted.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}"))}");
        Missing(accepted).ShouldBe(NeedMore, ignoreOrder: true);
    }

    private static IEnumerable<string> Missing(ConcurrentDictionary<string, int> accepted) =>
        CommandCatalogue.All.Where(command => !command.IsCreating).Select(command => command.Name.Value).Except(accepted.Keys);

    [Fact]
    public void Replay_equals_state_for_1000_scripts_in_memory() =>
        Prop.ForAll(Seeds, seed => ReplayAsync(seed, StorePorts.Of(new InMemoryComplaintStore())).GetAwaiter().GetResult()).Check(Thousand);

    [Fact]
    public async Task Replay_equals_state_for_1000_scripts_on_sqlite()
    {
        await using var database = new TemporaryDatabase();
        var store = database.Open(options => options with { Durability = Storage.Sqlite.Durability.Normal });
        var script = 0;
        Prop.ForAll(Seeds, seed => ReplayAsync(seed, StorePorts.Of(new TenantView(store, new($"script-{++script}")))).GetAwaiter().GetResult()).Check(Thousand);
        script.ShouldBe(1_000);
    }

    [Fact]
    public async Task Control_a_history_without_its_last_event_replays_to_another_state()
    {
        var (harness, ids, _) = await new Script(1).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
        var history = await harness.Ports.Reader.HistoryAsync(TenantId.Default, ids[0], default);
        var stored = (await harness.Ports.Store.LoadAsync(TenantId.Default, ids[0], default, default)).Complaint!;

        Replay(history[..^1]).ShouldNotBe(Encoding.UTF8.GetString(stored.State.Span));
    }

    [Fact]
    public async Task R33_control_a_store_that_loses_an_event_gives_another_history()
    {
        var good = await new Script(1).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
        await using var broken = new ForgetsTheLastEvent();
        var bent = await new Script(1).PlayAsync(await broken.OpenAsync(default));

        (await Canonical.TextAsync(bent.Harness, bent.Ids)).ShouldNotBe(await Canonical.TextAsync(good.Harness, good.Ids));
    }

    private static async Task ReplayAsync(int seed, StorePorts ports)
    {
        var (harness, ids, _) = await new Script(seed).PlayAsync(ports);
        foreach (var id in ids)
        {
            var stored = (await harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Complaint!;
            var history = await harness.Ports.Reader.HistoryAsync(TenantId.Default, id, default);
            Replay(history).ShouldBe(Encoding.UTF8.GetString(stored.State.Span), $"seed {seed}");
        }
    }

    private static string Replay(IEnumerable<StoredEvent> history)
    {
        var (state, unknown) = StateCodec.Fold(TenantId.Default, history.Select(stored => EventCodec.Read(stored.Body.Span)));
        unknown.ShouldBeNull();
        return Encoding.UTF8.GetString(StateCodec.Write(state!).Span);
    }
}
