using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <content>Improvements, and whatever else is small.</content>
public abstract partial class RelationalStore
{
    private protected AggregateSql Aggregates { get; }

    /// <inheritdoc/>
    public ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, (session, token) => Aggregates.LoadAsync(session, tenant, id, command, isInside: false, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, (session, token) => AggregateSql.NextNumberAsync(session, tenant, noun, year, token),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        CheckSkew(commit.Command.RecordedAt);
        try
        {
            // Sent again when the connection broke: it cannot take effect twice, because of its version, its command id and its number.
            var touched = await _sessions.WriteAsync(
                commit.Tenant,
                async session => await session.RunAllAsync(Aggregates.StatementsOf(commit), cancellationToken).ConfigureAwait(false),
                cancellationToken, isRepeatable: true).ConfigureAwait(false);
            if (touched[0] == 0)
                return CommitOutcome.Conflict;
        }
        catch (StoreException e) when (e.InnerException is DbException error && _sessions.Dialect.IsDuplicate(error))
        {
            return CommitOutcome.Conflict;
        }
        if (!commit.Outbox.IsEmpty)
            MessagesWritten();
        return CommitOutcome.Committed;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return _sessions.ReadAsync(tenant, (session, token) => Aggregates.ListAsync(session, tenant, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return _sessions.ReadAsync(tenant, (session, token) => AggregateSql.DueAsync(session, tenant, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        await _sessions.WriteAsync(tenant, session => AggregateSql.LookAgainAsync(session, tenant, look), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Throws where this host's clock and the database's are too far apart for anything to be dated.</summary>
    private protected virtual void CheckSkew(Instant recordedAt) { }
}
