using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <summary>A reader that pages the old way: a place is how many complaints were before it, so that whoever leaves takes another
/// along.</summary>
public class OffsetPages(IComplaintReader inner) : IComplaintReader
{
    private readonly Dictionary<ComplaintPosition, int> _skipped = [];

    public virtual async ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        if (query.Before is not null)
            return await inner.ListAsync(tenant, query, cancellationToken);
        query.ThrowIfUnusable();
        var all = (await inner.ListAsync(tenant, query with { After = null, Take = 500 }, cancellationToken)).Items;
        var skip = query.After is { } after ? _skipped.GetValueOrDefault(after) : 0;
        var page = ComplaintPage.Of(query, [.. all.Skip(skip).Take(query.Take + 1)]);
        if (page.Next is { } next)
            _skipped[next] = skip + page.Items.Length;
        return page;
    }

    public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) =>
        inner.CountAsync(tenant, query, cancellationToken);

    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken) =>
        inner.FindAsync(tenant, name, cancellationToken);

    public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
        inner.HistoryAsync(tenant, id, cancellationToken);

    public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
        inner.ScanAsync(tenant, cancellationToken);

    public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        inner.CountAsync(tenant, cancellationToken);
}
