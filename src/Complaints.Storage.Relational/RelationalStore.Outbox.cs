using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <content>The outbox as a queue: whoever takes a message pushes its due instant to the end of the lease, so that nothing need be released when a sender dies.</content>
public abstract partial class RelationalStore : IOutboxStore
{
    /// <inheritdoc/>
    public async ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await GiveBackAsync(tenant, query, cancellationToken).ConfigureAwait(false);
        return await _sessions.WriteAsync(tenant, async session =>
        {
            var text = query.IsOrdered ? _outbox.ClaimInOrder : _outbox.Claim;
            var row = await session.QueryAsync(text, CancellationToken.None, Values.Of(query.Now), query.Lease.BclCompatibleTicks / 10, query.Token, tenant.Value, query.Channel, (long)query.Max).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var messages = new List<ClaimedMessage>();
            while (await row.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                messages.Add(new(row.Id(0), new(row.Id(1)), row.GetString(2), row.Bytes(3), row.Instant(4), (int)row.GetInt64(5)));
            // To the end: what commits stands behind the rows.
            while (await row.NextResultAsync(CancellationToken.None).ConfigureAwait(false))
            {
            }
            return new OutboxClaim(query.Token, [.. messages.OrderBy(message => message.CreatedAt).ThenBy(message => message.Id)]);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives back what was taken by a clock that was wrong, where the clock is a program's own.</summary>
    private protected virtual ValueTask GiveBackAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public async ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(fates);
        var statements = new List<Statement>();
        var divided = fates.OfType<MessageFate.Divided>().ToList();
        foreach (var whole in divided)
            statements.AddRange(whole.Parts.Select(part => new Statement(_outbox.AddPart, part.Id, Values.Of(now), part.Channel, tenant.Value, token, whole.Id)));
        var parts = statements.Count;
        if (fates.Where(fate => fate is MessageFate.Delivered or MessageFate.Divided).Select(fate => fate.Id).ToList() is { Count: > 0 } done)
            statements.Add(new(_outbox.Deliver, Values.Of(now), tenant.Value, token, Ids(done)));
        foreach (var retried in fates.OfType<MessageFate.Retried>().GroupBy(fate => fate.At, fate => fate.Id))
            statements.Add(new(_outbox.Retry, Values.Of(retried.Key), tenant.Value, token, Ids(retried)));
        foreach (var released in fates.OfType<MessageFate.Released>().GroupBy(fate => fate.At, fate => fate.Id))
            statements.Add(new(_outbox.Release, Values.Of(released.Key), tenant.Value, token, Ids(released)));
        foreach (var dead in fates.OfType<MessageFate.GivenUp>().GroupBy(fate => fate.Reason, fate => fate.Id))
            statements.Add(new(_outbox.GiveUp, Values.Of(now), dead.Key, tenant.Value, token, Ids(dead)));
        if (statements.Count == 0)
            return 0;
        var touched = await _sessions.WriteAsync(tenant, async session => await session.RunAllAsync(statements).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (divided.Count > 0)
            Bell.Ring();
        return touched.Skip(parts).Sum();

        object Ids(IEnumerable<Guid> ids) => _sessions.Dialect.Ids(ids);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, ended) =>
        {
            var row = await session.QueryAsync(_outbox.Dead, ended, tenant.Value, (long)max).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var dead = ImmutableArray.CreateBuilder<DeadMessage>();
            while (await row.ReadAsync(ended).ConfigureAwait(false))
                dead.Add(new(row.Id(0), new(row.Id(1)), row.GetString(2), row.GetString(3), (int)row.GetInt64(4), row.Instant(5), row.GetString(6)));
            return dead.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _sessions.WriteAsync(tenant, async session => await session.RunAsync(_outbox.Replay, Values.Of(now), tenant.Value, _sessions.Dialect.Ids(messages)).ConfigureAwait(false), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, ended) =>
        {
            var row = await session.QueryAsync(_outbox.Ages, ended, tenant.Value, Values.Of(now)).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            await row.ReadAsync(ended).ConfigureAwait(false);
            return new QueueAges(Age(0), Age(1), row.GetInt64(2)) { FarAhead = row.GetInt64(4) };

            Duration Age(int column) => row.IsDBNull(column) ? Duration.Zero : Duration.FromTicks(Math.Max(0, row.GetInt64(3) - row.GetInt64(column)) * 10);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) =>
        _sessions.WriteAsync(tenant, async session => await session.RunAsync(_outbox.Forget, tenant.Value, Values.Of(before)).ConfigureAwait(false), cancellationToken);
}
