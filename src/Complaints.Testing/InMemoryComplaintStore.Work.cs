using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <content>What waits for whom, how cases are linked, and who takes part.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => Passing(data, filter)
            .Take(filter.Take).ToImmutableArray());
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => Passing(data, filter with { After = null })
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

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints,
        CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => complaints.Where(id => data.TakesPart(id, parties)).ToImmutableHashSet());

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredParty> AllPartiesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Parties.OrderBy(row => row.Of.Value.ToString("D"), StringComparer.Ordinal)
            .ThenBy(row => row.Party, StringComparer.Ordinal).ToList());

    /// <inheritdoc/>
    public async ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        await In(tenant, cancellationToken, data =>
        {
            var row = new StoredParty(repair.Of, repair.Party);
            return data.VersionOf(repair.Of.Value) == repair.Version
                && (repair.Remove ? data.Parties.Remove(row) : repair.Version > 0 && data.Parties.Add(row));
        }).ConfigureAwait(false);
    }

    private static IEnumerable<WorkItem> Passing(MemoryTenant data, WorkFilter filter) => data.Work
        .Passing(filter, (of, row) => ItemOf(data, of, row))
        .Where(item => filter.Parties is not { } parties || data.TakesPart(new(item.Of.Value), parties)
            || item is { Of.Noun: not AggregateId.Complaint, Row.Person: not null });

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
