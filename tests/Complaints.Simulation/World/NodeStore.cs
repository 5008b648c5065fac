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

    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        wire.CallAsync(() => new ValueTask<ImmutableArray<DueTimer>>(database.Due(node, now, max)));

    public ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => wire.CallAsync(() => new ValueTask<OutboxClaim>(database.Claim(node, query)));

    public ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken) =>
        wire.CallAsync(() => new ValueTask<int>(database.Settle(node, token, fates)));

    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.DeadAsync(tenant, max, default));

    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken) =>
        wire.CallAsync(() => database.Inner.ReplayAsync(tenant, messages, now, default));

    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.AgesAsync(tenant, now, default));

    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) => wire.CallAsync(() => database.Inner.ForgetDeliveredAsync(tenant, before, default));
}
