using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A good queue, to be bent.</summary>
public abstract class BrokenQueue : BrokenFixture, IOutboxStore
{
    protected override IOutboxStore Outbox => this;

    public virtual ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => Good.ClaimAsync(tenant, query, cancellationToken);

    public virtual ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken) =>
        Good.SettleAsync(tenant, token, fates, now, cancellationToken);

    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => Good.DeadAsync(tenant, max, cancellationToken);

    public virtual ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken) =>
        Good.ReplayAsync(tenant, messages, now, cancellationToken);

    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken) => Good.AgesAsync(tenant, now, cancellationToken);

    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) => Good.ForgetDeliveredAsync(tenant, before, cancellationToken);
}

/// <summary>Takes anybody's word for what became of a message.</summary>
public sealed class BelievesWhoLostItsLease : BrokenQueue
{
    private string _last = "";

    public override ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => base.ClaimAsync(tenant, query with { Token = _last = query.Token }, cancellationToken);

    public override ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken) =>
        base.SettleAsync(tenant, _last, fates, now, cancellationToken);
}

/// <summary>Counts every claim for an attempt.</summary>
public sealed class CountsWhatWasReleased : BrokenQueue
{
    public override ValueTask<int> SettleAsync(
        TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken) =>
            base.SettleAsync(
            tenant, token, [.. fates.Select(fate => fate is MessageFate.Released(var id, var at) ? new MessageFate.Retried(id, at)
                : fate)], now,
            cancellationToken);
}

/// <summary>Reads what is due and keeps it for nobody.</summary>
public sealed class HandsOutWithoutALease : BrokenQueue
{
    public override ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => base.ClaimAsync(tenant, query with { Lease = Duration.Zero }, cancellationToken);
}

/// <summary>Counts what it was asked to replay.</summary>
public sealed class ReplaysWhatWaits : BrokenQueue
{
    public override async ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken)
    {
        await base.ReplayAsync(tenant, messages, now, cancellationToken);
        return messages.Count;
    }
}
