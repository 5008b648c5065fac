using System.Text;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>What a script leaves in a store: the history against the state.</summary>
[Properties(MaxTest = 1_000, Arbitrary = [typeof(Seeds)])]
public sealed class ReplayProperties : IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly Lazy<SqliteStore> _sqlite;
    private int _scripts;

    public ReplayProperties() => _sqlite = new(() => _database.Open(options => options with { Durability = Durability.Normal }));

    /// <summary>Of scripts. A smaller seed is no simpler script, so nothing is shrunk.</summary>
    public static class Seeds
    {
        public static Arbitrary<int> All { get; } = Gen.Choose(1, int.MaxValue - 1).ToArbitrary();
    }

    [Property]
    public Task Replay_equals_state_for_1000_scripts_in_memory(int seed) =>
        ReplayAsync(seed, StorePorts.Of(new InMemoryComplaintStore()));

    [Property]
    public Task Replay_equals_state_for_1000_scripts_on_sqlite(int seed) =>
        ReplayAsync(seed, StorePorts.Of(new TenantView(_sqlite.Value, new($"script-{++_scripts}"))));

    [Fact]
    public async Task Control_a_history_without_its_last_event_replays_to_another_state()
    {
        var (harness, ids, _) = await new Script(1).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
        var history = await harness.Ports.Reader.HistoryAsync(TenantId.Default, ids[0], default);
        var stored = (await harness.Ports.Store.LoadAsync(TenantId.Default, ids[0], default, default)).Complaint!;

        Replay(history[..^1]).ShouldNotBe(Encoding.UTF8.GetString(stored.State.Span));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

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
