using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>
/// When a business works: a zone, weekly windows and rules for single dates. Immutable and thread-safe. An instant is working time if its local date and time lie in
/// a window that holds on that date (T2). This version walks day by day.
/// </summary>
public sealed class BusinessCalendar
{
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2101, 1, 1, 0, 0);
    private readonly CalendarDefinition _definition;
    private readonly Dictionary<LocalDate, DateRule> _dates;
    private readonly LocalWindow[][] _week = new LocalWindow[8][];

    /// <summary>A calendar from its definition.</summary>
    /// <exception cref="ArgumentException">The definition has problems; publish it first to see them by code.</exception>
    public BusinessCalendar(CalendarDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem.ToString(), nameof(definition));
        _definition = definition;
        Zone = DateTimeZoneProviders.Tzdb[definition.Zone];
        _dates = definition.Dates.ToDictionary(rule => rule.Date);
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
            _week[(int)day] = [.. definition.WindowsOn(day).Select(LocalWindow.Parse).OrderBy(window => window.Start)];
    }

    /// <summary>The zone of its windows.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The earliest instant at which <paramref name="working"/> has passed in working time since <paramref name="start"/>; zero gives the start (T3).</summary>
    /// <param name="start">Any instant from 1970 to 2100.</param>
    /// <param name="working">Not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result, or the start, lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Instant Add(Instant start, Duration working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, Duration.Zero);
        if (working == Duration.Zero)
            return start;
        var left = working;
        foreach (var (from, to) in Intervals(start))
        {
            var begin = from > start ? from : start;
            if (to <= begin)
                continue;
            if (to - begin >= left)
                return begin + left;
            left -= to - begin;
        }
        throw OutOfRange(start);
    }

    /// <summary>The working time in <c>[from, to)</c>; negative when <paramref name="to"/> is earlier.</summary>
    public Duration Between(Instant from, Instant to)
    {
        if (to < from)
            return -Between(to, from);
        var sum = Duration.Zero;
        foreach (var (begin, end) in Intervals(from))
        {
            if (begin >= to)
                return sum;
            var low = begin > from ? begin : from;
            var high = end < to ? end : to;
            if (high > low)
                sum += high - low;
        }
        return sum;
    }

    /// <summary>True when some working time begins on the date.</summary>
    public bool IsWorkingDay(LocalDate date) => WindowsOn(date).Length > 0;

    /// <summary>Close of business on the n-th working day after the day of <paramref name="start"/>: the end of the last window that begins on it.</summary>
    public Instant CloseOfBusiness(Instant start, int workingDays)
    {
        var date = start.InZone(Zone).Date;
        for (var left = workingDays; left > 0;)
        {
            date = date.PlusDays(1);
            if (date.Year > 2100)
                throw OutOfRange(start);
            if (IsWorkingDay(date))
                left--;
        }
        return Interval(date, WindowsOn(date)[^1]).To;
    }

    /// <summary>The last microsecond of the n-th day after the day of <paramref name="start"/>.</summary>
    public Instant EndOfDay(Instant start, int days)
    {
        var date = start.InZone(Zone).Date.PlusDays(days);
        return date.Year > 2100 ? throw OutOfRange(start) : Zone.AtStartOfDay(date.PlusDays(1)).ToInstant() - Duration.FromTicks(10);
    }

    private IEnumerable<(Instant From, Instant To)> Intervals(Instant start)
    {
        if (start < Earliest || start >= Latest)
            throw OutOfRange(start);
        for (var date = start.InZone(Zone).Date.PlusDays(-1); date.Year <= 2100; date = date.PlusDays(1))
        {
            foreach (var window in WindowsOn(date))
                yield return Interval(date, window);
        }
    }

    private LocalWindow[] WindowsOn(LocalDate date)
    {
        if (!_dates.TryGetValue(date, out var rule))
            return _week[(int)date.DayOfWeek];
        return rule.WorksLike is { } day ? _week[(int)day] : [.. rule.Hours.Select(LocalWindow.Parse).OrderBy(window => window.Start)];
    }

    private (Instant From, Instant To) Interval(LocalDate date, LocalWindow window) => (At(date, window.Start), At(date, window.End));

    private Instant At(LocalDate date, int minutes) =>
        Zone.AtLeniently(date.PlusDays(minutes / 1440).At(new LocalTime(minutes % 1440 / 60, minutes % 60))).ToInstant();

    private ArgumentOutOfRangeException OutOfRange(Instant start) =>
        new(nameof(start), start, new ComplaintError("calendar.out_of_range", ("value", $"{start} ({_definition.Zone})")).ToString());
}
