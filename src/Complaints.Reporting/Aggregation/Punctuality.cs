using System.Runtime.InteropServices;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>What was recorded about the resolution's time limits. In time is at or before the deadline.</summary>
internal sealed class Punctuality(DateTimeZone zone)
{
    private readonly ZoneClock _dues = new(zone);
    private readonly ZoneClock _ends = new(zone);
    private readonly Ratio _late = new();
    private readonly Shares _lateByCategory = new();
    private readonly Shares _lateByChannel = new();
    private readonly Shares _lateByMonth = new();
    private readonly List<long> _overdueBy = [];
    private readonly List<long> _wallOverdueBy = [];
    private long _withTarget;
    private long _closedAtReceipt;
    private long _dueAtReceipt;
    private long _closedUndated;

    public void Add(ComplaintSummary complaint, string month, ReadOnlySpan<Round> rounds)
    {
        var lateness = Lateness.Of(complaint, rounds);
        if (complaint.TargetAt is not null || lateness.IsKnown)
            _withTarget++;
        if (lateness.ClosedAt == complaint.ReceivedAt)
            _closedAtReceipt++;
        if (complaint.TargetAt == complaint.ReceivedAt)
            _dueAtReceipt++;
        if (complaint is { State: ComplaintState.Closed, ClosedAt: null })
            _closedUndated++;
        if (lateness.IsKnown)
            _late.Add(lateness.IsLate);
        _lateByCategory.Add(complaint.Category, lateness.IsKnown, lateness.IsLate);
        _lateByChannel.Add(complaint.Channel, lateness.IsKnown, lateness.IsLate);
        _lateByMonth.Add(month, lateness.IsKnown, lateness.IsLate);
        if (complaint.Imported)
        {
            if (lateness.IsKnown)
                AddOverdue(complaint.TargetAt!.Value, lateness.ClosedAt!.Value);
            return;
        }
        foreach (ref readonly var round in rounds)
        {
            if (round is { LateDue: { } due, LateBy: { } by })
                AddOverdue(due, due + Duration.FromSeconds(by));
        }
    }

    private void AddOverdue(Instant due, Instant end)
    {
        if (end > due)
            _overdueBy.Add(ZoneClock.Elapsed(due, end));
        var wall = _ends.WallSeconds(end) - _dues.WallSeconds(due);
        if (wall > 0)
            _wallOverdueBy.Add(wall);
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures() =>
    [
        ("with_target", new Amount(_withTarget)),
        ("closed_after_due", _late.Value),
        ("closed_after_due_by_category", _lateByCategory.ByKey()),
        ("closed_after_due_by_channel", _lateByChannel.ByKey()),
        ("closed_after_due_by_month", _lateByMonth.ByKey()),
        ("overdue_by", Durations.Spread(CollectionsMarshal.AsSpan(_overdueBy))),
        ("wall_clock.overdue_by", Durations.Spread(CollectionsMarshal.AsSpan(_wallOverdueBy))),
        ("closed_at_receipt", new Amount(_closedAtReceipt)),
        ("due_at_receipt", new Amount(_dueAtReceipt)),
        ("closed_undated", new Amount(_closedUndated)),
    ];
}

/// <summary>Whether a complaint was late: by the recorded verdicts of any of its rounds; for an imported one by the dates of its
/// source.</summary>
/// <param name="IsKnown">Whether anything is recorded of it.</param>
/// <param name="IsLate">Whether it was late.</param>
/// <param name="ClosedAt">Its first closure.</param>
internal readonly record struct Lateness(bool IsKnown, bool IsLate, Instant? ClosedAt)
{
    public static Lateness Of(ComplaintSummary complaint, ReadOnlySpan<Round> rounds)
    {
        Instant? closed = null;
        bool isJudged = false, isLate = false;
        foreach (ref readonly var round in rounds)
        {
            closed ??= round.ClosedAt;
            isJudged |= round.IsJudged;
            isLate |= round.WasLate;
        }
        return complaint.Imported
            ? new(complaint.TargetAt is not null && closed is not null, closed > complaint.TargetAt, closed)
            : new(isJudged, isLate, closed);
    }
}
