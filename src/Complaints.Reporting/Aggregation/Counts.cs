using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Complaints.Core;

namespace Complaints.Reporting.Aggregation;

/// <summary>Counts by key; nothing counts under the empty key.</summary>
internal sealed class Counts
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string key] => _counts.GetValueOrDefault(key);

    public void Add(string? key, long by = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, key ?? "", out _) += by;

    /// <summary>The greatest first, equal ones by key.</summary>
    public Breakdown BySize() => Of(InOrder);

    /// <summary>The same, with what people call the keys.</summary>
    public Breakdown BySize(Func<string, Label?> labelOf) =>
        new([.. BySize().Parts.Select(part => part with { Label = labelOf(part.Key) })]);

    /// <summary>Their percentages, rounded to two decimals so that they add up to exactly 100: what is left over by rounding down goes to
    /// the largest remainders.</summary>
    public Breakdown ByPercentage()
    {
        const int whole = 10_000;
        var total = _counts.Values.Sum();
        var parts = InOrder.Select(entry => (entry.Key, Part: (Int128)entry.Value * whole)).ToList();
        var left = whole - parts.Sum(entry => (int)(entry.Part / total));
        var favoured = parts.OrderByDescending(entry => entry.Part % total).Take(left).Select(entry => entry.Key).ToHashSet();
        return new([.. parts.Select(entry =>
            new Part(entry.Key, new Number(((int)(entry.Part / total) + (favoured.Contains(entry.Key) ? 1 : 0)) / 100m)))]);
    }

    /// <summary>By key: months, years, states.</summary>
    public Breakdown ByKey() => Of(_counts.OrderBy(entry => entry.Key, StringComparer.Ordinal));

    /// <summary>Exactly these keys in this order, those that never occurred with 0.</summary>
    public Breakdown Of(params ReadOnlySpan<string> keys)
    {
        var parts = ImmutableArray.CreateBuilder<Part>(keys.Length);
        foreach (var key in keys)
            parts.Add(new Part(key, new Amount(this[key])));
        return new Breakdown(parts.MoveToImmutable());
    }

    private IEnumerable<KeyValuePair<string, long>> InOrder =>
        _counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal);

    private static Breakdown Of(IEnumerable<KeyValuePair<string, long>> entries) =>
        new([.. entries.Select(entry => new Part(entry.Key, new Amount(entry.Value)))]);
}

/// <summary>Counts by two keys.</summary>
internal sealed class CrossCounts
{
    private readonly Dictionary<string, Counts> _rows = new(StringComparer.Ordinal);

    public void Add(string? row, string? column)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, row ?? "", out _);
        (counts ??= new Counts()).Add(column);
    }

    /// <summary>Rows by key, columns by size.</summary>
    public Breakdown ByKey() =>
        new([.. _rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new Part(row.Key, row.Value.BySize()))]);

    /// <summary>Exactly these rows; columns by size, with what people call them where that is given.</summary>
    public Breakdown Of(ImmutableArray<string> rows, Func<string, Label?>? labelOf = null) =>
        new([.. rows.Select(row => new Part(row,
            !_rows.TryGetValue(row, out var counts) ? new Breakdown([]) : labelOf is null ? counts.BySize() : counts.BySize(labelOf)))]);
}

/// <summary>Shares by key. A key that was seen but never counted has a share over nothing.</summary>
internal sealed class Shares
{
    private readonly Dictionary<string, (long Part, long Whole)> _shares = new(StringComparer.Ordinal);

    public void Add(string? key, bool counts, bool hits)
    {
        ref var share = ref CollectionsMarshal.GetValueRefOrAddDefault(_shares, key ?? "", out _);
        if (counts)
            share = (share.Part + (hits ? 1 : 0), share.Whole + 1);
    }

    public Breakdown ByKey() => new([.. _shares.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(
        entry => new Part(entry.Key, new Share(entry.Value.Part, entry.Value.Whole)))]);
}

/// <summary>One share.</summary>
internal sealed class Ratio
{
    private long _part;
    private long _whole;

    public void Add(bool hits)
    {
        _whole++;
        if (hits)
            _part++;
    }

    public Share Value => new(_part, _whole);
}
