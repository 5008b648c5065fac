using System.Collections.Concurrent;
using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;

namespace Complaints.Storage.Sqlite;

/// <summary>Claims complaints with due timers: there is one lease a file, since one program writes at a time in any case. Only who finds something due asks for it.</summary>
internal sealed class Sweeper(TimerSql timers, SqliteSessions sessions, RowWriter writer, Action messagesWritten)
{
    private const string LongestLease = "60000000";

    private readonly ConcurrentDictionary<int, SqlText> _due = new();
    private readonly SqlText _load = new([sessions.Dialect.BeginRead, .. timers.LoadAll, sessions.Dialect.EndRead]);

    // One that ends later was taken by a clock that stood ahead, and its owner may be gone: nobody waits a year for it.
    private readonly SqlText _take = new(
        $"""
        insert into sweeper (name, owner, until) values ('timers', @owner, {sessions.Dialect.Now} + @lease)
        on conflict (name) do update set owner = excluded.owner, until = excluded.until 
        where until <= {sessions.Dialect.Now} or until > {sessions.Dialect.Now} + max(@lease, {LongestLease})
        """);

    // Also when nobody took over: whether a late decision counts must not depend on who else is there.
    private readonly SqlText _isMine = new($"select 1 from sweeper where name = 'timers' and owner = @owner and until > {sessions.Dialect.Now}");
    private readonly SqlText _release = new("delete from sweeper where name = 'timers' and owner = @owner");

    public async ValueTask<ITimerClaim> ClaimAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
    {
        var nothing = new DuePage([], null);
        if ((await DueAsync(tenant, query, cancellationToken).ConfigureAwait(false)).Complaints.Count == 0)
            return new Claim(this, null, nothing, []);
        var owner = Guid.NewGuid().ToString("N");
        var isTaken = await sessions.WriteAsync(
            tenant, async session => await session.RunAsync(_take, owner, query.Lease.BclCompatibleTicks / 10).ConfigureAwait(false) > 0, cancellationToken).ConfigureAwait(false);
        if (!isTaken)
            return new Claim(this, null, nothing, []);
        var claim = new Claim(this, owner, nothing, []);
        try
        {
            // Again: whoever had the lease may have done it meanwhile.
            var due = await DueAsync(tenant, query, cancellationToken).ConfigureAwait(false);
            return new Claim(this, owner, due, await LoadAsync(tenant, due.Complaints, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await claim.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private ValueTask<DuePage> DueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) => sessions.ReadAsync(tenant, async (session, token) =>
    {
        var text = _due.GetOrAdd(query.Max, static (max, timers) => new(timers.DueComplaints(max)), timers);
        var row = await session.QueryAsync(text, token, TimerSql.DueValues(tenant, query)).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        return await TimerSql.ReadDueAsync(row, query.Max, token).ConfigureAwait(false);
    }, cancellationToken);

    private ValueTask<ImmutableArray<LoadedComplaint>> LoadAsync(TenantId tenant, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => sessions.ReadAsync(tenant, async (session, token) =>
    {
        var row = await session.QueryAsync(_load, token, tenant.Value, sessions.Dialect.Ids(ids)).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var loaded = await TimerSql.ReadAllAsync(row, ids, token).ConfigureAwait(false);
        await row.NextResultAsync(token).ConfigureAwait(false);
        return loaded;
    }, cancellationToken);

    private async ValueTask<CommitOutcome> CommitAsync(string owner, IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        var outcome = await sessions.WriteAsync(async session =>
        {
            var isWritten = await IsMineAsync(session, owner).ConfigureAwait(false);
            for (var i = 0; isWritten && i < commits.Count; i++)
                isWritten = await writer.TryWriteAsync(session, commits[i]).ConfigureAwait(false);
            return new Written<CommitOutcome>(isWritten ? CommitOutcome.Committed : CommitOutcome.Conflict, Keep: isWritten);
        }, cancellationToken).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed)
            messagesWritten();
        return outcome;
    }

    private async ValueTask<bool> IsMineAsync(SqlSession session, string owner)
    {
        var row = await session.QueryAsync(_isMine, CancellationToken.None, owner).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        return await row.ReadAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask ReleaseAsync(string owner) =>
        await sessions.WriteAsync(null, async session => await session.RunAsync(_release, owner).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false);

    private sealed class Claim(Sweeper sweeper, string? owner, DuePage due, ImmutableArray<LoadedComplaint> complaints) : ITimerClaim
    {
        private bool _isOver = owner is null;

        public ImmutableArray<LoadedComplaint> Complaints => complaints;

        public TimerPosition? Next => due.Next;

        public ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
            owner is null ? new(commits.Count == 0 ? CommitOutcome.Committed : CommitOutcome.Conflict) : sweeper.CommitAsync(owner, commits, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_isOver)
                return;
            _isOver = true;
            await sweeper.ReleaseAsync(owner!).ConfigureAwait(false);
        }
    }
}
