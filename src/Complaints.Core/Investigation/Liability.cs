using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Investigation;

/// <summary>Who answers for what was found (责任认定). Told only to who may record it. On what it rests stands in the history, sealed; of a
/// member of the staff under that person's own key.</summary>
/// <param name="Number">Its number within the complaint, from 1; never used again.</param>
/// <param name="Finding">The number of the finding.</param>
/// <param name="Party">A code of the parties.</param>
/// <param name="Department">The department: a code of the organisation's departments, or the host's own.</param>
/// <param name="Staff">The member of the staff, by the host's id.</param>
/// <param name="Person">Under whose key its words are sealed; <c>null</c> for the complainant's.</param>
/// <param name="Measure">What is done: a code of the measures.</param>
public sealed record Liability(
    int Number, int Finding, string Party, string? Department = null, string? Staff = null, SubjectId? Person = null,
    string? Measure = null)
{
    /// <summary>Who leads the teams of the member of the staff, and gets no work on the case either.</summary>
    [JsonInclude]
    internal ImmutableArray<string>? KeptOut { get; init; }

    /// <summary>The number of the merged complaint in which it was recorded, for people: the finding is there, and so is on what it rests;
    /// <c>null</c> for this one.</summary>
    public string? Of { get; init; }

    /// <summary>Whether another says of the same person, and of everybody who leads the person's teams, that they keep out.</summary>
    internal bool IsKnownBy(Liability other) =>
        other.Staff == Staff && (KeptOut ?? []).All(lead => other.KeptOut?.Contains(lead) is true);

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("liability", Number);
}
