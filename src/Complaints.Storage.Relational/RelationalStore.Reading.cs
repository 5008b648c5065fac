using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>Queues, timelines, reports.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText FindNumber = new("select id from complaint where tenant = @tenant and number = @number");

    private static readonly SqlText SelectHistory = new(
        "select version, idx, body, hash from event where tenant = @tenant and complaint = @complaint order by version, idx");

    private static readonly SqlText SelectAll = new(
        $"select {ComplaintRow.SummaryColumns} from complaint c where c.tenant = @tenant order by c.received_at, c.id");

    private static readonly SqlText CountAll = new(
        """
        select (select count(*) from complaint where tenant = @tenant),
               (select count(*) from event where tenant = @tenant),
               (select count(*) from timer where tenant = @tenant),
               (select count(*) from outbox where tenant = @tenant and delivered_at is null and dead_at is null)
        """);

    /// <inheritdoc/>
    public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        var queue = new QueueSql(_sessions.Dialect, tenant, query);
        var page = queue.Page();
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(page, token, queue.ValuesOf(page)).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var found = new List<ComplaintSummary>(query.Take + 1);
            while (await row.ReadAsync(token).ConfigureAwait(false))
                found.Add(ComplaintRow.Read(row, tenant));
            return ComplaintPage.Of(query, found);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        var queue = new QueueSql(_sessions.Dialect, tenant, query);
        var count = queue.Count();
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(count, token, queue.ValuesOf(count)).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            await row.ReadAsync(token).ConfigureAwait(false);
            return MatchCount.Of(row.GetInt32(0));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Number is null == name.SourceHash is null)
            throw new ArgumentException("Give a number or a source's id, and one of them only.", nameof(name));
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var find = name.SourceHash is { } source
                ? session.QueryAsync(FindSource, token, tenant.Value, source)
                : session.QueryAsync(FindNumber, token, tenant.Value, name.Number);
            var row = await find.ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            return await row.ReadAsync(token).ConfigureAwait(false) ? new ComplaintId(row.Id(0)) : (ComplaintId?)null;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(SelectHistory, token, tenant.Value, id.Value).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var history = ImmutableArray.CreateBuilder<StoredEvent>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                history.Add(Event(row, 0));
            return history.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => SummariesAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(CountAll, token, tenant.Value).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            await row.ReadAsync(token).ConfigureAwait(false);
            return new StoreCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }, cancellationToken);

    private static async IAsyncEnumerable<ComplaintSummary> SummariesAsync(SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(SelectAll, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            yield return ComplaintRow.Read(row, tenant);
    }
}
