using Complaints.Core;
using Complaints.Import.Shaping;
using NodaTime;
using NodaTime.TimeZones;

namespace Complaints.Import.Mapping;

/// <summary>
/// How an instant is read from a column. A text that two patterns read differently (is 12/01 in January?) is not guessed. A local time that occurs twice is the earlier instant; one that a clock change skipped is the
/// end of the gap; a date alone is the start of its day. Both oddities are counted.
/// </summary>
internal sealed class InstantRule
{
    public required int Column { get; init; }

    public required DatePattern[] Patterns { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required HashSet<string> Missing { get; init; }

    public Instant? Read(string?[] values, string[] names, TimeOddities oddities, ref RowFault? fault)
    {
        if (TextRule.Present(values[Column], Missing) is not { } text)
            return null;
        foreach (var pattern in Patterns)
        {
            if (!pattern.TryRead(text, out var local, out var instant))
                continue;
            var mapping = instant is null ? Zone.MapLocal(local) : null;
            var read = mapping is null ? instant!.Value : First(mapping);
            if (IsReadOtherwise(text, pattern, read))
            {
                fault ??= new RowFault(Column, new ComplaintError("import.two_readings", ("field", names[Column]), ("known", Known)));
                return null;
            }
            if (mapping is not null)
                Count(mapping, oddities);
            return Whole(read);
        }
        fault ??= new RowFault(Column, new ComplaintError("import.instant", ("field", names[Column]), ("known", Known)));
        return null;
    }

    private string Known => string.Join(" | ", Patterns.Select(pattern => pattern.Text));

    /// <summary>A number of seconds is no second reading of a date.</summary>
    private bool IsReadOtherwise(string text, DatePattern first, Instant read)
    {
        if (first.IsCount)
            return false;
        foreach (var pattern in Patterns)
        {
            if (pattern != first && !pattern.IsCount && pattern.TryRead(text, out var local, out var instant)
                && (instant ?? First(Zone.MapLocal(local))) != read)
                return true;
        }
        return false;
    }

    private static Instant First(ZoneLocalMapping mapping) =>
        mapping.Count == 0 ? mapping.EarlyInterval.End : mapping.First().ToInstant();

    private void Count(ZoneLocalMapping mapping, TimeOddities oddities)
    {
        if (mapping.Count == 2)
            oddities.Ambiguous[Column]++;
        else if (mapping.Count == 0)
            oddities.Skipped[Column]++;
    }

    /// <summary>Whole microseconds: what every store keeps.</summary>
    private static Instant Whole(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return Instant.FromUnixTimeTicks(ticks - ((ticks % 10) + 10) % 10);
    }
}

/// <summary>How often a local time was not one instant, by column.</summary>
internal sealed class TimeOddities(int columns)
{
    public long[] Ambiguous { get; } = new long[columns];

    public long[] Skipped { get; } = new long[columns];
}
