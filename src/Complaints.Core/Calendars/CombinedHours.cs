using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Several calendars as one: open when at least <paramref name="needed"/> of them are. Its windows are its working time, cut at
/// the midnights of its zone.</summary>
internal sealed class CombinedHours(DateTimeZone zone, IReadOnlyList<IWorkingHours> parts, int needed) : IWorkingHours
{
    public DateTimeZone Zone => zone;

    // Not known without looking at every date; a limit that asks gets the careful answer.
    public bool EveryDay => false;

    public bool BeginsOn(LocalDate date) => On(date).Count > 0;

    public LocalDateTime? CloseOf(LocalDate date)
    {
        var spans = On(date);
        if (spans.Count == 0)
            return null;
        var end = UtcTime.ToInstant(spans[^1].End).InZone(zone).LocalDateTime;
        return end.Date > date ? date.PlusDays(1).AtMidnight() : end;
    }

    /// <summary>Sweeps over all edges of the parts and counts how many are open.</summary>
    public void Collect(long from, long to, List<(long Start, long End)> spans)
    {
        var edges = new List<(long At, int Change)>();
        var own = new List<(long Start, long End)>();
        foreach (var part in parts)
        {
            own.Clear();
            part.Collect(from, to, own);
            foreach (var (start, end) in own)
            {
                edges.Add((start, 1));
                edges.Add((end, -1));
            }
        }
        // At the same instant openings come first, so that a handover between two sites leaves no seam.
        edges.Sort((one, other) => one.At != other.At ? one.At.CompareTo(other.At) : other.Change.CompareTo(one.Change));
        var (open, since) = (0, 0L);
        foreach (var (at, change) in edges)
        {
            if (change > 0 && open + 1 == needed)
                since = at;
            if (change < 0 && open == needed)
                DefinedHours.Append(spans, since, at);
            open += change;
        }
    }

    private List<(long Start, long End)> On(LocalDate date)
    {
        var spans = new List<(long Start, long End)>();
        var begin = UtcTime.Of(MidnightOf(date));
        var end = UtcTime.Of(MidnightOf(date.PlusDays(1)));
        if (end > begin)
            Collect(begin, end, spans);
        return spans;
    }

    private Instant MidnightOf(LocalDate date)
    {
        var map = zone.MapLocal(date.AtMidnight());
        return map.Count == 0 ? map.LateInterval.Start : map.First().ToInstant();
    }
}
