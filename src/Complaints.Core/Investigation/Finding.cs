using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Investigation;

/// <summary>What was found of points of a complaint (调查结论), or why nothing was investigated. What was found stands in the history, in
/// words and sealed.</summary>
/// <param name="Number">Its number within the complaint, from 1; never used again.</param>
/// <param name="Points">The numbers of the points.</param>
/// <param name="Causes">Codes of the causes.</param>
/// <param name="Fault">Whose fault it is: a code of the parties; <c>null</c> where nothing was investigated.</param>
/// <param name="NotInvestigated">Why nothing was investigated: a code of the tenant's reasons for that.</param>
/// <param name="Similar">The earlier complaint that settled the same.</param>
public sealed record Finding(
    int Number, ImmutableArray<int> Points, ImmutableArray<string> Causes, string? Fault = null, string? NotInvestigated = null,
    ComplaintId? Similar = null)
{
    /// <summary>The numbers of the points; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init; } = Points.IsDefault ? [] : Points;

    /// <summary>Codes of the causes; never <c>default</c>.</summary>
    public ImmutableArray<string> Causes { get; init; } = Causes.IsDefault ? [] : Causes;

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("finding", Number);

    /// <inheritdoc/>
    public bool Equals(Finding? other) =>
        other is not null && (Number, Fault, NotInvestigated, Similar) == (other.Number, other.Fault, other.NotInvestigated, other.Similar)
        && Points.AsSpan().SequenceEqual(other.Points.AsSpan()) && Causes.AsSpan().SequenceEqual(other.Causes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Number;
}
