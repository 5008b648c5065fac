using System.Runtime.InteropServices;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>What the recorded deadlines and closures say. In time is at or before the deadline.</summary>
internal sealed class Punctuality
{
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

    public void Add(ComplaintSummary complaint, string month, Instant? closed, long wallClosed, long wallTarget)
    {
        var due = complaint.TargetAt;
        var comparable = due is not null && closed is not null;
        var late = closed > due;
        if (due is not null)
            _withTarget++;
        if (closed == complaint.ReceivedAt)
            _closedAtReceipt++;
        if (due == complaint.ReceivedAt)
            _dueAtReceipt++;
        if (complaint.State == ComplaintState.Closed && closed is null)
            _closedUndated++;
        if (comparable)
            _late.Add(late);
        _lateByCategory.Add(complaint.Category, comparable, late);
        _lateByChannel.Add(complaint.Channel, comparable, late);
        _lateByMonth.Add(month, comparable, late);
        if (late)
            _overdueBy.Add(ZoneClock.Elapsed(due!.Value, closed!.Value));
        if (comparable && wallClosed > wallTarget)
            _wallOverdueBy.Add(wallClosed - wallTarget);
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
