using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>The working hours of a definition. Days are numbered from 1970-01-01, windows are seconds of their day.</summary>
internal sealed class DefinedHours : IWorkingHours
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>By weekday: the windows that begin on it, and those that hold on it when no rule is near.</summary>
    private readonly LocalWindow[][] _week = new LocalWindow[7][];
    private readonly LocalWindow[][] _plain = new LocalWindow[7][];
    private readonly Dictionary<int, (LocalWindow[] Windows, bool Cuts)> _rules;
    private readonly Dictionary<int, LocalWindow[]> _special = [];

    public DefinedHours(CalendarDefinition definition)
    {
        Zone = DateTimeZoneProviders.Tzdb[definition.Zone];
        for (var weekday = 0; weekday < 7; weekday++)
            _week[weekday] = Ordered(definition.WindowsOn((IsoDayOfWeek)(weekday + 1)));
        // Closed and other hours rule every hour of their date; a make-up day only what begins on it (T1).
        _rules = definition.Dates.ToDictionary(rule => NumberOf(rule.Date), rule => rule.WorksLike is { } like ? (_week[(int)like - 1], false) : (Ordered(rule.Hours), true));
        foreach (var (from, to) in ClockGaps.Of(Zone).All)
            TakeOut(Seconds(from), Seconds(to));
        for (var weekday = 0; weekday < 7; weekday++)
            _plain[weekday] = Joined(_week[weekday], _week[(weekday + 6) % 7]);
        // A rule changes its own date and what is carried out of it into the next.
        foreach (var day in _rules.Keys.SelectMany(day => new[] { day, day + 1 }).Distinct())
            _special[day] = Joined(BeginningOn(day), CutsCarried(day) ? [] : BeginningOn(day - 1));
    }

    public DateTimeZone Zone { get; }

    /// <summary>A date that the zone skipped is none.</summary>
    public bool EveryDay => _week.All(windows => windows.Length > 0)
        && _rules.Keys.Except(ClockGaps.Of(Zone).Dates.Select(NumberOf)).All(day => BeginningOn(day).Length > 0);

    public bool BeginsOn(LocalDate date) => BeginningOn(NumberOf(date)).Length > 0;

    /// <summary>A holiday on the next date cuts the hours of a night shift, yet leaves its close where it is: a holiday never makes a
    /// deadline earlier.</summary>
    public LocalDateTime? CloseOf(LocalDate date)
    {
        var windows = BeginningOn(NumberOf(date));
        return windows.Length == 0 ? null : date.AtMidnight().PlusSeconds(windows.Max(window => window.End));
    }

    /// <summary>
    /// Walks the zone's intervals, in each of which local time runs evenly, and asks for each local date what holds on it. No edge of a
    /// window is ever converted
    /// by itself, so gaps and overlaps need no case of their own.
    /// </summary>
    public void Collect(long from, long to, List<(long Start, long End)> spans)
    {
        foreach (var even in Zone.GetZoneIntervals(new Interval(UtcTime.ToInstant(from), UtcTime.ToInstant(to))))
        {
            var offset = even.WallOffset.Nanoseconds;
            var low = even.HasStart && even.Start > UtcTime.ToInstant(from) ? UtcTime.Of(even.Start) : from;
            var high = even.HasEnd && even.End < UtcTime.ToInstant(to) ? UtcTime.Of(even.End) : to;
            var last = DayOf(high + offset);
            for (var day = DayOf(low + offset); day <= last; day++)
            {
                foreach (var window in HoldingOn(day))
                {
                    var midnight = day * UtcTime.Day - offset;
                    Append(spans, Math.Max(low, midnight + window.Start * UtcTime.Second), Math.Min(high, midnight + window.End * UtcTime.Second));
                }
            }
        }
    }

    /// <summary>Adds a stretch behind the others, joined with the last where they touch.</summary>
    internal static void Append(List<(long Start, long End)> spans, long start, long end)
    {
        if (end <= start)
            return;
        if (spans.Count > 0 && spans[^1].End >= start)
            spans[^1] = (spans[^1].Start, Math.Max(spans[^1].End, end));
        else
            spans.Add((start, end));
    }

    private LocalWindow[] HoldingOn(int day) => _special.TryGetValue(day, out var windows) ? windows : _plain[WeekdayOf(day)];

    private LocalWindow[] BeginningOn(int day) => _rules.TryGetValue(day, out var rule) ? rule.Windows : _week[WeekdayOf(day)];

    private bool CutsCarried(int day) => _rules.TryGetValue(day, out var rule) && rule.Cuts;

    /// <summary>Windows that lie wholly in a gap are no working time: their dates are without them, and a date that is left out carries
    /// nothing into the next.</summary>
    private void TakeOut(long from, long to)
    {
        for (var day = (int)(from / LocalWindow.Day); day * (long)LocalWindow.Day < to; day++)
        {
            var (windows, midnight) = (BeginningOn(day), day * (long)LocalWindow.Day);
            var isDate = from <= midnight && midnight + LocalWindow.Day <= to;
            LocalWindow[] left = isDate ? [] : [.. windows.Where(window => midnight + window.Start < from || midnight + window.End > to)];
            if (left.Length < windows.Length)
                _rules[day] = (left, CutsCarried(day));
        }
    }

    private static LocalWindow[] Ordered(IEnumerable<string> windows) =>
        [.. windows.Select(LocalWindow.Parse).OrderBy(window => window.Start)];

    /// <summary>What holds on a date: its own windows until midnight and what the date before carries in, in order and without
    /// overlaps.</summary>
    private static LocalWindow[] Joined(LocalWindow[] own, LocalWindow[] before)
    {
        var joined = new List<LocalWindow>();
        var carried = before.Where(window => window.End > LocalWindow.Day).Select(window => new LocalWindow(0, window.End - LocalWindow.Day));
        foreach (var window in carried.Concat(own).OrderBy(window => window.Start))
        {
            var end = Math.Min(window.End, LocalWindow.Day);
            if (joined.Count > 0 && joined[^1].End >= window.Start)
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, end) };
            else
                joined.Add(new(window.Start, end));
        }
        return [.. joined];
    }

    /// <summary>The day of a local time; both lie before 1970 in the west of Greenwich.</summary>
    private static int DayOf(long local) => (int)((local >= 0 ? local : local - UtcTime.Day + 1) / UtcTime.Day);

    private static long Seconds(LocalDateTime local) =>
        NumberOf(local.Date) * (long)LocalWindow.Day + local.TickOfDay / NodaConstants.TicksPerSecond;

    private static int NumberOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    /// <summary>0 for Monday; 1970-01-01 was a Thursday.</summary>
    private static int WeekdayOf(int day) => (day + 3 + 7) % 7;
}
