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
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Skip, 1_000_000, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Take, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Take, 500, nameof(query));
        return In(tenant, cancellationToken, data =>
        {
            var found = data.Complaints.Values.Select(complaint => complaint.Summary).Where(summary => Fits(data, summary, query)).ToList();
            var sorted = query.Order switch
            {
                ComplaintOrder.Newest => found.OrderByDescending(summary => summary.ReceivedAt).ThenByDescending(summary => summary.Id.Value),
                ComplaintOrder.Oldest => found.OrderBy(summary => summary.ReceivedAt).ThenBy(summary => summary.Id.Value),
                _ => found.OrderBy(summary => summary.DueAt ?? Instant.MaxValue).ThenBy(summary => summary.Id.Value),
            };
            return new ComplaintPage([.. sorted.Skip(query.Skip).Take(query.Take)], found.Count);
        });
    }

    /// <inheritdoc/>
    public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Number is null == name.Source is null)
            throw new ArgumentException("Give a number or a source's id, and one of them only.", nameof(name));
        return In(tenant, cancellationToken, data =>
        {
            var found = name.Source is { } source
                ? data.Sources.TryGetValue((source.Source, source.Id), out var id)
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

    private static bool Fits(MemoryTenant data, ComplaintSummary summary, ComplaintQuery query) =>
        (query.States.IsDefaultOrEmpty || query.States.Contains(summary.State))
        && (query.Owner is null || query.Owner == summary.Owner)
        && (query.Team is null || query.Team == summary.Team)
        && (query.Category is null || query.Category == summary.Category)
        && (query.Priority is null || query.Priority == summary.Priority)
        && (query.Channel is null || query.Channel == summary.Channel)
        && (query.NumberStartsWith is null || summary.Number.StartsWith(query.NumberStartsWith, StringComparison.Ordinal))
        && (query.Lookup is null || data.Lookups.Contains((query.Lookup, summary.Id)))
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
