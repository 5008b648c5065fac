using Complaints.Core;
using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using FsCheck.Xunit;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>S041, X31: the three laws of a case on the store in memory and on SQLite.</summary>
[Properties(MaxTest = 150, Arbitrary = [typeof(ReplayProperties.Seeds)])]
public sealed class CaseLawTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly CaseLawRuns _memory = new(_ => StorePorts.Of(new InMemoryComplaintStore()));
    private readonly CaseLawRuns _sqlite;

    public CaseLawTests()
    {
        var store = new Lazy<SqliteStore>(() => _database.Open(options => options with { Durability = Durability.Normal }));
        _sqlite = new(tenant => StorePorts.Of(new TenantView(store.Value, tenant)));
    }

    [Property]
    public async Task S041_X31_In_memory_points_and_state_agree_nothing_is_told_before_authority_and_replay_equals_state(int seed) =>
        (await _memory.PlayAsync(seed)).ShouldBeEmpty($"seed {seed}");

    [Property]
    public async Task S041_X31_On_sqlite_points_and_state_agree_nothing_is_told_before_authority_and_replay_equals_state(int seed) =>
        (await _sqlite.PlayAsync(seed)).ShouldBeEmpty($"seed {seed}");

    [Fact]
    public async Task Control_of_each_law_in_memory() => await _memory.ControlAsync();

    [Fact]
    public async Task Control_of_each_law_on_sqlite() => await _sqlite.ControlAsync();

    [Fact]
    public async Task Control_the_scripts_come_to_every_command_and_tell_participants_in_every_way()
    {
        for (var seed = 1; seed <= 5_000 && Missing().Any(); seed++)
            (await _memory.PlayAsync(seed)).ShouldBeEmpty($"seed {seed}");
        Missing().ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private IEnumerable<string> Missing() =>
        CommandCatalogue.All.Where(command => !command.IsCreating).Select(command => command.Name.Value)
            .Except(ScriptTests.NeedMore).Except(_memory.Accepted.Keys)
            .Concat(new[] { "interaction-recorded", "result-notified", "proposal-presented", "proposal-accepted", "proposal-rejected" }
                .Except(_memory.Told.Keys));
}
