using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>The least that could answer: prefix sums in bare arrays of ticks, a day index and work buckets (SPEED 1). No zone, no range check, no growth.</summary>
internal sealed class BareIndex
{
    private const int Shift = 37;
    private readonly long[] _start, _end, _before;
    private readonly int[] _byDay, _byWork;
    private readonly long _from;

    public BareIndex(Office office)
    {
        var spans = office.Dates.Where(office.IsWorkingDay).SelectMany(date => Office.Shifts.Select(shift => (Start: office.Ticks(date.At(shift.From)), End: office.Ticks(date.At(shift.To))))).ToList();
        _from = office.Ticks(office.First.AtMidnight()) / NodaConstants.TicksPerDay * NodaConstants.TicksPerDay;
        _start = [.. spans.Select(span => span.Start), long.MaxValue];
        _end = [.. spans.Select(span => span.End), long.MaxValue];
        _before = new long[_start.Length];
        for (var i = 1; i < _before.Length; i++)
            _before[i] = _before[i - 1] + _end[i - 1] - _start[i - 1];
        _byDay = [.. Enumerable.Range(0, (int)((spans[^1].End - _from) / NodaConstants.TicksPerDay) + 1).Select(day => Array.FindIndex(_end, end => end > _from + day * NodaConstants.TicksPerDay))];
        _byWork = [.. Enumerable.Range(0, (int)(_before[^1] >> Shift) + 1).Select(bucket => Array.FindIndex(_before, 1, before => before > (long)bucket << Shift) - 1)];
    }

    public long Add(long ticks, long work)
    {
        var target = Position(ticks) + work;
        var i = _byWork[(target - 1) >> Shift];
        while (_before[i + 1] < target)
            i++;
        return _start[i] + target - _before[i];
    }

    public long Between(long from, long to) => Position(to) - Position(from);

    private long Position(long ticks)
    {
        var i = _byDay[(ticks - _from) / NodaConstants.TicksPerDay];
        while (_end[i] <= ticks)
            i++;
        return _before[i] + Math.Max(0, ticks - _start[i]);
    }
}
