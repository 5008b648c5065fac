using System.Collections.Immutable;

namespace Complaints.Core.Classification;

/// <summary>The classification's part of a complaint: severity, urgency and impact are judged apart, priority follows from a
/// table.</summary>
/// <param name="Category">A category of the catalogue, or a source's own for an imported complaint; <c>null</c> while unclassified.</param>
/// <param name="Subcategory">A subcategory of it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Urgency">How much a delay would harm.</param>
/// <param name="Impact">How many it touches.</param>
/// <param name="Priority">What follows from the three.</param>
/// <param name="Risks">What it may lead to.</param>
/// <param name="CatalogueVersion">The version of the catalogue that was in force.</param>
/// <param name="Suggested">True while only a rule, and no person, has said so.</param>
public sealed record Judgement(
    string? Category,
    string? Subcategory,
    string Severity,
    string Urgency,
    string Impact,
    string Priority,
    ImmutableArray<string> Risks,
    int CatalogueVersion = 0,
    bool Suggested = false)
{
    /// <summary>Before anything was judged.</summary>
    internal static Judgement None { get; } = new(null, null, "", "", "", "", []);

    /// <inheritdoc/>
    public bool Equals(Judgement? other) =>
        other is not null && (Category, Subcategory, Severity, Urgency, Impact, Priority, CatalogueVersion, Suggested)
            == (other.Category, other.Subcategory, other.Severity, other.Urgency, other.Impact, other.Priority, other.CatalogueVersion, other.Suggested)
        && Risks.AsSpan().SequenceEqual(other.Risks.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Category, Subcategory, Severity, Urgency, Impact, Priority);
}
