using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>The ports of the store as one node sees them: each call crosses the wire.</summary>
internal sealed class NodeStore(Database database, Wire wire, string node) : IComplaintStore, ISubjectKeyStore, ITimerStore, IOutboxStore
{
    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.LoadAsync(tenant, id, command, default));

    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.LoadIntakeAsync(query, default));

    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) => wire.CallAsync(() => new ValueTask<CommitOutcome>(database.Commit(node, commit)));

    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.GetAsync(tenant, subjects, default));

    public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.AddAsync(tenant, key, default));

    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.DestroyAsync(tenant, subject, default));

    public ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.ListKeysAsync(after, max, default));

    public ValueTask<int> ReplaceKeysAsync(
        TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.ReplaceKeysAsync(tenant, replacements, default));

    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.DueAsync(tenant, now, max, default));

    public async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
        new NodeClaim(await wire.CallAsync(() => new ValueTask<ITimerClaim>(database.ClaimDue(node, query))).ConfigureAwait(false), database, wire, node);

    public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => database.Inner.TimersAsync(tenant, default);

    public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => database.Inner.RepairAsync(tenant, repair, default);

    public ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => wire.CallAsync(() => new ValueTask<OutboxClaim>(database.Claim(node, query)));

    public ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken) =>
        wire.CallAsync(() => new ValueTask<int>(database.Settle(node, token, fates)));

    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.DeadAsync(tenant, max, default));

    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.ReplayAsync(tenant, messages, now, default));

    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.AgesAsync(tenant, now, default));

    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.ForgetDeliveredAsync(tenant, before, default));
}

/// <summary>A claim as the node that made it sees it. What it gives back crosses the wire too, and nobody waits for that.</summary>
internal sealed class NodeClaim(ITimerClaim claim, Database database, Wire wire, string node) : ITimerClaim
{
    public ImmutableArray<LoadedComplaint> Complaints => claim.Complaints;

    public TimerPosition? Next => claim.Next;

    public ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
        wire.CallAsync(() => new ValueTask<CommitOutcome>(database.Commit(node, claim, commits)));

    public ValueTask DisposeAsync()
    {
        _ = wire.CallAsync(() =>
        {
            claim.DisposeAsync().AsTask().Wait();
            return new ValueTask<bool>(true);
        });
        return default;
    }
}
