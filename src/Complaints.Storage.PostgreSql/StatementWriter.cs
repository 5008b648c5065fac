using Complaints.Core.Storage;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Writes a complaint, or many, in one statement each: one round trip, one transaction.</summary>
internal sealed class StatementWriter(PostgreSqlSessions sessions, PostgreSqlDialect dialect) : Relational.ICommitWriter
{
    private readonly CommitSql _commit = new(dialect);
    private readonly ImportSql _import = new(dialect);

    /// <summary>
    /// Sent again when the connection broke: it cannot take effect twice, because of its version and of its command id. If the first try had been written after all, the second
    /// is a conflict, and the desk finds the answer when it loads again.
    /// </summary>
    public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        sessions.CheckSkew(commit.Command?.RecordedAt);
        try
        {
            NpgsqlBatchCommand? sent = null;
            var written = await sessions.AttemptAsync(
                commit.Tenant, session => new ValueTask<long>(
                    session.NumberAsync([], sent = _commit.Of(commit, isTakenBack: true), [], cancellationToken)),
                isRepeatable: true, cancellationToken).ConfigureAwait(false);
            _commit.TakeBack(sent!, commit);
            return written > 0 ? CommitOutcome.Committed : CommitOutcome.Conflict;
        }
        catch (StoreException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return CommitOutcome.Conflict;
        }
    }

    /// <summary>Not sent again when the connection broke: nobody could say how many were written.</summary>
    public async ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        sessions.CheckSkew();
        try
        {
            return (int)await sessions.AttemptAsync(
                commits[0].Tenant,
                session => new ValueTask<long>(session.NumberAsync(["begin", ImportSql.Plan], _import.Of(commits), ["commit"])),
                isRepeatable: false, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } error)
        {
            if (commits[0].Number is not null)
                return 0;
            throw new StoreException($"Of {commits.Count} complaints none was imported: an id, a number or a key is taken ({error.ConstraintName}).", error);
        }
    }

    /// <summary>The statement of a commit, for a transaction that somebody else began.</summary>
    public NpgsqlBatchCommand StatementOf(ComplaintCommit commit) => _commit.Of(commit);
}
