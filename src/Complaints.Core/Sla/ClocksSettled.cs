using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>What became of the clocks that a decision ended was written down, once a clock.</summary>
/// <param name="Results">The results.</param>
public sealed record ClocksSettled(ImmutableArray<ClockResult> Results) : ComplaintEvent, IHappening<ClocksSettled, Complaint>
{
    static EventType IHappening<ClocksSettled, Complaint>.EventType { get; } = new("clocks-settled", 1, new("Time limits settled", "时限已有结果"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        Results.Select(result => new Detail(Vocabulary.Objective(result.Clock), result.Verdict));

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.AddRange(Results) },
    };
}

/// <summary>What became of one clock was written down. Histories of early versions have it; <see cref="ClocksSettled"/> took its
/// place.</summary>
/// <param name="Result">The result.</param>
public sealed record ClockSettled(ClockResult Result) : ComplaintEvent, IHappening<ClockSettled, Complaint>
{
    static EventType IHappening<ClockSettled, Complaint>.EventType { get; } = new("clock-settled", 1, new("Time limit settled", "时限已有结果"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Vocabulary.Objective(Result.Clock), Result.Verdict)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.Add(Result) },
    };
}

/// <summary>A later fact changed what became of a clock; the old result stays in the history.</summary>
/// <param name="Old">What was written down before.</param>
/// <param name="New">What counts now.</param>
public sealed record ResultCorrected(ClockResult Old, ClockResult New) : ComplaintEvent, IHappening<ResultCorrected, Complaint>
{
    static EventType IHappening<ResultCorrected, Complaint>.EventType { get; } = new("result-corrected", 1, new("Time limit result corrected", "时限结果已更正"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Vocabulary.Objective(New.Clock), New.Verdict), new(Labels.Before, Old.Verdict)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.Add(New) },
    };
}
