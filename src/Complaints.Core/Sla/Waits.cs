using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Pauses as a union: in order, apart from each other, and not before a clock's start, so that their order and how they were cut
/// does not matter.</summary>
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
        var spans = new (Instant From, Instant To)[pauses.Length];
        var count = 0;
        foreach (var pause in pauses)
        {
            if (pause.To is { } to && to > start && to > pause.From)
                Insert(spans, count++, (pause.From > start ? pause.From : start, to));
        }
        if (count == 0)
            return default;
        var kept = 0;
        for (var i = 1; i < count; i++)
        {
            if (spans[i].From > spans[kept].To)
                spans[++kept] = spans[i];
            else if (spans[i].To > spans[kept].To)
                spans[kept].To = spans[i].To;
        }
        return new(kept + 1 == spans.Length ? spans : spans[..(kept + 1)]);
    }

    /// <summary>By their beginnings: they come in order as a rule, and then nothing moves.</summary>
    private static void Insert((Instant From, Instant To)[] spans, int count, (Instant From, Instant To) span)
    {
        var at = count;
        for (; at > 0 && spans[at - 1].From > span.From; at--)
            spans[at] = spans[at - 1];
        spans[at] = span;
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
