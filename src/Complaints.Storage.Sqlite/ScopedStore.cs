using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Sqlite;

/// <summary>The store on the host's connection, inside the host's transaction.</summary>
internal sealed class ScopedStore(SqliteStore store, SqliteTransaction transaction) : IComplaintStore, IAggregateStore
{
    private const string Savepoint = "complaints";

    public bool PrefersGapFreeNumbers => store.PrefersGapFreeNumbers;

    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        RunAsync(session => store.LoadSql.ComplaintAsync(session, tenant, id, command, cancellationToken, isInside: true), cancellationToken);

    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        RunAsync(session => store.LoadSql.IntakeAsync(session, query, cancellationToken, isInside: true), cancellationToken);

    public ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken) =>
        RunAsync(session => store.AggregateSql.LoadAsync(session, tenant, id, command, isInside: true, cancellationToken),
            cancellationToken);

    public ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken) =>
        RunAsync(session => AggregateSql.NextNumberAsync(session, tenant, noun, year, cancellationToken), cancellationToken);

    public ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query,
        CancellationToken cancellationToken) =>
        store.ListAsync(tenant, query, cancellationToken);

    public ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken) =>
        store.DueAsync(tenant, query, cancellationToken);

    public ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken) => store.LookAgainAsync(
        tenant, look, cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        SavedAsync(session => store.Writer.TryWriteAsync(session, commit), cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken) => SavedAsync(async session =>
    {
        try
        {
            return (await session.RunAllAsync(store.AggregateSql.StatementsOf(commit)).ConfigureAwait(false))[0] > 0;
        }
        catch (DbException e) when (store.IsDuplicate(e))
        {
            return false;
        }
    }, cancellationToken);

    private ValueTask<CommitOutcome> SavedAsync(Func<SqlSession, ValueTask<bool>> write, CancellationToken cancellationToken) => RunAsync(
        async session =>
    {
        await transaction.SaveAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        var written = false;
        try
        {
            written = await write(session).ConfigureAwait(false);
        }
        finally
        {
            // A disk that is full has ended the host's whole transaction by itself.
            if (!written && SQLitePCL.raw.sqlite3_get_autocommit(transaction.Connection!.Handle) == 0)
                await transaction.RollbackAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        }
        await transaction.ReleaseAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        return written ? CommitOutcome.Committed : CommitOutcome.Conflict;
    }, cancellationToken);

    private async ValueTask<T> RunAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended: a desk in it ends with it.");
        await store.MakeReadyAsync(cancellationToken).ConfigureAwait(false);
        var session = new KeptSession(connection);
        try
        {
            return await work(session).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw store.Translate(e);
        }
        finally
        {
            await session.ForgetAsync().ConfigureAwait(false);
        }
    }
}
