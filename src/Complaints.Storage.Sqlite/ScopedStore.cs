using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Sqlite;

/// <summary>The store on the host's connection, inside the host's transaction.</summary>
internal sealed class ScopedStore(SqliteStore store, SqliteTransaction transaction) : IComplaintStore
{
    private const string Savepoint = "complaints";

    public bool PrefersGapFreeNumbers => store.PrefersGapFreeNumbers;

    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        RunAsync(session => store.LoadSql.ComplaintAsync(session, tenant, id, command, cancellationToken, isInside: true), cancellationToken);

    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        RunAsync(session => store.LoadSql.IntakeAsync(session, query, cancellationToken, isInside: true), cancellationToken);

    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) => RunAsync(async session =>
    {
        await transaction.SaveAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
        var written = false;
        try
        {
            written = await store.Writer.TryWriteAsync(session, commit).ConfigureAwait(false);
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
