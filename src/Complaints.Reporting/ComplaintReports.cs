using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Reporting.Aggregation;

namespace Complaints.Reporting;

/// <summary>
/// Builds reports from the store, in one pass over its columns and in memory that grows only with closed complaints (24 bytes each) and repeat keys (some 50 bytes
/// each). Reads results that were recorded; never a source's file, and it computes no deadline. Thread-safe.
/// </summary>
/// <param name="reader">Where the complaints are; may be a replica.</param>
public sealed class ComplaintReports(IComplaintReader reader)
{
    /// <summary>Builds a report.</summary>
    /// <param name="tenant">Whose complaints.</param>
    /// <param name="request">Zone, period, instant of the backlog, what else to count.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<Report> BuildAsync(TenantId tenant, ReportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var aggregator = new Aggregator(request);
        await foreach (var complaint in reader.ScanAsync(tenant, cancellationToken).ConfigureAwait(false))
            aggregator.Add(complaint);
        return new Report(new ReportFrame(tenant.Value, request.Zone.Id, request.From, request.To, request.AsOf, request.Definition), aggregator.Figures());
    }
}
