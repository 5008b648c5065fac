using System.Collections.Immutable;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>A case for whoever sees only what they take part in: nothing of it names another case or an improvement. Which of its links
/// lead to what they may see is told by the links themselves.</summary>
internal static class CaseAlone
{
    public static Complaint Of(Complaint complaint) => complaint with
    {
        Receipt = complaint.Receipt with { RepeatOf = null, Similar = [], Split = null },
        Progress = complaint.Progress.Merges is null ? complaint.Progress : complaint.Progress with
        {
            MergedInto = null, Merges = complaint.Progress.Merges with { Absorbed = [], IntoNumber = null },
        },
        Points = [.. complaint.Points.Select(point => point.Into is null ? point : point with { Into = null })],
        Inquiry = complaint.Inquiry.Findings.All(finding => finding.Similar is null) ? complaint.Inquiry : complaint.Inquiry with
        {
            Findings = [.. complaint.Inquiry.Findings.Select(finding => finding with { Similar = null })],
        },
        Improvements = [],
        Ties = [],
    };

    /// <summary>The history without what happened between it and others.</summary>
    public static ImmutableArray<RecordedEvent> Of(ImmutableArray<RecordedEvent> history) =>
    [
        .. history.Select(recorded => recorded.Event is { } happened ? happened.Alone is { } alone ? recorded with { Event = alone } : null
            : recorded).OfType<RecordedEvent>(),
    ];

    public static ComplaintSummary Of(ComplaintSummary summary) => summary.RepeatOf is null ? summary : summary with { RepeatOf = null };
}
