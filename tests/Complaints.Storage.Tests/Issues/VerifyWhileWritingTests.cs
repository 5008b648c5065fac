using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Issues;

/// <summary>Heads and events are two streams of two snapshots: commands between them looked like tampering.</summary>
public sealed class VerifyWhileWritingTests
{
    [Fact]
    public async Task Commands_between_the_two_streams_are_no_findings()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()), ids: new UuidV7Generator());
        var id = await harness.FileAsync();
        var key = (await harness.Keys.TenantKeysAsync(TenantId.Default, default)).Checkpoints;
        await Checkpoints.TakeAsync(harness.Ports.Chains, TenantId.Default, key, harness.Clock.GetCurrentInstant(), default);
        var busy = new BusyStore(harness.Ports.Chains, async () =>
        {
            _ = (await harness.Desk.ExecuteAsync(id, new AddNote("Meanwhile."))).Value;
            await harness.FileAsync(Drafts.Chinese(2));
        });

        var report = await ChainVerifier.VerifyAsync(
            busy, TenantId.Default, await harness.Keys.TenantKeysAsync(TenantId.Default, default), default);

        report.Findings.ShouldBeEmpty();
        report.Complaints.ShouldBe(2);
    }

    [Fact]
    public async Task Two_checkpoints_at_once_follow_each_other()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()), ids: new UuidV7Generator());
        await harness.FileAsync();
        var key = (await harness.Keys.TenantKeysAsync(TenantId.Default, default)).Checkpoints;
        var other = false;
        var busy = new BusyStore(harness.Ports.Chains, async () =>
        {
            if (other)
                return;
            other = true;
            await harness.FileAsync(Drafts.Chinese(3));
            await Checkpoints.TakeAsync(harness.Ports.Chains, TenantId.Default, key, harness.Clock.GetCurrentInstant(), default);
        });

        (await Checkpoints.TakeAsync(busy, TenantId.Default, key, harness.Clock.GetCurrentInstant(), default)).ShouldNotBeNull();

        var keys = await harness.Keys.TenantKeysAsync(TenantId.Default, default);
        (await ChainVerifier.VerifyAsync(harness.Ports.Chains, TenantId.Default, keys, default)).IsIntact.ShouldBeTrue();
    }

    /// <summary>Something happens after the heads were read, and before a checkpoint is saved.</summary>
    private sealed class BusyStore(IChainStore store, Func<Task> meanwhile) : IChainStore
    {
        public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken) => store.TenantsAsync(cancellationToken);

        public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken) => store.HeadsAsync(tenant, cancellationToken);

        public async IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant,
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await meanwhile();
            await foreach (var entry in store.EventsAsync(tenant, cancellationToken))
                yield return entry;
        }

        public ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid complaint, CancellationToken cancellationToken) => store.ChainAsync(
            tenant, complaint, cancellationToken);

        public async ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken)
        {
            await meanwhile();
            await store.SaveCheckpointAsync(tenant, part, cancellationToken);
        }

        public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken) => store.CheckpointsAsync(tenant, cancellationToken);
    }
}
