using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>The store on the host's connection, inside the host's transaction.</summary>
internal sealed class ScopedStore(PostgreSqlStore store, NpgsqlTransaction transaction) : IComplaintStore, IDeadlineClock
{
    private const string Savepoint = "savepoint complaints";
    private const string Release = "release savepoint complaints";
    private const string Undo = "rollback to savepoint complaints; release savepoint complaints";

    public async ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(tenant, cancellationToken).ConfigureAwait(false);
        return await TranslatedAsync(store.LoadSql.ComplaintAsync(session, tenant, id, command, cancellationToken, isInside: true)).ConfigureAwait(false);
    }

    /// <summary>Blocks of numbers are reserved outside: a row of them that waited for the host's commit would hold up every other intake of the tenant. A gap-free number must.</summary>
    public async ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        var first = query.Numbers == 0
            ? 0
            : (await store.LoadIntakeAsync(query with { Lookups = [], Source = null }, cancellationToken).ConfigureAwait(false)).FirstNumber;
        var session = await SessionAsync(query.Tenant, cancellationToken).ConfigureAwait(false);
        var loaded = await TranslatedAsync(store.LoadSql.IntakeAsync(session, query with { Numbers = 0 }, cancellationToken, isInside: true)).ConfigureAwait(false);
        return query.Numbers == 0 ? loaded : loaded with { FirstNumber = first };
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
            await TranslatedAsync(new ValueTask<bool>(UndoAsync(session))).ConfigureAwait(false);
            // A transaction with one snapshot cannot see what stands in its way; it is a change of somebody else's all the same.
            return e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure ? CommitOutcome.Conflict : throw store.Sessions.Dialect.Translate(e);
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

    private NpgsqlConnection Connection => transaction.Connection ?? throw new InvalidOperationException("The transaction has ended: a desk in it ends with it.");

    private async ValueTask<PostgreSqlSession> SessionAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Connection;
        await store.MakeReadyAsync(cancellationToken).ConfigureAwait(false);
        return store.Sessions.On(connection, tenant);
    }

    private static async Task<bool> UndoAsync(PostgreSqlSession session)
    {
        await session.ExecuteAsync(Undo).ConfigureAwait(false);
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
