using System.Collections.Immutable;

namespace Complaints.Reporting.Aggregation;

/// <summary>Durations in seconds, eight bytes each, so that percentiles are exact.</summary>
internal static class Durations
{
    /// <summary>Sorts the values in place.</summary>
    public static Spread Spread(Span<long> values)
    {
        values.Sort();
        if (values.IsEmpty)
            return new Spread(0, 0, null, null, NoRank, NoPosition);
        var sum = 0L;
        foreach (var value in values)
            sum += value;
        var negative = 0;
        while (negative < values.Length && values[negative] < 0)
            negative++;
        ReadOnlySpan<long> ranked = values[negative..];
        return new Spread(
            values.Length, sum, values[0], values[^1],
            ranked.IsEmpty ? NoRank : new(NearestRank(ranked, 50), NearestRank(ranked, 90), NearestRank(ranked, 95)),
            ranked.IsEmpty ? NoPosition : new(Linear(ranked, 50), Linear(ranked, 90), Linear(ranked, 95)))
        {
            Negative = negative,
        };
    }

    /// <summary>One spread a group.</summary>
    /// <param name="values">The durations.</param>
    /// <param name="groups">The group of each.</param>
    /// <param name="names">The groups' names.</param>
    public static Breakdown Spreads(ReadOnlySpan<long> values, ReadOnlySpan<int> groups, IReadOnlyList<string> names)
    {
        // A counting sort by group, then each group's slice is sorted by itself.
        var starts = new int[names.Count + 1];
        foreach (var group in groups)
            starts[group + 1]++;
        for (var i = 0; i < names.Count; i++)
            starts[i + 1] += starts[i];
        var sorted = new long[values.Length];
        var next = starts.ToArray();
        for (var i = 0; i < values.Length; i++)
            sorted[next[groups[i]]++] = values[i];
        var parts = ImmutableArray.CreateBuilder<Part>(names.Count);
        foreach (var group in Enumerable.Range(0, names.Count).OrderBy(group => names[group], StringComparer.Ordinal))
            parts.Add(new Part(names[group], Spread(sorted.AsSpan(starts[group]..starts[group + 1]))));
        return new Breakdown(parts.MoveToImmutable());
    }

    private static Percentiles<long?> NoRank => new(null, null, null);

    private static Percentiles<double?> NoPosition => new(null, null, null);

    private static long NearestRank(ReadOnlySpan<long> sorted, int percent) =>
        sorted[(int)(((long)percent * sorted.Length + 99) / 100) - 1];

    private static double Linear(ReadOnlySpan<long> sorted, int percent)
    {
        var position = (long)percent * (sorted.Length - 1);
        var below = (int)(position / 100);
        var rest = position % 100;
        return rest == 0 ? sorted[below] : sorted[below] + (sorted[below + 1] - sorted[below]) * (rest / 100.0);
    }
}
