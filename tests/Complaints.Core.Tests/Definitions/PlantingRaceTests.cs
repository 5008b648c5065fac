using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Definitions;

/// <summary>Two that begin at once, of which one is faster: a built-in never comes upon what a host brought along.</summary>
public sealed class PlantingRaceTests
{
    [Fact]
    public async Task X02_A_slow_node_puts_no_built_in_upon_what_a_faster_one_has_published()
    {
        var store = new InMemoryComplaintStore();
        var seed = new DefinitionSeed(TenantId.Default, "tenant", "default", DeskHarness.GapFreeSettings);
        var overtaken = new Overtaken(store, async () =>
            await new DefinitionLibrary(store, new FakeClock(), [seed]).RulesAsync(TenantId.Default, default));
        var slow = new DefinitionLibrary(overtaken, new FakeClock(), [seed]);
        (await slow.RulesAsync(TenantId.Default, default)).Settings.GapFreeNumbers.ShouldBe(true);
        (await store.ListAsync(TenantId.Default, default)).Where(definition => definition.Kind == "tenant")
            .Select(definition => (definition.Version, definition.PublishedBy)).ShouldBe([(1, "built-in"), (2, "seed")]);
    }

    /// <summary>A store that somebody else works on just before the settings come.</summary>
    private sealed class Overtaken(InMemoryComplaintStore good, Func<Task> meanwhile) : IDefinitionStore
    {
        private bool _isOver;

        public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
            good.ListAsync(tenant, cancellationToken);

        public async ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken)
        {
            if (definition.Kind == "tenant" && !_isOver)
            {
                _isOver = true;
                await meanwhile();
            }
            return await good.TryAddAsync(definition, cancellationToken);
        }

        public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
            good.NewerAsync(tenant, since, cancellationToken);
    }
}
