using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Complaints.Reporting.Aggregation;

/// <summary>Counts by key; nothing counts under the empty key.</summary>
internal sealed class Counts
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string key] => _counts.GetValueOrDefault(key);

    public void Add(string? key, long by = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, key ?? "", out _) += by;

    /// <summary>The greatest first, equal ones by key.</summary>
    public Breakdown BySize() => Of(_counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal));

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

    private static Breakdown Of(IEnumerable<KeyValuePair<string, long>> entries) => new([.. entries.Select(entry => new Part(entry.Key, new Amount(entry.Value)))]);
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
    public Breakdown ByKey() => new([.. _rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new Part(row.Key, row.Value.BySize()))]);

    /// <summary>Exactly these rows; columns by size.</summary>
    public Breakdown Of(params ImmutableArray<string> rows) => new([.. rows.Select(row => new Part(row, _rows.TryGetValue(row, out var counts) ? counts.BySize() : new Breakdown([])))]);
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

    public Breakdown ByKey() => new([.. _shares.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new Part(entry.Key, new Share(entry.Value.Part, entry.Value.Whole)))]);
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
