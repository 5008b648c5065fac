using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>Reads complaints for people: queues, timelines, reports. May be served by a replica.</summary>
public interface IComplaintReader
{
    /// <summary>One page of a queue. A store builds it with <see cref="ComplaintPage.Of"/>.</summary>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="ComplaintQuery.ThrowIfUnusable"/>.</exception>
    ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken);

    /// <summary>How many complaints a queue has, counted to at most <see cref="MatchCount.Most"/>: its order and its page do not
    /// matter.</summary>
    ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken);

    /// <summary>The complaint with a number, a source's id, or a look-up; <c>null</c> if there is none.</summary>
    ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken);

    /// <summary>A complaint's history in order; empty if there is none.</summary>
    ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken);

    /// <summary>Every complaint of a tenant in columns, streamed in the order of receipt.</summary>
    IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>How much there is of what.</summary>
    ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <summary>What a queue asks for; everything given must hold.</summary>
public sealed record ComplaintQuery
{
    /// <summary>In one of these states; empty for any.</summary>
    public ImmutableArray<ComplaintState> States { get; init; } = [];

    /// <summary>Of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Of this team.</summary>
    public string? Team { get; init; }

    /// <summary>Of this category.</summary>
    public string? Category { get; init; }

    /// <summary>Of this subcategory.</summary>
    public string? Subcategory { get; init; }

    /// <summary>About this kind of product or service.</summary>
    public string? ItemKind { get; init; }

    /// <summary>About this model, where it is one of the tenant's list.</summary>
    public string? ItemModel { get; init; }

    /// <summary>Received at this instant or later.</summary>
    public Instant? ReceivedFrom { get; init; }

    /// <summary>Of this priority.</summary>
    public string? Priority { get; init; }

    /// <summary>By this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Of this area.</summary>
    public string? Area { get; init; }

    /// <summary>Whose number begins with this.</summary>
    public string? NumberStartsWith { get; init; }

    /// <summary>Of the customer with this look-up (a keyed hash; see <c>ComplaintDesk.LookupAsync</c>).</summary>
    public string? Lookup { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueBefore { get; init; }

    /// <summary>In which one of these parties takes part (<see cref="ITakingPartStore"/>); none for no complaint, <c>null</c> for
    /// any.</summary>
    public ImmutableArray<string>? Parties { get; init; }

    /// <summary>Sorted by.</summary>
    public ComplaintOrder Order { get; init; } = ComplaintOrder.Due;

    /// <summary>Goes on behind this place, which the page before named; <c>null</c> for the beginning.</summary>
    public ComplaintPosition? After { get; init; }

    /// <summary>The page that ends right before this place, in the same order; not together with <see cref="After"/>.</summary>
    public ComplaintPosition? Before { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks the bounds; stores call it first.</summary>
    /// <exception cref="ArgumentException">A page of no or of more than 500 complaints, two places at once, a place of another
    /// order, or more than <see cref="ITakingPartStore.MostParties"/> parties.</exception>
    public void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parties?.Length ?? 0, ITakingPartStore.MostParties, nameof(Parties));
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 500);
        if (After is not null && Before is not null)
            throw new ArgumentException("A page goes on after a place or ends before one, not both.");
        if ((After ?? Before) is { } place && (place.Order != Order || place.At is null && Order != ComplaintOrder.Due))
            throw new ArgumentException($"A place in the order {place.Order} is none in the order {Order}: ask for the first page again.");
    }
}

/// <summary>By what a queue is sorted; ties by id, and <see cref="Newest"/> is the exact reverse of <see cref="Oldest"/>.</summary>
public enum ComplaintOrder
{
    /// <summary>The earliest due first, those without at the end.</summary>
    Due,

    /// <summary>The newest receipt first.</summary>
    Newest,

    /// <summary>The oldest receipt first.</summary>
    Oldest,
}

/// <summary>One page.</summary>
/// <param name="Items">The complaints.</param>
/// <param name="Next">The place behind which the next page begins (<see cref="ComplaintQuery.After"/>); <c>null</c> at the end.</param>
/// <param name="Previous">The place before which the previous page ends (<see cref="ComplaintQuery.Before"/>); <c>null</c> at the
/// beginning.</param>
public sealed record ComplaintPage(ImmutableArray<ComplaintSummary> Items, ComplaintPosition? Next, ComplaintPosition? Previous = null)
{
    /// <summary>The page that answers a query.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="found">The complaints that follow the place in the queue's order, or, for <see cref="ComplaintQuery.Before"/>, those
    /// before it backwards, the nearest first; one more than <see cref="ComplaintQuery.Take"/> where there are as many.</param>
    public static ComplaintPage Of(ComplaintQuery query, IReadOnlyList<ComplaintSummary> found)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(found);
        var hasMore = found.Count > query.Take;
        var items = found.Take(query.Take).ToImmutableArray();
        if (query.Before is not null)
            items = [.. items.Reverse()];
        // On the side from which the page was reached there was a complaint a moment ago.
        var (hasPrevious, hasNext) = query.Before is null ? (query.After is not null, hasMore) : (hasMore, true);
        return new(items, hasNext ? Place(isLast: true) : null, hasPrevious ? Place(isLast: false) : null);

        // A row whose place is damaged is none to go on from.
        ComplaintPosition? Place(bool isLast)
        {
            var whole = items.Where(item => !item.Unreadable.Any(ComplaintPosition.GoesBy));
            return (isLast ? whole.LastOrDefault() : whole.FirstOrDefault()) is { } item ? ComplaintPosition.Of(item, query.Order) : null;
        }
    }
}

/// <summary>How many complaints match, as far as they were counted: counting goes no further than a person would.</summary>
/// <param name="Count">How many, at most <see cref="Most"/>.</param>
/// <param name="IsMore">True when there are more than that.</param>
public readonly record struct MatchCount(int Count, bool IsMore)
{
    /// <summary>1,000: where counting stops.</summary>
    public const int Most = 1_000;

    /// <summary>The count where a store found so many, asked for one more than <see cref="Most"/>.</summary>
    public static MatchCount Of(int found) => new(Math.Min(found, Most), found > Most);
}

/// <summary>A name by which one complaint is found. Exactly one is given.</summary>
/// <param name="Number">Its number.</param>
/// <param name="SourceHash">A source's id, as <c>ComplaintDesk.SourceHashAsync</c> hashes it.</param>
public sealed record ComplaintName(string? Number = null, string? SourceHash = null);

/// <summary>How much a tenant has of what.</summary>
/// <param name="Complaints">Complaints.</param>
/// <param name="Events">Events.</param>
/// <param name="Timers">Timers.</param>
/// <param name="Outbox">Messages that wait to be sent.</param>
public sealed record StoreCounts(long Complaints, long Events, long Timers, long Outbox);
