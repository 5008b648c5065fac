using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Reporting.Aggregation;

/// <summary>What the sources of imported complaints say about their own punctuality, beside what their dates say.</summary>
internal sealed class Verdicts
{
    private readonly Counts _verdicts = new();
    private readonly CrossCounts _byDates = new();
    private readonly CrossCounts _byState = new();
    private readonly Ratio _untimely = new();
    private readonly Shares _untimelyByCategory = new();
    private readonly Shares _untimelyByYear = new();
    private readonly Counts _own = new();
    private readonly CrossCounts _byOwn = new();
    private readonly Ratio _differing = new();
    private readonly Shares _differingByCategory = new();

    public void Add(ComplaintSummary complaint, string month, ReadOnlySpan<Round> rounds)
    {
        var verdict = complaint.SourceInTime switch { true => "inTime", false => "late", null => "none" };
        var given = complaint.SourceInTime is not null;
        var late = complaint.SourceInTime == false;
        _verdicts.Add(verdict);
        _byDates.Add(verdict, ByDates(complaint, rounds));
        _byState.Add(verdict, complaint.State.ToString());
        if (given)
            _untimely.Add(late);
        _untimelyByCategory.Add(complaint.Category, given, late);
        _untimelyByYear.Add(month[..^3], given, late);
        AddOwn(complaint, verdict);
    }

    /// <summary>Our own verdict was recorded at the import; here it is only compared.</summary>
    private void AddOwn(ComplaintSummary complaint, string verdict)
    {
        var own = complaint switch
        {
            { OwnInTime: true } => "inTime",
            { OwnInTime: false } => "late",
            { OwnDueAt: not null } => "undecided",
            _ => "none",
        };
        _own.Add(own);
        _byOwn.Add(verdict, own);
        var both = complaint is { SourceInTime: not null, OwnInTime: not null };
        var differs = complaint.SourceInTime != complaint.OwnInTime;
        if (both)
            _differing.Add(differs);
        _differingByCategory.Add(complaint.Category, both, differs);
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures() =>
    [
        ("source_verdict", _verdicts.Of("inTime", "late", "none")),
        ("verdict_by_dates", _byDates.Of(["inTime", "late", "none"])),
        ("verdict_by_state", _byState.Of(["inTime", "late", "none"], RecordedNumbers.StateLabel)),
        ("untimely_share", _untimely.Value),
        ("untimely_share_by_category", _untimelyByCategory.ByKey()),
        ("untimely_share_by_year", _untimelyByYear.ByKey()),
        ("own_verdict", _own.Of("inTime", "late", "undecided", "none")),
        ("verdict_by_own", _byOwn.Of(["inTime", "late", "none"])),
        ("verdict_differs", _differing.Value),
        ("verdict_differs_by_category", _differingByCategory.ByKey()),
    ];

    private static string ByDates(ComplaintSummary complaint, ReadOnlySpan<Round> rounds) => complaint switch
    {
        { TargetAt: null } => "noDue",
        { State: not ComplaintState.Closed } => "stillOpen",
        { ClosedAt: null } => "closedUndated",
        _ => Lateness.Of(complaint, rounds).IsLate ? "late" : "inTime",
    };
}
