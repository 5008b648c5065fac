using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
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
               (select count(*) from outbox where tenant = @tenant and delivered_at is null)
        """);

    /// <inheritdoc/>
    public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Skip, 1_000_000, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, 500, nameof(query));
        var queue = new QueueSql(tenant, query);
        return _sessions.ReadAsync(async (session, token) =>
        {
            var count = session.Once(queue.Count, queue.Values);
            await using var countDisposal = count.ConfigureAwait(false);
            var total = Convert.ToInt32(await count.ExecuteScalarAsync(token).ConfigureAwait(false), CultureInfo.InvariantCulture);
            var page = session.Once(queue.Page, queue.Values);
            await using var pageDisposal = page.ConfigureAwait(false);
            var items = ImmutableArray.CreateBuilder<ComplaintSummary>();
            await foreach (var item in SummariesAsync(page, token).ConfigureAwait(false))
                items.Add(item);
            return new ComplaintPage(items.DrainToImmutable(), total);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Number is null == name.Source is null)
            throw new ArgumentException("Give a number or a source's id, and one of them only.", nameof(name));
        return _sessions.ReadAsync(async (session, token) =>
        {
            var find = name.Source is { } source
                ? session.Bind(FindSource, tenant.Value, source.Source, source.Id)
                : session.Bind(FindNumber, tenant.Value, name.Number);
            var row = await find.ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            return await row.ReadAsync(token).ConfigureAwait(false) ? new ComplaintId(row.Id(0)) : (ComplaintId?)null;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(async (session, token) =>
        {
            var row = await session.Bind(SelectHistory, tenant.Value, Values.Of(id.Value)).ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var history = ImmutableArray.CreateBuilder<StoredEvent>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                history.Add(new(row.GetInt32(0), row.GetInt32(1), row.Bytes(2), row.Bytes(3)));
            return history.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync((session, token) => SummariesAsync(session.Bind(SelectAll, tenant.Value), token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(async (session, token) =>
        {
            var row = await session.Bind(CountAll, tenant.Value).ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            await row.ReadAsync(token).ConfigureAwait(false);
            return new StoreCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }, cancellationToken);

    private static async IAsyncEnumerable<ComplaintSummary> SummariesAsync(DbCommand select, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            yield return ComplaintRow.Read(row);
    }
}
