using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Text;

namespace Complaints.Reporting.Aggregation;

/// <summary>Numbers the days, weeks, months, quarters or years of a zone one after the other.</summary>
internal sealed class Periods(ReportPeriod period, DateTimeZone zone)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    /// <summary>1 January 1970 was a Thursday.</summary>
    private const int DaysAfterMonday = 3;

    private readonly ZoneClock _clock = new(zone);

    public int Of(Instant instant) => Of(_clock.Date(instant));

    public int Of(LocalDate date) => period switch
    {
        ReportPeriod.Day => DaysOf(date),
        ReportPeriod.Week => (int)Math.Floor((DaysOf(date) + DaysAfterMonday) / 7.0),
        ReportPeriod.Quarter => date.Year * 4 + (date.Month - 1) / 3,
        ReportPeriod.Year => date.Year,
        _ => date.Year * 12 + date.Month - 1,
    };

    public string Text(int number) => period switch
    {
        ReportPeriod.Day => LocalDatePattern.Iso.Format(Epoch.PlusDays(number)),
        ReportPeriod.Week => Week(Epoch.PlusDays(number * 7 - DaysAfterMonday)),
        ReportPeriod.Quarter => string.Create(CultureInfo.InvariantCulture, $"{number / 4:D4}-Q{number % 4 + 1}"),
        ReportPeriod.Year => number.ToString("D4", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{number / 12:D4}-{number % 12 + 1:D2}"),
    };

    private static string Week(LocalDate monday)
    {
        var rule = WeekYearRules.Iso;
        return string.Create(CultureInfo.InvariantCulture, $"{rule.GetWeekYear(monday):D4}-W{rule.GetWeekOfWeekYear(monday):D2}");
    }

    private static int DaysOf(LocalDate date) => Period.DaysBetween(Epoch, date);
}

/// <summary>How often something happened in the periods of a report, and before them.</summary>
internal sealed class PeriodCounts(Periods periods, ReportRequest request)
{
    /// <summary>Longer rows of periods are told from the first to the last in which something happened.</summary>
    private const int MostPeriods = 4_000;

    private readonly Instant? _from = request.From?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly Instant? _to = request.To?.AtStartOfDayInZone(request.Zone).ToInstant();
    private readonly Dictionary<int, long> _inside = [];
    private readonly Dictionary<int, long> _earlier = [];

    public void Add(Instant instant)
    {
        if (instant >= _to)
            return;
        var counts = instant < _from ? _earlier : _inside;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, periods.Of(instant), out _)++;
    }

    public Breakdown Counts => new([.. Numbers().Select(number => new Part(periods.Text(number), new Amount(Inside(number))))]);

    public Breakdown Changes
    {
        get
        {
            var numbers = Numbers().ToList();
            return new([.. numbers.Select((number, i) => new Part(periods.Text(number), new Change(Inside(number), i > 0
                ? Inside(number - 1)
                : request.From is null ? null : Inside(number - 1) + _earlier.GetValueOrDefault(number - 1))))]);
        }
    }

    private long Inside(int number) => _inside.GetValueOrDefault(number);

    private IEnumerable<int> Numbers()
    {
        int? first = request.From is { } from ? periods.Of(from) : null, last = request.To is { } to ? periods.Of(to.PlusDays(-1)) : null;
        if (_inside.Count > 0)
            (first, last) = (first ?? _inside.Keys.Min(), last ?? _inside.Keys.Max());
        if (first is not { } begin || last is not { } end || end < begin)
            return [];
        if (end - begin >= MostPeriods)
        {
            if (_inside.Count == 0)
                return [];
            (begin, end) = (_inside.Keys.Min(), _inside.Keys.Max());
        }
        return Enumerable.Range(begin, end - begin + 1);
    }
}
