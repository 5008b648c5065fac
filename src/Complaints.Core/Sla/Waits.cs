using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Pauses as a union: in order, apart from each other, and not before a clock's start, so that their order and how they were cut
/// does not matter.</summary>
internal readonly struct Waits
{
    private readonly Wait[]? _spans;

    private Waits(Wait[] spans) => _spans = spans;

    public ReadOnlySpan<Wait> Spans => _spans;

    public bool IsEmpty => _spans is null or [];

    /// <summary>True when some of it is counted in elapsed time.</summary>
    public bool HasElapsed
    {
        get
        {
            foreach (var span in Spans)
            {
                if (span.Elapsed)
                    return true;
            }
            return false;
        }
    }

    /// <summary>What was waited since a start; an open pause is left out.</summary>
    public static Waits Since(Instant start, ImmutableArray<Pause> pauses)
    {
        if (pauses.IsDefaultOrEmpty)
            return default;
        pauses = PauseUnion.Apart(pauses);
        var spans = new Wait[pauses.Length];
        var count = 0;
        foreach (var pause in pauses)
        {
            if (pause.To is { } to && to > start && to > pause.From)
                Insert(spans, count++, new(pause.From > start ? pause.From : start, to, pause.Elapsed));
        }
        if (count == 0)
            return default;
        var kept = 0;
        for (var i = 1; i < count; i++)
        {
            if (spans[i].From > spans[kept].To || spans[i].Elapsed != spans[kept].Elapsed)
                spans[++kept] = spans[i];
            else if (spans[i].To > spans[kept].To)
                spans[kept] = spans[kept] with { To = spans[i].To };
        }
        return new(kept + 1 == spans.Length ? spans : spans[..(kept + 1)]);
    }

    /// <summary>By their beginnings: they come in order as a rule, and then nothing moves.</summary>
    private static void Insert(Wait[] spans, int count, Wait span)
    {
        var at = count;
        for (; at > 0 && spans[at - 1].From > span.From; at--)
            spans[at] = spans[at - 1];
        spans[at] = span;
    }

    /// <summary>True when the clock is paused at an instant; at a pause's end it runs again.</summary>
    public bool Contains(Instant instant, bool elapsedOnly = false)
    {
        foreach (var (from, to, elapsed) in Spans)
        {
            if (from <= instant && instant < to && (elapsed || !elapsedOnly))
                return true;
        }
        return false;
    }
}

/// <summary>One of them.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Elapsed">True when it is counted in elapsed time.</param>
internal readonly record struct Wait(Instant From, Instant To, bool Elapsed);
