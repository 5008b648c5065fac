using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <content>What waits for whom, and how cases are linked.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => data.Work.Passing(filter, (of, row) => ItemOf(data, of, row))
            .Take(filter.Take).ToImmutableArray());
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => data.Work.Passing(filter with { After = null }, (of, row) => ItemOf(data, of, row))
            .Take(MatchCount.Most + 1)
            .GroupBy(item => item.Row.Work, StringComparer.Ordinal)
            .OrderBy(works => works.Key, StringComparer.Ordinal)
            .Select(works => new WorkCount(works.Key, works.Count(), works.Count(item => item.Row.Due < filter.Now)))
            .ToImmutableArray());
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredWork> AllWorkAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Work.All.ToList());

    /// <inheritdoc/>
    public async ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        await In(tenant, cancellationToken, data =>
        {
            if (data.VersionOf(repair.Of.Value) != repair.Version)
                return false;
            if (repair.Remove)
                data.Work.Remove(repair.Of, repair.Row);
            else if (repair.Version > 0)
                data.Work.Set(repair.Of, repair.Row);
            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LinkedCase>> LinksAsync(TenantId tenant, AggregateId of, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => data.Links
            .Where(link => AggregateId.Of(link.Of) == of)
            .Select(link => new LinkedCase(link.Row.Other, data.NumberOf(link.Row.Other.Value), link.Row.Kind, IsOurs: true))
            .Concat(data.Links.Where(link => link.Row.Other == of)
                .Select(link => new LinkedCase(AggregateId.Of(link.Of), data.NumberOf(link.Of.Value), link.Row.Kind, IsOurs: false)))
            .OrderByDescending(link => link.IsOurs).ThenBy(link => link.Kind, StringComparer.Ordinal)
            .ThenBy(link => link.Number, StringComparer.Ordinal)
            .Take(ILinkStore.MostLinks).ToImmutableArray());

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredLink> AllLinksAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken,
            data => data.Links.OrderBy(link => link.Of.Value.ToString("D"), StringComparer.Ordinal).ToList());

    /// <inheritdoc/>
    public async ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        await In(tenant, cancellationToken, data =>
        {
            var link = new StoredLink(repair.Of, repair.Row);
            return data.VersionOf(repair.Of.Value) == repair.Version
                && (repair.Remove ? data.Links.Remove(link) : repair.Version > 0 && data.Links.Add(link));
        }).ConfigureAwait(false);
    }

    private static WorkItem ItemOf(MemoryTenant data, AggregateId of, WorkRow row)
    {
        var complaint = data.Complaints.GetValueOrDefault(new(of.Value))?.Summary;
        return new(of, data.NumberOf(of.Value), row)
        {
            Category = complaint?.Category,
            Priority = complaint?.Priority,
            Urged = Measures.UrgingOf(complaint?.Measures ?? [], row.Subject),
        };
    }
}
