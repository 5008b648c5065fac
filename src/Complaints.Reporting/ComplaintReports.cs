using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Reporting.Aggregation;

namespace Complaints.Reporting;

/// <summary>
/// Builds reports from the store, in one pass over its columns and in memory that grows only with closed complaints (24 bytes each) and
/// repeat keys (some 50 bytes each). Reads results that were recorded; never a source's file, and it computes no deadline.
/// </summary>
public static class ComplaintReports
{
    /// <summary>Builds a report of the desk's tenant for its actor; over nothing, for an actor who sees nothing.</summary>
    /// <param name="desk">Whose complaints, and who asks.</param>
    /// <param name="request">Zone, period, instant of the backlog, what else to count.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async Task<Report> ReportAsync(
        this ComplaintDesk desk, ReportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(request);
        var aggregator = new Aggregator(request);
        var unreadable = ImmutableArray.CreateBuilder<string>();
        var left = 0;
        await foreach (var complaint in desk.ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (complaint.Unreadable.IsEmpty)
                aggregator.Add(complaint);
            else if (++left <= Report.MostNamed)
                unreadable.Add(complaint.Number);
        }
        var frame = new ReportFrame(
            desk.Tenant.Value, request.Zone.Id, request.From, request.To, request.AsOf, request.Definition);
        return new Report(frame, aggregator.Figures()) { LeftOut = left, LeftOutNumbers = unreadable.ToImmutable() };
    }
}
