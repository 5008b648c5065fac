using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <content>Queues, timelines, reports.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => PageOf(data, query));
    }

    private static ComplaintPage PageOf(MemoryTenant data, ComplaintQuery query)
    {
        var isReverse = query.Order == ComplaintOrder.Newest;
        var order = Comparer<ComplaintPosition>.Create((one, other) => isReverse ? Compare(other, one) : Compare(one, other));
        var found = data.Complaints.Values.Select(complaint => complaint.Summary).Where(summary => Fits(data, summary, query))
            .Select(summary => (Summary: summary, Place: ComplaintPosition.Of(summary, query.Order)))
            .Where(row => query.After is not { } after || order.Compare(row.Place, after) > 0)
            .Where(row => query.Before is not { } before || order.Compare(row.Place, before) < 0);
        var sorted = query.Before is null ? found.OrderBy(row => row.Place, order) : found.OrderByDescending(row => row.Place, order);
        return ComplaintPage.Of(query, [.. sorted.Take(query.Take + 1).Select(row => row.Summary)]);
    }

    private static MatchCount CountOf(MemoryTenant data, ComplaintQuery query) =>
        MatchCount.Of(data.Complaints.Values.Count(complaint => Fits(data, complaint.Summary, query)));

    /// <inheritdoc/>
    public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        return In(tenant, cancellationToken, data => CountOf(data, query));
    }

    /// <inheritdoc/>
    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Number is null == name.SourceHash is null)
            throw new ArgumentException("Give a number or a source's id, and one of them only.", nameof(name));
        return In(tenant, cancellationToken, data =>
        {
            var found = name.SourceHash is { } source
                ? data.Sources.TryGetValue(source, out var id)
                : data.Numbers.TryGetValue(name.Number!, out id);
            return found ? id : (ComplaintId?)null;
        });
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => data.Events.Where(stored => stored.Key.Complaint == id.Value).Select(stored => MemoryTenant.Copy(stored.Value)).ToImmutableArray());

    /// <inheritdoc/>
    public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Complaints.Values
            .Select(complaint => complaint.Summary).OrderBy(summary => summary.ReceivedAt).ThenBy(summary => summary.Id.Value).ToList());

    /// <inheritdoc/>
    public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => new StoreCounts(data.Complaints.Count, data.Events.Count, data.Timers.Count, data.Outbox.Values.Count(row => row.IsWaiting)));

    /// <summary>The earliest first, those without an instant at the end, ties by id.</summary>
    private static int Compare(ComplaintPosition one, ComplaintPosition other) =>
        (one.At ?? Instant.MaxValue).CompareTo(other.At ?? Instant.MaxValue) is not 0 and var sign
            ? sign
            : one.Complaint.Value.CompareTo(other.Complaint.Value);

    private static bool Fits(MemoryTenant data, ComplaintSummary summary, ComplaintQuery query) =>
        (query.States.IsDefaultOrEmpty || query.States.Contains(summary.State))
        && (query.Owner is null || query.Owner == summary.Owner)
        && (query.Team is null || query.Team == summary.Team)
        && (query.Category is null || query.Category == summary.Category)
        && (query.Priority is null || query.Priority == summary.Priority)
        && (query.Channel is null || query.Channel == summary.Channel)
        && (query.Area is null || query.Area == summary.Area)
        && (query.Subcategory is null || query.Subcategory == summary.Subcategory)
        && (query.ItemKind is null || query.ItemKind == summary.ItemKind)
        && (query.ItemModel is null || query.ItemModel == summary.ItemModel)
        && (query.ReceivedFrom is null || summary.ReceivedAt >= query.ReceivedFrom)
        && (query.NumberStartsWith is null || summary.Number.StartsWith(query.NumberStartsWith, StringComparison.Ordinal))
        && (query.Lookup is null || data.Lookups.ContainsKey((query.Lookup, summary.Id)))
        && (query.Parties is not { } parties || data.TakesPart(summary.Id, parties))
        && (query.DueBefore is null || summary.DueAt < query.DueBefore);

    /// <summary>Streams what there is now; what is written meanwhile is not seen.</summary>
    private async IAsyncEnumerable<T> StreamAsync<T>(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken, Func<MemoryTenant, List<T>> rows)
    {
        foreach (var row in await In(tenant, cancellationToken, rows).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
