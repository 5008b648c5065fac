using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>How many working days have begun since an instant, up to a bound. The beginnings of the last ones are found once, so that
/// asking is a binary search. Immutable and thread-safe.</summary>
internal sealed class PassedWorkingDays
{
    /// <summary>How far back working days are looked for in a calendar that has next to none.</summary>
    private const int MostDates = 3_653;

    /// <summary>The last dates that every calendar can be asked about, wherever its zone is.</summary>
    private static readonly LocalDate First = new(UtcTime.FirstYear, 1, 3);
    private static readonly LocalDate Last = new(UtcTime.LastYear, 12, 29);

    /// <summary>The newest first.</summary>
    private readonly Instant[] _begun;

    /// <summary>The working days up to now, the one of today included.</summary>
    /// <param name="calendar">Whose working days, in its zone.</param>
    /// <param name="now">Now.</param>
    /// <param name="most">How many are counted at most.</param>
    public PassedWorkingDays(BusinessCalendar calendar, Instant now, int most)
    {
        var begun = new List<Instant>(most);
        var date = LocalDate.Min(calendar.DateOf(now), Last);
        for (var dates = 0; begun.Count < most && dates < MostDates && date >= First; dates++, date = date.PlusDays(-1))
        {
            if (calendar.IsWorkingDay(date))
                begun.Add(calendar.StartAt(date.AtMidnight()));
        }
        _begun = [.. begun];
    }

    /// <summary>How many began after an instant: its own date is none of them, today is one from midnight on.</summary>
    public int Since(Instant instant)
    {
        var (low, high) = (0, _begun.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_begun[middle] > instant)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
