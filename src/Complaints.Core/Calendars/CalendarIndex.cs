using System.Runtime.CompilerServices;

namespace Complaints.Core.Calendars;

/// <summary>A stretch of working time <c>[Start, End)</c> and how much work lies before it in its index, all in nanoseconds.</summary>
internal readonly record struct WorkSpan(long Start, long End, long Before);

/// <summary>
/// The working time of whole UTC years, compiled: spans with their prefix sums, found by the UTC day or by the amount of work in one step
/// and a few neighbours.
/// Immutable; growing makes a new one.
/// </summary>
internal sealed class CalendarIndex
{
    /// <summary>Covers nothing; every question makes it grow.</summary>
    public static CalendarIndex Empty { get; } = new(0, 0, []);

    private readonly WorkSpan[] _spans;
    private readonly int[] _byDay;
    private readonly int[] _byWork;
    private readonly int _shift;

    private CalendarIndex(long from, long to, List<(long Start, long End)> hours)
    {
        From = from;
        To = to;
        _spans = new WorkSpan[hours.Count + 1];
        for (var i = 0; i < hours.Count; i++)
        {
            _spans[i] = new(hours[i].Start, hours[i].End, Work);
            Work += hours[i].End - hours[i].Start;
        }
        // A last one that ends after everything, so that no search runs out of the array.
        _spans[^1] = new(long.MaxValue, long.MaxValue, Work);
        _byDay = Buckets((int)((to - from) / UtcTime.Day) + 1, day => from + day * UtcTime.Day, span => span.End);
        while (Work >> _shift > 2L * hours.Count + 16)
            _shift++;
        _byWork = Buckets((int)(Work >> _shift) + 1, bucket => bucket << _shift, WorkAfter);
    }

    /// <summary>Where it begins; a span that begins here may have begun before.</summary>
    public long From { get; }

    /// <summary>Where it ends; a span that ends here may go on.</summary>
    public long To { get; }

    /// <summary>All the work in it.</summary>
    public long Work { get; }

    public long Bytes => (long)_spans.Length * Unsafe.SizeOf<WorkSpan>() + ((long)_byDay.Length + _byWork.Length) * sizeof(int);

    /// <summary>True for an instant in it. Its end is the next index's, unless it is the last of all.</summary>
    public bool Covers(long at) => at >= From && (at < To || at == To && IsLast);

    /// <summary>True when it reaches to the end of what calendars know.</summary>
    public bool IsLast => To == UtcTime.End;

    /// <summary>The work between the index's beginning and an instant in it.</summary>
    public long WorkBefore(long at)
    {
        ref readonly var span = ref _spans[PlaceOf(at)];
        return span.Before + Math.Max(0, at - span.Start);
    }

    /// <summary>The first span that ends after an instant, or one without end.</summary>
    public ref readonly WorkSpan EndingAfter(long at) => ref _spans[PlaceOf(at)];

    /// <summary>The number of the first span that ends after an instant.</summary>
    public int PlaceOf(long at)
    {
        var place = _byDay[(int)((at - From) / UtcTime.Day)];
        while (_spans[place].End <= at)
            place++;
        return place;
    }

    /// <summary>A span by its number; <c>null</c> before the first and after the last.</summary>
    public WorkSpan? At(int place) => (uint)place < (uint)(_spans.Length - 1) ? _spans[place] : null;

    /// <summary>Goes forward to the earliest, back to the latest instant with that much work between; false when it lies beyond the
    /// index.</summary>
    public bool TryMove(long at, long by, out long to)
    {
        to = 0;
        var work = WorkBefore(at) + by;
        if (work < 0 || work > Work)
            return false;
        // A closing instant is reached from before, an opening one from after: of the work on the seam between two spans, forward takes the former's end.
        var reached = by > 0 ? work - 1 : work;
        var place = _byWork[(int)(reached >> _shift)];
        while (_spans[place + 1].Before <= reached)
            place++;
        to = _spans[place].Start + work - _spans[place].Before;
        return true;
    }

    /// <summary>An index that also covers these years.</summary>
    public CalendarIndex Including(IWorkingHours hours, long from, long to)
    {
        var (first, last) = (UtcTime.YearOf(from), UtcTime.YearOf(to));
        return this == Empty
            ? Build(hours, first - 1, last + 2)
            : Build(hours, Math.Min(first, FirstYear), Math.Max(last, LastYear));
    }

    /// <summary>An index twice as long; <c>null</c> where the range ends.</summary>
    public CalendarIndex? Extended(IWorkingHours hours, bool forward)
    {
        var years = LastYear - FirstYear + 1;
        if (forward)
            return IsLast ? null : Build(hours, FirstYear, LastYear + years);
        return FirstYear == UtcTime.FirstYear ? null : Build(hours, FirstYear - years, LastYear);
    }

    private int FirstYear => UtcTime.YearOf(From);

    private int LastYear => UtcTime.YearOf(To - 1);

    internal static CalendarIndex Build(IWorkingHours hours, int firstYear, int lastYear)
    {
        var from = UtcTime.StartOf(Math.Max(firstYear, UtcTime.FirstYear));
        var to = UtcTime.StartOf(Math.Min(lastYear, UtcTime.LastYear) + 1);
        var spans = new List<(long Start, long End)>((int)((to - from) / UtcTime.Day) * 2);
        hours.Collect(from, to, spans);
        return new(from, to, spans);
    }

    private long WorkAfter(WorkSpan span) => span.End == long.MaxValue ? long.MaxValue : span.Before + span.End - span.Start;

    /// <summary>For each bucket the first span whose <paramref name="end"/> lies after the bucket's beginning.</summary>
    private int[] Buckets(int count, Func<long, long> beginning, Func<WorkSpan, long> end)
    {
        var places = new int[count];
        var place = 0;
        for (var bucket = 0; bucket < count; bucket++)
        {
            while (end(_spans[place]) <= beginning(bucket))
                place++;
            places[bucket] = place;
        }
        return places;
    }
}
