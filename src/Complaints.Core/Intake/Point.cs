using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>One point of a complaint (诉求点): one thing that the customer finds wrong, which is judged and answered by itself. What was said
/// of it stands in the history, sealed; of the first point that is the title and the narrative of the receipt.</summary>
/// <param name="Number">Its number within the complaint, from 1; never used again.</param>
/// <param name="Category">A category of the catalogue; <c>null</c> for that of the complaint.</param>
/// <param name="Subcategory">A subcategory of it.</param>
public sealed record Point(int Number, string? Category = null, string? Subcategory = null)
{
    /// <summary>Why it was dropped: a code of <see cref="PointDrop"/>; <c>null</c> while it is open.</summary>
    public string? Dropped { get; init; }

    /// <summary>The number of the point that says the same, where it was dropped for that.</summary>
    public int? DuplicateOf { get; init; }

    /// <summary>The complaint in which it goes on, where it was split off.</summary>
    public SplitTarget? Into { get; init; }

    /// <summary>Whether it is established: a code of <c>PointValidity</c>; <c>null</c> while nobody has decided. It stays decided in later
    /// rounds, until somebody decides again.</summary>
    public string? Validity { get; init; }

    /// <summary>Whether the grounds are sufficient: a code of <c>PointGrounds</c>; <c>null</c> where nobody said.</summary>
    public string? Grounds { get; init; }

    /// <summary>Whether what the customer demands is reasonable: a code of <c>PointDemand</c>; <c>null</c> where nobody said.</summary>
    public string? Demand { get; init; }

    /// <summary>The department that it comes from: a code of the organisation's departments, or the host's own.</summary>
    public string? Department { get; init; }

    /// <summary>Since when somebody is making a case of its own of it; <c>null</c> while nobody is.</summary>
    public Instant? PartingSince { get; init; }

    /// <summary>True unless it was dropped.</summary>
    [JsonIgnore]
    public bool IsOpen => Dropped is null;

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("point", Number);
}

/// <summary>Where a point goes on that was split off.</summary>
/// <param name="Case">The complaint.</param>
/// <param name="Number">Its number for people.</param>
public sealed record SplitTarget(ComplaintId Case, string Number);
