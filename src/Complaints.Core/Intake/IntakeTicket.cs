using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What the edge gives to a new complaint, because the core makes no ids and asks no store.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people, such as <c>2026-000123</c>.</param>
/// <param name="Person">Under whose key its personal data is sealed.</param>
/// <param name="ItemHash">The keyed hash of the item's reference; <c>null</c> when the draft names none.</param>
/// <param name="Candidates">Earlier complaints that share a look-up, those under the same reference first, then the newest; at most
/// 20.</param>
/// <param name="Placement">Who handles it by the routing; <c>null</c> where no row is for it.</param>
public sealed record IntakeTicket(
    TenantId Tenant,
    ComplaintId Id,
    string Number,
    SubjectId Person,
    string? ItemHash = null,
    ImmutableArray<IntakeCandidate> Candidates = default,
    Placement? Placement = null)
{
    /// <summary>Of which complaint it was a point, where it is split off; <c>null</c> where it comes in by itself.</summary>
    internal SplitOrigin? Split { get; init; }

    /// <summary>Earlier complaints that share a look-up; never <c>default</c>.</summary>
    public ImmutableArray<IntakeCandidate> Candidates { get; init; } = Candidates.IsDefault ? [] : Candidates;
}

/// <summary>An earlier complaint of the same customer, or of one who is reached in the same way.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="Person">Under whose key it is sealed; a new complaint under the same customer reference shares it.</param>
/// <param name="Matter">What it is about now.</param>
public sealed record IntakeCandidate(
    ComplaintId Id, string Number, ComplaintState State, Instant ReceivedAt, SubjectId Person, Matter Matter = default)
{
    /// <summary>True when it came in under the new complaint's own customer reference: then it is of the same person.</summary>
    public bool SharesReference { get; init; }

    /// <summary>True when its person is known by any customer reference.</summary>
    public bool HasReference { get; init; }
}

/// <summary>An earlier complaint that the new one resembles. Shown to a person, never merged by itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Likeness">How it resembles the new one.</param>
public sealed record SimilarComplaint(ComplaintId Id, string Number, Likeness Likeness);

/// <summary>How an earlier complaint resembles a new one.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Likeness>))]
public enum Likeness
{
    /// <summary>The same matter is still open: probably the same complaint filed twice.</summary>
    Duplicate,

    /// <summary>The same matter came in before, within the repeat rule's window (重复投诉).</summary>
    Repeat,

    /// <summary>The same customer has another open complaint.</summary>
    SameCustomer,

    /// <summary>Another customer, known by another reference, has an open complaint and the same phone number or mail address.</summary>
    SameContact,
}
