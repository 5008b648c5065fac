using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Reporting.Aggregation;
using NodaTime.Text;

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
    /// <returns>The report, or a refusal: <c>report.period_empty</c>, <c>report.attribute_unknown</c>, <c>report.outcome_unknown</c>,
    /// <c>report.category_unknown</c>, <c>report.number_unknown</c>, <c>number.out_of_range</c>, <c>list.too_long</c>.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async Task<ReportResult> ReportAsync(
        this ComplaintDesk desk, ReportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(request);
        if (request is { From: { } from, To: { } to } && to <= from)
            return ReportResult.Refused(new("report.period_empty",
                ("value", LocalDatePattern.Iso.Format(from)), ("bound", LocalDatePattern.Iso.Format(to))));
        if (request.Definition.Problem() is { } problem)
            return ReportResult.Refused(problem);
        var aggregator = new Aggregator(request);
        var named = new NamedThings(request);
        var unreadable = ImmutableArray.CreateBuilder<string>();
        var left = 0;
        await foreach (var complaint in desk.ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (complaint.Unreadable.IsEmpty)
            {
                named.Meet(complaint);
                aggregator.Add(complaint);
            }
            else if (++left <= Report.MostNamed)
                unreadable.Add(complaint.Number);
        }
        if (named.Unknown() is { } unknown)
            return ReportResult.Refused(unknown);
        var frame = new ReportFrame(
            desk.Tenant.Value, request.Zone.Id, request.From, request.To, request.AsOf, request.Definition);
        var words = new PartWords(request.Rules);
        var report = new Report(frame, [.. aggregator.Figures().Select(words.Name)])
        {
            LeftOut = left, LeftOutNumbers = unreadable.ToImmutable(),
        };
        return new() { Report = report };
    }
}
