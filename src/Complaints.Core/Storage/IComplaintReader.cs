using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>Reads complaints for people: queues, timelines, reports. May be served by a replica.</summary>
public interface IComplaintReader
{
    /// <summary>One page of a queue.</summary>
    ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken);

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

    /// <summary>Of this priority.</summary>
    public string? Priority { get; init; }

    /// <summary>By this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Whose number begins with this.</summary>
    public string? NumberStartsWith { get; init; }

    /// <summary>Of the customer with this look-up (a keyed hash; see <c>ComplaintDesk.LookupAsync</c>).</summary>
    public string? Lookup { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueBefore { get; init; }

    /// <summary>Sorted by.</summary>
    public ComplaintOrder Order { get; init; } = ComplaintOrder.Due;

    /// <summary>How many to leave out, 0 to 1,000,000.</summary>
    public int Skip { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;
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
/// <param name="Total">How many there are in all.</param>
public sealed record ComplaintPage(ImmutableArray<ComplaintSummary> Items, int Total);

/// <summary>A name by which one complaint is found. Exactly one is given.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Source">A source's id.</param>
public sealed record ComplaintName(string? Number = null, Intake.ExternalRef? Source = null);

/// <summary>How much a tenant has of what.</summary>
/// <param name="Complaints">Complaints.</param>
/// <param name="Events">Events.</param>
/// <param name="Timers">Timers.</param>
/// <param name="Outbox">Messages that wait to be sent.</param>
public sealed record StoreCounts(long Complaints, long Events, long Timers, long Outbox);
