using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>How the talk with the customer stands.</summary>
/// <param name="HeardAt">When the customer, or who speaks for the customer, last called or wrote.</param>
/// <param name="SpokeAt">When a person of ours last reached the customer.</param>
/// <param name="UnansweredSince">The first message that nobody has answered yet; <c>null</c> if there is none.</param>
/// <param name="Chasers">How often the customer asked how far it is.</param>
/// <param name="Verdict">What the customer last said of the result; <c>null</c> if nobody asked and nothing was said in this
/// round.</param>
/// <param name="Emotion">How the customer felt when last somebody noted it, a code of <see cref="Core.Contact.Emotion"/>.</param>
public sealed record Talk(
    Instant? HeardAt = null, Instant? SpokeAt = null, Instant? UnansweredSince = null, int Chasers = 0, CustomerVerdict? Verdict = null,
    string? Emotion = null)
{
    /// <summary>Nobody has said anything.</summary>
    public static Talk None { get; } = new();

    /// <summary>The customer was heard.</summary>
    internal Talk Heard(Instant at) => this with { HeardAt = Later(HeardAt, at) };

    /// <summary>The customer wrote, or called in vain: somebody owes an answer, unless it was given since.</summary>
    internal Talk Left(Instant at) => Heard(at) with
    {
        UnansweredSince = SpokeAt >= at ? UnansweredSince : UnansweredSince is { } earlier && earlier <= at ? earlier : at,
    };

    /// <summary>A person of ours reached the customer.</summary>
    internal Talk Spoke(Instant at) => this with
    {
        SpokeAt = Later(SpokeAt, at), UnansweredSince = UnansweredSince > at ? UnansweredSince : null,
    };

    /// <summary>The customer said whether the result is satisfying; the latest word counts.</summary>
    internal Talk Said(bool? satisfied, Instant at) =>
        satisfied is { } verdict && !(Verdict?.At > at) ? this with { Verdict = new(verdict, at) } : this;

    /// <summary>The customer felt so; what is written down late of an earlier talk does not outdate a later one.</summary>
    internal Talk Felt(string? emotion, Instant at) =>
        emotion is null || Emotion is not null && (HeardAt > at || SpokeAt > at) ? this : this with { Emotion = emotion };

    private static Instant Later(Instant? one, Instant other) => one > other ? one.Value : other;
}

/// <summary>What the customer said of the result.</summary>
/// <param name="Satisfied">Whether it is satisfying.</param>
/// <param name="At">When.</param>
public sealed record CustomerVerdict(bool Satisfied, Instant At);
