using NodaTime;

namespace Complaints.Core.FollowUp;

/// <summary>The follow-up's part of a complaint (回访).</summary>
/// <param name="LastVisitAt">When the customer was last visited or called.</param>
/// <param name="Satisfied">What the customer last said when visited; <c>null</c> if nothing.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="ReachedAt">When the customer was first reached.</param>
/// <param name="WaivedAt">When it was decided to do without.</param>
public sealed record FollowUpRecord(
    Instant? LastVisitAt = null, bool? Satisfied = null, int Attempts = 0, Instant? ReachedAt = null, Instant? WaivedAt = null)
{
    /// <summary>Nothing yet.</summary>
    public static FollowUpRecord None { get; } = new();

    /// <summary>True when the visit was done or waived.</summary>
    internal bool IsSettled => ReachedAt is not null || WaivedAt is not null;
}
