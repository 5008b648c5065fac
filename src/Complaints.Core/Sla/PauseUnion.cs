using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Several pauses at once are one. Where some are counted in elapsed time and others are not, elapsed time prevails.</summary>
internal static class PauseUnion
{
    /// <summary>The pauses of a clock between its start and its end, joined: several reasons at once are one pause. They come in the order
    /// of their beginnings.</summary>
    public static ImmutableArray<Pause> Joined(ImmutableArray<Pause> pauses, Instant start, Instant? end)
    {
        var joined = ImmutableArray.CreateBuilder<Pause>(pauses.Length);
        foreach (var pause in pauses)
        {
            if (pause.To <= start || end is not null && pause.From >= end)
                continue;
            var from = pause.From > start ? pause.From : start;
            var to = end is null ? pause.To : pause.To is { } own && own < end ? own : end;
            if (joined.Count > 0 && joined[^1] is var last && (last.To is null || last.To >= from) && last.Elapsed == pause.Elapsed)
                joined[^1] = last with { To = Later(last.To, to), Reason = Both(last.Reason, pause.Reason) };
            else
                joined.Add(from == pause.From && to == pause.To ? pause : pause with { From = from, To = to });
        }
        return joined.DrainToImmutable();
    }

    /// <summary>The same time, cut so that no two overlap of which one is counted in elapsed time; unchanged where none is.</summary>
    public static ImmutableArray<Pause> Apart(ImmutableArray<Pause> pauses)
    {
        if (!HasElapsed(pauses))
            return pauses;
        var edges = pauses.SelectMany(pause => new[] { pause.From, EndOf(pause) }).Distinct().Order().ToArray();
        var apart = ImmutableArray.CreateBuilder<Pause>();
        for (var i = 1; i < edges.Length; i++)
        {
            var (from, to) = (edges[i - 1], edges[i]);
            var there = pauses.Where(pause => pause.From <= from && EndOf(pause) >= to).ToList();
            if (there.Count > 0)
            {
                var reasons = there.Select(pause => pause.Reason).Aggregate(Both);
                apart.Add(new(from, to == Instant.MaxValue ? null : to, reasons, there.Exists(pause => pause.Elapsed)));
            }
        }
        return apart.DrainToImmutable();
    }

    private static bool HasElapsed(ImmutableArray<Pause> pauses)
    {
        foreach (var pause in pauses)
        {
            if (pause.Elapsed)
                return true;
        }
        return false;
    }

    private static Instant EndOf(Pause pause) => pause.To ?? Instant.MaxValue;

    private static Instant? Later(Instant? a, Instant? b) => a is null || b is null ? null : a > b ? a : b;

    private static string? Both(string? a, string? b) =>
        a is null || a == b ? b : b is null || a.Split(" + ").Contains(b) ? a : $"{a} + {b}";
}
