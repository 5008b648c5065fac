using System.Collections.Immutable;

namespace Complaints.Core.Assignment;

/// <summary>How many points a case has in a queue, and what for. They change by themselves with every working day.</summary>
/// <param name="Points">The sum of the parts; it may be negative.</param>
/// <param name="Parts">What the points are for, in the order of the definition; what counts nothing is left out.</param>
/// <param name="IsIncomplete">True where some of what counts is damaged in the store, and was left out.</param>
public sealed record QueueScore(int Points, ImmutableArray<ScorePart> Parts, bool IsIncomplete = false)
{
    /// <inheritdoc/>
    public bool Equals(QueueScore? other) => other is not null && (Points, IsIncomplete) == (other.Points, other.IsIncomplete)
        && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Points, Parts.Length, IsIncomplete);
}

/// <summary>A part of a score.</summary>
/// <param name="Attribute">What it is for: an attribute of the definition, or since when days are counted.</param>
/// <param name="Value">The code for which points are given; <c>null</c> for what is so or is not, and for days.</param>
/// <param name="Label">The same for people, with the number of working days and the points of each.</param>
/// <param name="Points">The points.</param>
/// <param name="WorkingDays">How many working days are counted; <c>null</c> for what does not grow.</param>
public sealed record ScorePart(string Attribute, string? Value, Label Label, int Points, int? WorkingDays = null);
