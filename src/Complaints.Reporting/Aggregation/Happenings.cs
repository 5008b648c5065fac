using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>What happened in which period, by the instant at which it happened: whatever became of the complaint later, it stays there.
/// </summary>
internal sealed class Happenings
{
    private readonly Periods _periods;
    private readonly PeriodCounts _receipts;
    private readonly PeriodCounts _closures;
    private readonly SortedDictionary<int, Ratio> _late = [];
    private readonly Instant? _from;
    private readonly Instant? _to;

    public Happenings(ReportRequest request)
    {
        _periods = new(request.Definition.Period, request.Zone);
        _receipts = new(_periods, request);
        _closures = new(_periods, request);
        _from = request.From?.AtStartOfDayInZone(request.Zone).ToInstant();
        _to = request.To?.AtStartOfDayInZone(request.Zone).ToInstant();
    }

    public void Add(ComplaintSummary complaint, ReadOnlySpan<Round> rounds)
    {
        if (complaint.State != ComplaintState.Merged)
            _receipts.Add(complaint.ReceivedAt);
        foreach (ref readonly var round in rounds)
        {
            if (round.ClosedAt is { } closed)
                _closures.Add(closed);
            if (EndOf(complaint, round) is { } end && !(end < _from) && !(end >= _to))
                LateIn(end).Add(complaint.Imported ? end > complaint.TargetAt : round.WasLate);
        }
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures() =>
    [
        ("received_by_period", _receipts.Counts),
        ("received_change", _receipts.Changes),
        ("closures_by_period", _closures.Counts),
        ("closures_change", _closures.Changes),
        ("late_by_period", new Breakdown([.. _late.Select(late => new Part(_periods.Text(late.Key), late.Value.Value))])),
    ];

    /// <summary>When a round with a verdict ended; what was merged away before its resolution counts with its survivor.</summary>
    private static Instant? EndOf(ComplaintSummary complaint, in Round round) =>
        complaint.Imported ? complaint.TargetAt is null ? null : round.ClosedAt
        : !round.IsJudged ? null
        : round.ResolvedAt ?? (round.IsPresent && complaint.State == ComplaintState.Merged ? null : round.EndedAt);

    private Ratio LateIn(Instant instant)
    {
        var number = _periods.Of(instant);
        if (!_late.TryGetValue(number, out var ratio))
            _late[number] = ratio = new Ratio();
        return ratio;
    }
}
