using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>
/// When a business works: a zone, weekly windows and rules for single dates. An instant is working time if and only if its local date and
/// time lie in a window that
/// holds on that date, so hours that a clock change leaves out do not exist and hours that it repeats count twice. Immutable to its users
/// and thread-safe.
/// Adding and counting take constant time and allocate nothing, whatever the span; the index behind them grows by itself inside 1970 to
/// 2100 (UTC years).
/// </summary>
public sealed partial class BusinessCalendar
{
    private readonly IWorkingHours _hours;
    private readonly Lock _growing = new();
    private volatile CalendarIndex _index;

    /// <summary>A calendar from its definition.</summary>
    /// <exception cref="ArgumentException">The definition has problems; publish it first to see them by code. Or it is made of other
    /// calendars, which only a <see cref="Definitions.Rulebook"/> knows.</exception>
    public BusinessCalendar(CalendarDefinition definition) : this(new DefinedHours(Sound(definition)), definition.KnownHolidays) { }

    internal BusinessCalendar(IWorkingHours hours, HolidayData? holidays)
    {
        _hours = hours;
        _index = CalendarIndex.Empty;
        HolidayData = holidays;
    }

    /// <summary>The zone of its windows, and of the dates it speaks of.</summary>
    public DateTimeZone Zone => _hours.Zone;

    /// <summary>
    /// The earliest instant at which <paramref name="working"/> has passed in working time since <paramref name="start"/>. Zero gives the
    /// start, also outside
    /// hours. A result exactly on closing time is the closing instant, not the next opening. A negative duration goes back: the latest
    /// instant from which that much
    /// passes until the start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The start or the result lies outside 1970 to 2100
    /// (<c>calendar.out_of_range</c>).</exception>
    public Instant Add(Instant start, Duration working)
    {
        var from = UtcTime.Of(start);
        var by = UtcTime.Of(working, start);
        if (by == 0)
            return start;
        for (var index = Covering(from); ; index = Grown(index, forward: by > 0))
        {
            if (index.TryMove(from, by, out var to))
                return UtcTime.ToInstant(to);
        }
    }

    /// <summary>The mirror of <see cref="Add"/>: <c>Add(end, -working)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="Add"/>.</exception>
    public Instant Subtract(Instant end, Duration working) => Add(end, -working);

    /// <summary>The working time in <c>[from, to)</c>; negative when <paramref name="to"/> is earlier: <c>Between(b, a) = -Between(a,
    /// b)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Duration Between(Instant from, Instant to)
    {
        var first = UtcTime.Of(from);
        var last = UtcTime.Of(to);
        var index = Covering(first);
        if (!index.Covers(last))
            index = Covering(first, last);
        return Duration.FromNanoseconds(index.WorkBefore(last) - index.WorkBefore(first));
    }

    /// <summary>True when the instant is working time. A closing instant is not, an opening one is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public bool IsOpen(Instant instant)
    {
        var at = UtcTime.Of(instant);
        return Covering(at).EndingAfter(at).Start <= at;
    }

    /// <summary>How many bytes the index holds now.</summary>
    internal long IndexBytes => _index.Bytes;

    internal IWorkingHours Hours => _hours;

    private CalendarIndex Covering(long at)
    {
        var index = _index;
        return index.Covers(at) ? index : Covering(at, at);
    }

    private CalendarIndex Covering(long one, long other)
    {
        lock (_growing)
        {
            if (!_index.Covers(one) || !_index.Covers(other))
                _index = _index.Including(_hours, Math.Min(one, other), Math.Max(one, other));
            return _index;
        }
    }

    /// <summary>An index that reaches further than the one in which the answer was not found.</summary>
    private CalendarIndex Grown(CalendarIndex known, bool forward)
    {
        lock (_growing)
        {
            if (_index == known)
                _index = known.Extended(_hours, forward) ?? throw UtcTime.OutOfRange(forward ? "The answer" : "The answer before 1970");
            return _index;
        }
    }

    private static CalendarDefinition Sound(CalendarDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Combine is { } combine)
            throw new ArgumentException($"The calendar is made of others ({string.Join(", ", combine.Calendars)}): take it from a rulebook that holds them.", nameof(definition));
        return definition.Problems().FirstOrDefault() is { } problem ? throw new ArgumentException(problem.ToString(), nameof(definition)) : definition;
    }
}
