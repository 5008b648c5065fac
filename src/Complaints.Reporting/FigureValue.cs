using System.Collections.Immutable;
using Complaints.Core;
using NodaTime;

namespace Complaints.Reporting;

/// <summary>The value of a figure.</summary>
public abstract record FigureValue;

/// <summary>A number of things.</summary>
/// <param name="Value">How many.</param>
public sealed record Amount(long Value) : FigureValue;

/// <summary>A number that may have decimals: a sum, a percentage.</summary>
/// <param name="Value">The number.</param>
/// <param name="IsTime">True for seconds.</param>
public sealed record Number(decimal Value, bool IsTime = false) : FigureValue;

/// <summary>How much more or less than in the period before.</summary>
/// <param name="Now">How many in the period.</param>
/// <param name="Before">How many in the one before; <c>null</c> where nothing is known of it.</param>
public sealed record Change(long Now, long? Before) : FigureValue
{
    /// <summary>The difference over the period before; <c>null</c> over nothing, never infinite.</summary>
    public double? Value => Before is > 0 and { } before ? (double)(Now - before) / before : null;
}

/// <summary>An instant; <c>null</c> when there is none.</summary>
/// <param name="Value">When.</param>
public sealed record Moment(Instant? Value) : FigureValue;

/// <summary>A part of a whole, with both of its numbers.</summary>
/// <param name="Numerator">The part.</param>
/// <param name="Denominator">The whole.</param>
public sealed record Share(long Numerator, long Denominator) : FigureValue
{
    /// <summary>The quotient; <c>null</c> over nothing, never 0 and never NaN.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / Denominator;
}

/// <summary>How durations are spread. Exact: every one of them was looked at. Negative ones, which only a source that contradicts itself
/// gives, are in count, sum and least, and left out of the percentiles.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum in seconds.</param>
/// <param name="Least">The shortest; <c>null</c> of nothing.</param>
/// <param name="Greatest">The longest; <c>null</c> of nothing.</param>
/// <param name="NearestRank">p50, p90, p95 as one of the durations: the one of rank ⌈p·n⌉.</param>
/// <param name="Linear">p50, p90, p95 between the two durations around position p·(n-1).</param>
public sealed record Spread(
    long Count, long Sum, long? Least, long? Greatest, Percentiles<long?> NearestRank, Percentiles<double?> Linear) : FigureValue
{
    /// <summary>How many of them are negative.</summary>
    public long Negative { get; init; }
}

/// <summary>Three percentiles.</summary>
/// <typeparam name="T">A number.</typeparam>
/// <param name="P50">The median.</param>
/// <param name="P90">90 % are at most this.</param>
/// <param name="P95">95 % are at most this.</param>
public sealed record Percentiles<T>(T P50, T P90, T P95);

/// <summary>A figure by something, in order. Parts may be broken down again.</summary>
/// <param name="Parts">The parts.</param>
public sealed record Breakdown(ImmutableArray<Part> Parts) : FigureValue
{
    /// <summary>The part of a key; <c>null</c> if there is none.</summary>
    public FigureValue? this[string key] => Parts.FirstOrDefault(part => part.Key == key)?.Value;

    /// <inheritdoc/>
    public bool Equals(Breakdown? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Length;
}

/// <summary>One part of a breakdown.</summary>
/// <param name="Key">Of what: a code, or a month such as <c>2026-03</c>. Empty for those that have none.</param>
/// <param name="Value">Its value.</param>
public sealed record Part(string Key, FigureValue Value)
{
    /// <summary>What people call it, where the key is a code of the library's own.</summary>
    public Label? Label { get; init; }
}
