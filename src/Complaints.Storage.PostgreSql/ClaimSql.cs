using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// Claims complaints with due timers: their rows stay locked by a transaction, which is the lease. Whoever falls silent in it longer than that is put out by the server, also where it
/// stopped in the middle of an answer.
/// </summary>
internal sealed class ClaimSql(TimerSql timers, PostgreSqlSessions sessions, StatementWriter writer, Action messagesWritten)
{
    // A session that waits to send is not idle: there the lease is how long its bytes may lie unread. Only Linux can be told so; other systems would complain in the server's log.
    // A plan that walks the index of due timers and stops at the limit, whatever was due when the statistics were taken (SPEED 4). All of it ends with the transaction.
    private const string Lease =
        """
        select pg_catalog.set_config('idle_in_transaction_session_timeout', @lease, true),
               case when pg_catalog.strpos(pg_catalog.version(), 'linux') > 0 then pg_catalog.set_config('tcp_user_timeout', @lease, true) end,
               pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', true),
               pg_catalog.set_config('enable_sort', 'off', true), pg_catalog.set_config('enable_hashjoin', 'off', true), pg_catalog.set_config('enable_mergejoin', 'off', true)
        """;

    private readonly ConcurrentDictionary<int, SqlText> _texts = new();

    /// <summary>Reads what was claimed.</summary>
    public SqlText Load { get; } = new([.. timers.LoadAll]);

    /// <summary>The claim's statements; the second one finds and locks.</summary>
    public SqlText Text(int max) => _texts.GetOrAdd(max, static (max, timers) => new(Lease, timers.DueComplaints(max)), timers);

    public ValueTask<ITimerClaim> ClaimAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
        sessions.KeepAsync<ITimerClaim>(async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            var session = sessions.On(connection, tenant);
            var due = await DueAsync(session, tenant, query, cancellationToken).ConfigureAwait(false);
            var complaints = due.Complaints.Count == 0 ? [] : await LoadAsync(session, tenant, due.Complaints, cancellationToken).ConfigureAwait(false);
            return new TimerClaim(connection, transaction, session, sessions, writer, messagesWritten, due, complaints);
        }, cancellationToken);

    private async ValueTask<DuePage> DueAsync(PostgreSqlSession session, TenantId tenant, TimerQuery query, CancellationToken token)
    {
        var lease = Math.Max(1, (long)query.Lease.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var row = await session.QueryAsync(Text(query.Max), token, [lease, .. TimerSql.DueValues(tenant, query)]).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        await row.NextResultAsync(token).ConfigureAwait(false);
        return await TimerSql.ReadDueAsync(row, query.Max, token).ConfigureAwait(false);
    }

    /// <summary>A statement of its own, which sees what was committed until the rows were locked.</summary>
    private async ValueTask<ImmutableArray<LoadedComplaint>> LoadAsync(PostgreSqlSession session, TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken token)
    {
        var row = await session.QueryAsync(Load, token, tenant.Value, ids.ToArray()).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        return await TimerSql.ReadAllAsync(row, ids, token).ConfigureAwait(false);
    }
}

/// <summary>A transaction that holds the rows of complaints.</summary>
internal sealed class TimerClaim(
    NpgsqlConnection connection, NpgsqlTransaction transaction, PostgreSqlSession session, PostgreSqlSessions sessions, StatementWriter writer, Action messagesWritten, DuePage due,
    ImmutableArray<LoadedComplaint> complaints) : ITimerClaim
{
    public ImmutableArray<LoadedComplaint> Complaints => complaints;

    public TimerPosition? Next => due.Next;

    /// <summary>One round trip for all statements and one to commit, because a version that does not fit fails no statement.</summary>
    public async ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        sessions.CheckSkew(commits.Max(commit => commit.Command?.RecordedAt));
        try
        {
            if (await session.LeastAsync(commits.Select(writer.StatementOf)).ConfigureAwait(false) == 0)
                return CommitOutcome.Conflict;
        }
        catch (NpgsqlException e) when (IsUndone(e))
        {
            return CommitOutcome.Conflict;
        }
        catch (NpgsqlException e)
        {
            throw sessions.Dialect.Translate(e);
        }
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            messagesWritten();
            return CommitOutcome.Committed;
        }
        catch (NpgsqlException e)
        {
            throw sessions.Dialect.Translate(e);
        }
    }

    /// <summary>Gives back what was not written.</summary>
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A key that is taken, or the end of the transaction before anybody asked for its commit: for certain nothing was written.</summary>
    private static bool IsUndone(NpgsqlException e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } || PostgreSqlErrors.IsBroken(e);
}
