using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Where working time comes from: one definition, or several calendars combined.</summary>
internal interface IWorkingHours
{
    /// <summary>The zone of its dates.</summary>
    DateTimeZone Zone { get; }

    /// <summary>The working time in <c>[from, to)</c> in nanoseconds since 1970: in order, cut at both ends, adjoining stretches
    /// joined.</summary>
    void Collect(long from, long to, List<(long Start, long End)> spans);

    /// <summary>True when some working time begins on the date.</summary>
    bool BeginsOn(LocalDate date);

    /// <summary>When the last window that begins on the date ends; <c>null</c> when none begins.</summary>
    LocalDateTime? CloseOf(LocalDate date);

    /// <summary>True when every date, whatever its weekday and rule, has a window.</summary>
    bool EveryDay { get; }
}

/// <summary>What can be told of any working hours.</summary>
internal static class WorkingHours
{
    /// <summary>True when there is any working time in all the years that calendars know.</summary>
    public static bool EverOpens(this IWorkingHours hours)
    {
        var spans = new List<(long Start, long End)>();
        for (var year = UtcTime.FirstYear; year <= UtcTime.LastYear && spans.Count == 0; year++)
            hours.Collect(UtcTime.StartOf(year), UtcTime.StartOf(year + 1), spans);
        return spans.Count > 0;
    }
}
