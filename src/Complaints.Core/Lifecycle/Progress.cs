using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>The lifecycle's part of a complaint.</summary>
/// <param name="State">Where the complaint stands.</param>
/// <param name="Round">1, and one more after each reopening or review.</param>
/// <param name="Stage">1, or 2 in a second-stage review.</param>
/// <param name="Holds">The reasons to wait; never empty in <see cref="ComplaintState.OnHold"/>, else empty.</param>
/// <param name="ResumesTo">The state to which the last released hold returns.</param>
/// <param name="MergedInto">The complaint that carries this one on.</param>
/// <param name="ReopenedAt">When the current round began, if it is not the first.</param>
/// <param name="EndedAt">When the complaint was closed, withdrawn or merged.</param>
/// <param name="ArchivedAt">When it was filed away.</param>
public sealed record Progress(
    ComplaintState State,
    int Round,
    int Stage,
    ImmutableArray<Hold> Holds,
    ComplaintState? ResumesTo = null,
    ComplaintId? MergedInto = null,
    Instant? ReopenedAt = null,
    Instant? EndedAt = null,
    Instant? ArchivedAt = null)
{
    /// <summary>What was taken over from others, or by another, in a merge; <c>null</c> if it was never merged with another.</summary>
    public MergeRecord? Merges { get; init; }

    /// <summary>The rounds before this one, and what they came to.</summary>
    public ImmutableArray<RoundResult> Rounds { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When this round began, if it is not the first: the reopening, or the request for the review.</summary>
    public Instant? OpenedAt { get; init; }

    /// <summary>The review that was asked for and not yet granted.</summary>
    public ReviewRequest? Review { get; init; }

    /// <summary>When a later round was last acknowledged; the first acknowledgement stands in the receipt.</summary>
    public RoundAcknowledged? Acknowledged { get; init; }

    /// <summary>The round of the clocks: a review's begins when it is asked for.</summary>
    internal int ClockRound => Review is null ? Round : Round + 1;

    /// <summary>The stage whose policies count.</summary>
    internal int ClockStage => Review is null ? Stage : 2;

    /// <summary>The same, never <c>null</c>.</summary>
    internal MergeRecord Merged => Merges ?? MergeRecord.None;

    /// <summary>The beginning of every complaint.</summary>
    public static Progress Beginning { get; } = new(ComplaintState.Registered, Round: 1, Stage: 1, Holds: []);

    /// <summary>The state that counts for what is still to do: the one behind a hold, else the state itself.</summary>
    public ComplaintState Underlying => ResumesTo ?? State;
}

/// <summary>What a merge moved.</summary>
/// <param name="Absorbed">The complaints whose debts this one took over.</param>
/// <param name="CarriedHolds">The holds of a merged complaint, for its survivor.</param>
/// <param name="AbsorbedAt">When the survivor had taken over what this merged complaint owed.</param>
/// <param name="IntoNumber">The number of the complaint that carries this one on.</param>
public sealed record MergeRecord(
    ImmutableArray<ComplaintId> Absorbed, ImmutableArray<Hold> CarriedHolds, Instant? AbsorbedAt = null, string? IntoNumber = null)
{
    /// <summary>Never merged with another.</summary>
    public static MergeRecord None { get; } = new([], []);

    /// <summary>The complaints whose debts this one took over; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Absorbed { get; init; } = Absorbed.IsDefault ? [] : Absorbed;

    /// <summary>The holds for the survivor; never <c>default</c>.</summary>
    public ImmutableArray<Hold> CarriedHolds { get; init; } = CarriedHolds.IsDefault ? [] : CarriedHolds;
}

/// <summary>One reason to wait.</summary>
/// <param name="Reason">A code of the hold reasons; at most one hold a reason.</param>
/// <param name="Since">From when it counts.</param>
/// <param name="By">Who placed it.</param>
/// <param name="ReviewOn">When somebody must look again.</param>
/// <param name="Elapsed">True when it is counted in elapsed time.</param>
public sealed record Hold(
    string Reason, Instant Since, string By, LocalDate? ReviewOn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Elapsed = false);
