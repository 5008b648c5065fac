using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>The store on the host's connection, inside the host's transaction.</summary>
internal sealed class ScopedStore(PostgreSqlStore store, NpgsqlTransaction transaction) : IComplaintStore, IAggregateStore, IDeadlineClock
{
    /// <summary>Keeps what was done since the savepoint.</summary>
    public const string Release = "release savepoint complaints";

    private const string Savepoint = "savepoint complaints";
    private bool _isOurs;

    private const string Undo = "rollback to savepoint complaints; release savepoint complaints";

    public bool PrefersGapFreeNumbers => store.PrefersGapFreeNumbers;

    public async ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(tenant, cancellationToken).ConfigureAwait(false);
        return await TranslatedAsync(store.LoadSql.ComplaintAsync(session, tenant, id, command, cancellationToken, isInside: true)).ConfigureAwait(false);
    }

    /// <summary>Blocks of numbers are reserved outside: a row of them that waited for the host's commit would hold up every other intake of the tenant. A gap-free number must.</summary>
    public async ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        if (query is { Numbers: 0, NextNumber: true })
            return await KeepNumberAsync(query, cancellationToken).ConfigureAwait(false);
        var first = query.Numbers == 0
            ? 0
            : (await store.LoadIntakeAsync(query with { Lookups = [], SourceHash = null, LoadsOf = [] }, cancellationToken)
                .ConfigureAwait(false)).FirstNumber;
        var session = await SessionAsync(query.Tenant, cancellationToken).ConfigureAwait(false);
        var loaded = await TranslatedAsync(store.LoadSql.IntakeAsync(session, query with { Numbers = 0, NextNumber = false }, cancellationToken, isInside: true)).ConfigureAwait(false);
        return loaded with { FirstNumber = first };
    }

    public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        store.Sessions.CheckSkew(commit.Command?.RecordedAt);
        var session = await SessionAsync(commit.Tenant, cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.NumberAsync([Savepoint], store.Writer.StatementOf(commit), [Release]).ConfigureAwait(false) > 0 ? CommitOutcome.Committed : CommitOutcome.Conflict;
        }
        catch (PostgresException e) when (Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            await TranslatedAsync(ExecuteAsync(session, Undo)).ConfigureAwait(false);
            return e.SqlState == PostgresErrorCodes.UniqueViolation || StandsInTheWay(e) ? CommitOutcome.Conflict : throw store.Sessions.Dialect.Translate(e);
        }
        catch (DbException e)
        {
            throw store.Sessions.Dialect.Translate(e);
        }
    }

    public async ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command,
        CancellationToken cancellationToken)
    {
        var session = await SessionAsync(tenant, cancellationToken).ConfigureAwait(false);
        return await TranslatedAsync(store.AggregateSql.LoadAsync(session, tenant, id, command, isInside: true, cancellationToken))
            .ConfigureAwait(false);
    }

    public async ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(tenant, cancellationToken).ConfigureAwait(false);
        return await TranslatedAsync(AggregateSql.NextNumberAsync(session, tenant, noun, year, cancellationToken)).ConfigureAwait(false);
    }

    public ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query,
        CancellationToken cancellationToken) =>
        store.ListAsync(tenant, query, cancellationToken);

    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken) =>
        store.DueAsync(tenant, query, cancellationToken);

    public ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken) => store.LookAgainAsync(
        tenant, look, cancellationToken);

    public async ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken)
    {
        store.Sessions.CheckSkew(commit.Command.RecordedAt);
        var session = await SessionAsync(commit.Tenant, cancellationToken).ConfigureAwait(false);
        await TranslatedAsync(ExecuteAsync(session, Savepoint)).ConfigureAwait(false);
        try
        {
            var touched = await session.RunAllAsync(store.AggregateSql.StatementsOf(commit)).ConfigureAwait(false);
            await ExecuteAsync(session, Release).ConfigureAwait(false);
            return touched[0] > 0 ? CommitOutcome.Committed : CommitOutcome.Conflict;
        }
        catch (PostgresException e) when (Connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            await TranslatedAsync(ExecuteAsync(session, Undo)).ConfigureAwait(false);
            return e.SqlState == PostgresErrorCodes.UniqueViolation || StandsInTheWay(e) ? CommitOutcome.Conflict
                : throw store.Sessions.Dialect.Translate(e);
        }
        catch (DbException e)
        {
            throw store.Sessions.Dialect.Translate(e);
        }
    }

    public async ValueTask<Instant> NowAsync(CancellationToken cancellationToken)
    {
        var session = await SessionAsync(TenantId.Default, cancellationToken).ConfigureAwait(false);
        return await TranslatedAsync(PostgreSqlStore.TimeAsync(session, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Waits for whoever has the number, and tells it with the rest. When that fails or is given up, only that is undone.</summary>
    private async ValueTask<LoadedIntake> KeepNumberAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        var connection = Connection;
        var session = await SessionAsync(query.Tenant, cancellationToken).ConfigureAwait(false);
        // By itself, so that it is there to go back to when the wait is given up before it has begun.
        await TranslatedAsync(ExecuteAsync(session, Savepoint)).ConfigureAwait(false);
        try
        {
            return await store.LoadSql.IntakeAsync(session, query, cancellationToken, isInside: true).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await TranslatedAsync(ExecuteAsync(session, Undo)).ConfigureAwait(false);
            if (e is PostgresException error && StandsInTheWay(error))
                throw new ConflictException(default(ComplaintId), 0, 0);
            if (e is DbException failure)
                throw store.Sessions.Dialect.Translate(failure);
            throw;
        }
    }

    /// <summary>
    /// Somebody else's change, or lock, is in the way. A transaction with one snapshot cannot see that change; two that wait for each other, or one that waits no longer, see the lock.
    /// </summary>
    private static bool StandsInTheWay(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable;

    private NpgsqlConnection Connection => transaction.Connection ?? throw new InvalidOperationException("The transaction has ended: a desk in it ends with it.");

    private async ValueTask<PostgreSqlSession> SessionAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connection;
        await store.MakeReadyAsync(cancellationToken).ConfigureAwait(false);
        if (!_isOurs && !await TranslatedAsync(store.Sessions.IsOursAsync(connection, cancellationToken)).ConfigureAwait(false))
        {
            throw new ArgumentException(
                $"The transaction is on the database '{connection.Database}' of '{connection.DataSource}', "
                + "the desk's complaints are in another: one transaction holds one database.");
        }
        _isOurs = true;
        return store.Sessions.On(connection, tenant);
    }

    private static async ValueTask<bool> ExecuteAsync(PostgreSqlSession session, string text)
    {
        await session.ExecuteAsync(text).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<T> TranslatedAsync<T>(ValueTask<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw store.Sessions.Dialect.Translate(e);
        }
    }
}
