using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>What a round came to before another began: it stays what it was, whatever is decided later.</summary>
/// <param name="Round">1, 2, ...</param>
/// <param name="Stage">1, or 2 for a second-stage review.</param>
/// <param name="OpenedAt">The receipt, the reopening or the grant of the review: from then on somebody worked on it.</param>
/// <param name="Outcome">How it ended: a code of the outcomes.</param>
/// <param name="ResolvedAt">When it was resolved or decided as not established.</param>
/// <param name="NotifiedAt">When the customer was told.</param>
/// <param name="ClosedAt">When it was closed, if it was.</param>
/// <param name="Satisfied">What the customer last said of the result; <c>null</c> if nothing.</param>
/// <param name="Cost">What was agreed and not failed, in the tenant's currency.</param>
/// <param name="Deciders">Who decided something in it.</param>
public sealed record RoundResult(
    int Round, int Stage, Instant OpenedAt, string? Outcome, Instant? ResolvedAt, Instant? NotifiedAt, Instant? ClosedAt, bool? Satisfied,
    decimal Cost, ImmutableArray<string> Deciders)
{
    /// <summary>Who decided something in it; never <c>default</c>.</summary>
    public ImmutableArray<string> Deciders { get; init; } = Deciders.IsDefault ? [] : Deciders;

    internal static RoundResult Of(Complaint complaint) => new(
        complaint.Progress.Round, complaint.Progress.Stage, complaint.Progress.ReopenedAt ?? complaint.Receipt.ReceivedAt,
        complaint.Settlement.Outcome, complaint.Settlement.ResolvedAt, complaint.Settlement.NotifiedAt, complaint.Progress.EndedAt,
        complaint.Talk.Verdict?.Satisfied, complaint.Settlement.AgreedCost, complaint.Settlement.Deciders);
}

/// <summary>A second-stage review that was asked for and not yet granted.</summary>
/// <param name="At">When: its clocks count from then.</param>
/// <param name="Participant">The number of the participant who asked; <c>null</c> for the customer, or for us.</param>
public sealed record ReviewRequest(Instant At, int? Participant = null);

/// <summary>When a later round than the first was acknowledged.</summary>
/// <param name="Round">The round.</param>
/// <param name="At">When.</param>
public sealed record RoundAcknowledged(int Round, Instant At);

/// <summary>What a second-stage review came to, beside the round before it.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ReviewFinding>))]
public enum ReviewFinding
{
    /// <summary>The outcome is the same.</summary>
    Confirmed,

    /// <summary>It is another.</summary>
    Changed,
}
