using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>Takes complaints one by one in the order of receipt and keeps numbers, never complaints. Reads what was recorded; computes no
/// deadline. A complaint that was merged counts with its survivor only; what happened to it before is an event like any other.</summary>
internal sealed class Aggregator(ReportRequest request)
{
    private readonly Instant? _from = request.From?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly Instant? _to = request.To?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly ZoneClock _receipts = new(request.Zone);
    private readonly ZoneClock _closures = new(request.Zone);
    private readonly ZoneClock _openings = new(request.Zone);
    private readonly RoundReader _rounds = new();
    private readonly Backlog _backlog = new(request.AsOf);
    private readonly RepeatFinder _repeats = new(request.Definition.Repeat);
    private readonly Ratio _repeatRate = new();
    private readonly Ratio _wallRepeatRate = new();
    private readonly Volumes _volumes = new(request.Definition);
    private readonly Punctuality _punctuality = new(request.Zone);
    private readonly Verdicts _verdicts = new();
    private readonly CodeIndex _categories = new();
    private readonly CodeIndex _channels = new();
    private readonly Closings _closings = new();
    private readonly Happenings _happenings = new(request);
    private readonly Activity _activity = new(request.Definition, request.Rules);
    private readonly List<long> _acknowledged = [];
    private long _acknowledgedLater;

    public void Add(ComplaintSummary complaint)
    {
        var rounds = _rounds.Read(complaint);
        _backlog.Add(complaint, rounds);
        _happenings.Add(complaint, rounds);
        if (complaint.ReceivedAt >= _to)
            return;
        var isInPeriod = !(complaint.ReceivedAt < _from);
        if (isInPeriod)
            AddClosures(complaint, rounds);
        if (complaint.State == ComplaintState.Merged)
            return;
        AddRepeat(complaint, isInPeriod);
        if (!isInPeriod)
            return;
        var month = _receipts.Month(complaint.ReceivedAt);
        _volumes.Add(complaint, month);
        _verdicts.Add(complaint, month, rounds);
        _punctuality.Add(complaint, month, rounds);
        _activity.Add(complaint);
        if (complaint.AcknowledgedAt is { } acknowledged)
        {
            _acknowledged.Add(ZoneClock.Elapsed(complaint.ReceivedAt, acknowledged));
            if (acknowledged > complaint.ReceivedAt)
                _acknowledgedLater++;
        }
    }

    /// <summary>Each closure of each round happened, whatever became of the complaint.</summary>
    private void AddClosures(ComplaintSummary complaint, ReadOnlySpan<Round> rounds)
    {
        var category = _categories.Of(complaint.Category);
        var channel = _channels.Of(complaint.Channel);
        foreach (ref readonly var round in rounds)
        {
            if (round is not { OpenedAt: { } opened, ClosedAt: { } closed })
                continue;
            _volumes.AddClosure(closed, _closures.Month(closed));
            _closings.Add(
                ZoneClock.Elapsed(opened, closed), _closures.WallSeconds(closed) - _openings.WallSeconds(opened), category, channel);
        }
    }

    private void AddRepeat(ComplaintSummary complaint, bool isInPeriod)
    {
        if (MatterKeys.Of(complaint, request.Repeats) is not { } keys)
            return;
        var (elapsed, wall) = _repeats.IsRepeat(keys, complaint.ReceivedAt, _receipts.WallSeconds(complaint.ReceivedAt));
        if (!isInPeriod)
            return;
        _repeatRate.Add(elapsed);
        _wallRepeatRate.Add(wall);
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
            values["backlog"] = _backlog.Value;
        foreach (var (id, value) in _volumes.Figures().Concat(_punctuality.Figures()).Concat(_verdicts.Figures())
            .Concat(_closings.Figures(_categories, _channels)).Concat(_happenings.Figures()).Concat(_activity.Figures()))
            values.Add(id, value);
        return
        [
            .. FigureCatalog.All.Where(definition => values.ContainsKey(definition.Id))
                .Select(definition => new Figure(definition, values[definition.Id])),
        ];
    }
}
