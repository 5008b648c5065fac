using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A node asks for what is newer than what it has.</summary>
public sealed class NewerDefinitionsTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task X13_Of_two_thousand_versions_none_is_read_again_and_one_that_is_new_alone()
    {
        var counting = new CountingDefinitions(_store);
        var here = new DefinitionLibrary(counting, _clock, []);
        var there = new DefinitionLibrary(_store, _clock, []);
        for (var days = 1; days <= 2_000; days++)
            (await PublishAsync(there, days)).ShouldBeNull();
        (await here.RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays.ShouldBe(2_000);
        counting.Rows.ShouldBeGreaterThanOrEqualTo(2_000);

        counting.Reset();
        _clock.Advance(Duration.FromSeconds(31));
        var before = await here.RulesAsync(TenantId.Default, default);
        (counting.Statements, counting.Rows).ShouldBe((1, 0));

        (await PublishAsync(there, 7)).ShouldBeNull();
        counting.Reset();
        _clock.Advance(Duration.FromSeconds(31));
        var after = await here.RulesAsync(TenantId.Default, default);
        (counting.Statements, counting.Rows).ShouldBe((1, 1));
        (before.Repeats.Value.WindowDays, after.Repeats.Value.WindowDays).ShouldBe((2_000, 7));

        counting.Reset();
        (await here.RulesAsync(TenantId.Default, default)).ShouldBeSameAs(after);
        counting.Statements.ShouldBe(0, "not 30 seconds old");
    }

    [Fact]
    public async Task Eight_at_once_publish_each_a_version_and_every_node_has_all()
    {
        var nodes = Enumerable.Range(0, 8).Select(_ => new DefinitionLibrary(_store, _clock, [])).ToList();
        await Task.WhenAll(nodes.Select((node, i) => Task.Run(async () => (await PublishAsync(node, 100 + i)).ShouldBeNull())));
        _clock.Advance(Duration.FromSeconds(31));

        var seen = new HashSet<int>();
        foreach (var node in nodes)
            seen.Add((await node.RulesAsync(TenantId.Default, default)).Repeats.Version);
        seen.ShouldHaveSingleItem().ShouldBe(9, "the built-in and eight");
    }

    private static async Task<ComplaintError?> PublishAsync(DefinitionLibrary library, int days) => (await library.PublishAsync(
        TenantId.Default, "repeats", "default", $$"""{"windowDays":{{days}}}""", DeskHarness.Administrator, default)).Refusal;
}
