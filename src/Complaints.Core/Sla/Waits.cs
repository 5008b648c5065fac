using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Pauses as a union: in order, apart from each other, and not before a clock's start, so that their order and how they were cut does not matter (T10).</summary>
internal readonly struct Waits
{
    private readonly (Instant From, Instant To)[]? _spans;

    private Waits((Instant From, Instant To)[] spans) => _spans = spans;

    public ReadOnlySpan<(Instant From, Instant To)> Spans => _spans;

    public bool IsEmpty => _spans is null or [];

    /// <summary>What was waited since a start; an open pause is left out.</summary>
    public static Waits Since(Instant start, ImmutableArray<Pause> pauses)
    {
        if (pauses.IsDefaultOrEmpty)
            return default;
        var spans = new List<(Instant From, Instant To)>(pauses.Length);
        foreach (var pause in pauses)
        {
            if (pause.To is { } to && to > start && to > pause.From)
                spans.Add((pause.From > start ? pause.From : start, to));
        }
        spans.Sort();
        var kept = 0;
        for (var i = 1; i < spans.Count; i++)
        {
            if (spans[i].From > spans[kept].To)
                spans[++kept] = spans[i];
            else if (spans[i].To > spans[kept].To)
                spans[kept] = (spans[kept].From, spans[i].To);
        }
        return new([.. spans.Take(kept + 1)]);
    }

    /// <summary>True when the clock is paused at an instant; at a pause's end it runs again.</summary>
    public bool Contains(Instant instant)
    {
        foreach (var (from, to) in Spans)
        {
            if (from <= instant && instant < to)
                return true;
        }
        return false;
    }
}
