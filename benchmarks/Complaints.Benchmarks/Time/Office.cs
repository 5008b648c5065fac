using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>Monday to Friday 09-12 and 13-18, fifteen holidays a year, 2020 to 2034.</summary>
internal sealed class Office
{
    public static readonly (LocalTime From, LocalTime To)[] Shifts = [(new(9, 0), new(12, 0)), (new(13, 0), new(18, 0))];
    private readonly HashSet<LocalDate> _holidays;

    public Office(string zone)
    {
        Zone = DateTimeZoneProviders.Tzdb[zone];
        var random = new Random(7);
        _holidays = [.. Enumerable.Range(2020, 15).SelectMany(year => Enumerable.Range(0, 15).Select(_ => new LocalDate(year, 1, 1).PlusDays(random.Next(365))))];
    }

    public DateTimeZone Zone { get; }

    public LocalDate First { get; } = new(2020, 1, 1);

    public IEnumerable<LocalDate> Dates => Enumerable.Range(0, 15 * 365 + 4).Select(First.PlusDays);

    public CalendarBuilder Builder() =>
        new CalendarBuilder(Zone.Id).Weekdays("09:00-12:00", "13:00-18:00").Rules(_holidays.Select(date => new DateRule(date)));

    public bool IsWorkingDay(LocalDate date) => date.DayOfWeek <= IsoDayOfWeek.Friday && !_holidays.Contains(date);

    public long Ticks(LocalDateTime local) => Zone.AtLeniently(local).ToInstant().ToUnixTimeTicks();

    /// <summary>What people write by hand: date by date, shift by shift, each edge converted.</summary>
    public Instant NaiveAdd(Instant start, Duration work)
    {
        for (var date = start.InZone(Zone).Date; ; date = date.PlusDays(1))
        {
            if (!IsWorkingDay(date))
                continue;
            foreach (var (from, to) in Shifts)
            {
                var begin = Zone.AtLeniently(date.At(from)).ToInstant();
                var end = Zone.AtLeniently(date.At(to)).ToInstant();
                if (begin < start)
                    begin = start;
                if (end <= begin)
                    continue;
                if (end - begin >= work)
                    return begin + work;
                work -= end - begin;
            }
        }
    }
}
