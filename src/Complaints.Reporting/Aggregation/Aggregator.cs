using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>Takes complaints one by one in the order of receipt and keeps numbers, never complaints. Reads what was recorded; computes no deadline.</summary>
internal sealed class Aggregator(ReportRequest request)
{
    private readonly Instant? _from = request.From?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly Instant? _to = request.To?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly ZoneClock _receipts = new(request.Zone);
    private readonly ZoneClock _closures = new(request.Zone);
    private readonly ZoneClock _targets = new(request.Zone);
    private readonly RepeatFinder _repeats = new(request.Definition.Repeat);
    private readonly Ratio _repeatRate = new();
    private readonly Ratio _wallRepeatRate = new();
    private readonly Volumes _volumes = new(request.Definition);
    private readonly Punctuality _punctuality = new();
    private readonly Verdicts _verdicts = new();
    private readonly CodeIndex _categories = new();
    private readonly CodeIndex _channels = new();
    private readonly Closings _closings = new();
    private readonly List<long> _acknowledged = [];
    private long _acknowledgedLater;
    private long _open;
    private long _openOverdue;

    public void Add(ComplaintSummary complaint)
    {
        CountBacklog(complaint);
        if (complaint.ReceivedAt >= _to)
            return;
        var wallReceived = _receipts.WallSeconds(complaint.ReceivedAt);
        var inPeriod = !(complaint.ReceivedAt < _from);
        if (MatterKeys.Of(complaint, request.Repeats) is { } keys)
        {
            var (elapsed, wall) = _repeats.IsRepeat(keys, complaint.ReceivedAt, wallReceived);
            if (inPeriod)
            {
                _repeatRate.Add(elapsed);
                _wallRepeatRate.Add(wall);
            }
        }
        if (!inPeriod)
            return;

        var month = _receipts.Month(complaint.ReceivedAt);
        var category = _categories.Of(complaint.Category);
        var channel = _channels.Of(complaint.Channel);
        _volumes.Add(complaint, month);
        _verdicts.Add(complaint, month);
        Instant? closed = complaint.State == ComplaintState.Closed ? complaint.ClosedAt : null;
        var wallClosed = closed is { } at ? _closures.WallSeconds(at) : 0;
        _punctuality.Add(complaint, month, closed, wallClosed, complaint.TargetAt is { } target ? _targets.WallSeconds(target) : 0);
        if (closed is { } end)
        {
            _volumes.AddClosure(end, _closures.Month(end));
            _closings.Add(ZoneClock.Elapsed(complaint.ReceivedAt, end), wallClosed - wallReceived, category, channel);
        }
        if (complaint.AcknowledgedAt is { } acknowledged)
        {
            _acknowledged.Add(ZoneClock.Elapsed(complaint.ReceivedAt, acknowledged));
            if (acknowledged > complaint.ReceivedAt)
                _acknowledgedLater++;
        }
    }

    /// <summary>Every figure in the order of the catalogue. To be called once.</summary>
    public ImmutableArray<Figure> Figures()
    {
        var values = new Dictionary<string, FigureValue>(StringComparer.Ordinal)
        {
            ["repeat_rate"] = _repeatRate.Value,
            ["wall_clock.repeat_rate"] = _wallRepeatRate.Value,
            ["time_to_acknowledge"] = Durations.Spread(CollectionsMarshal.AsSpan(_acknowledged)),
            ["acknowledged_later"] = new Amount(_acknowledgedLater),
        };
        if (request.AsOf is not null)
            values["backlog"] = new Breakdown([new("open", new Amount(_open)), new("openOverdue", new Amount(_openOverdue))]);
        foreach (var (id, value) in _volumes.Figures().Concat(_punctuality.Figures()).Concat(_verdicts.Figures()).Concat(_closings.Figures(_categories, _channels)))
            values.Add(id, value);
        return [.. FigureCatalog.All.Where(definition => values.ContainsKey(definition.Id)).Select(definition => new Figure(definition, values[definition.Id]))];
    }

    private void CountBacklog(ComplaintSummary complaint)
    {
        if (request.AsOf is not { } asOf || complaint.ReceivedAt >= asOf)
            return;
        var isOpen = complaint.ClosedAt is { } ended ? ended >= asOf : !States.Ends.Contains(complaint.State);
        if (!isOpen)
            return;
        _open++;
        if (complaint.TargetAt < asOf)
            _openOverdue++;
    }
}
