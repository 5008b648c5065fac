using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>One clock of a complaint as it stands: a projection, computed from what happened and the pinned policy.</summary>
/// <param name="Objective">What it measures.</param>
/// <param name="Round">The round in which it started.</param>
/// <param name="Occurrence">1, and more for objectives that repeat.</param>
/// <param name="Subject">What it is about, where there are several: <c>approval/2</c>.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="Due">When it must have stopped; <c>null</c> while it waits.</param>
/// <param name="StoppedAt">When it stopped.</param>
/// <param name="CancelledAt">When it ended without a verdict: reopened, withdrawn, merged, retargeted.</param>
public sealed record Clock(string Objective, int Round, int Occurrence, string? Subject, Instant StartedAt, Instant? Due, Instant? StoppedAt, Instant? CancelledAt = null)
{
    /// <summary>Its id within the complaint.</summary>
    public string Id { get; } = IdOf(Objective, Round, Occurrence, Subject);

    /// <summary>What became of it, once it has ended.</summary>
    internal ClockVerdict Verdict =>
        IsMet ? ClockVerdict.Met : CancelledAt is { } at && !(Due < at) ? ClockVerdict.Cancelled : ClockVerdict.Breached;

    /// <summary>The same as it is written down.</summary>
    /// <param name="reason">Why, where that is not plain.</param>
    internal ClockResult Result(string? reason) => new(Id, Verdict, Due, EndedAt, reason);

    /// <summary>When it stopped or was cancelled.</summary>
    internal Instant? EndedAt => StoppedAt ?? CancelledAt;

    /// <summary>Objective and round of a clock's id.</summary>
    internal static (string Objective, int Round) Parse(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var round = id.AsSpan(slash + 1);
        var end = round.IndexOfAnyExceptInRange('0', '9');
        return (id[..slash], int.Parse(end < 0 ? round : round[..end], CultureInfo.InvariantCulture));
    }

    /// <summary>The part that a clock's id names; <c>null</c> for a clock of the whole case.</summary>
    internal static Core.Subject? SubjectOf(string id) =>
        id.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && id.IndexOf('/', at) > 0 ? Core.Subject.Parse(id[(at + 1)..]) : null;

    /// <summary>What is named by hosts is bounded: beyond that a text is made for each.</summary>
    private const int MostIds = 1_000;

    private static readonly ConcurrentDictionary<string, string> FirstIds = new(StringComparer.Ordinal);

    /// <summary>Most clocks are the first of their objective, and share its text.</summary>
    private static string FirstOf(string objective)
    {
        if (FirstIds.TryGetValue(objective, out var known))
            return known;
        var id = $"{objective}/1";
        return FirstIds.Count < MostIds ? FirstIds.GetOrAdd(objective, id) : id;
    }

    internal static string IdOf(string objective, int round, int occurrence, string? subject) => (occurrence, subject) switch
    {
        (1, null) when round == 1 => FirstOf(objective),
        (1, null) => string.Create(CultureInfo.InvariantCulture, $"{objective}/{round}"),
        (1, _) => string.Create(CultureInfo.InvariantCulture, $"{objective}/{round}@{subject}"),
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{objective}/{round}/{occurrence}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{objective}/{round}/{occurrence}@{subject}"),
    };

    /// <summary>True while it has neither stopped nor been cancelled.</summary>
    public bool IsOpen => StoppedAt is null && CancelledAt is null;

    /// <summary>True while it counts.</summary>
    public bool IsRunning => IsOpen && Due is not null;

    /// <summary>True while it is open and waits: it has no due instant and cannot breach.</summary>
    public bool IsPaused => IsOpen && Due is null;

    /// <summary>Met if and only if it stopped at or before the due instant.</summary>
    public bool IsMet => StoppedAt is { } stop && Due is { } due && stop <= due;

    /// <summary>True when it still ran at some instant after the due instant.</summary>
    public bool IsBreachedAt(Instant now) => !IsReminder && Due is { } due && (StoppedAt ?? CancelledAt ?? now) > due;

    /// <summary>How far it is: up to an instant, or to its end where that came before.</summary>
    /// <param name="now">The instant.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public ClockTime TimeAt(Instant now) => ClockTime.Of(this, now);

    /// <summary>True for a clock that reminds us of something, as of a hold that lasts long: it is never breached and leads to no
    /// result.</summary>
    public bool IsReminder { get; init; }

    /// <summary>True when it carries on a clock that was breached before the complaint was reopened: it stays breached and gives no second
    /// breach.</summary>
    public bool WasBreached => Inactive is [.., var last] && Due < last.From;

    /// <summary>The pauses that count for it, joined and in order.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];

    /// <summary>The times in which the complaint was resolved or closed and this clock, carried on, stood still.</summary>
    public ImmutableArray<Pause> Inactive { get; init; } = [];

    /// <summary>The due instants before each extension, the oldest first.</summary>
    public ImmutableArray<Instant> EarlierDues { get; init; } = [];

    /// <summary>The objective by which it is measured; <c>null</c> for a promise.</summary>
    internal PolicyObjective? Terms { get; init; }

    /// <summary>The policy and calendars by which it is measured; <c>null</c> for a promise.</summary>
    internal PolicyPin? Pin { get; init; }

    /// <summary>The definitions by which it was projected; <c>null</c> for a promise.</summary>
    internal Rulebook? Rules { get; init; }

    /// <summary>When it would be due if it went on at an instant; only for one that waits.</summary>
    internal Func<Instant, Instant>? DueIfResumed { get; init; }

    internal Instant DueAt(Instant now) => Due ?? DueIfResumed!(now);

    /// <summary>The steps of its policy with their instants, unless it waits.</summary>
    public ImmutableArray<ClockStep> Steps { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(Clock? other) =>
        other is not null && (Id, StartedAt, Due, StoppedAt, CancelledAt) == (other.Id, other.StartedAt, other.Due, other.StoppedAt, other.CancelledAt)
        && Pauses.AsSpan().SequenceEqual(other.Pauses.AsSpan()) && Inactive.AsSpan().SequenceEqual(other.Inactive.AsSpan()) && EarlierDues.AsSpan().SequenceEqual(other.EarlierDues.AsSpan())
        && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, StartedAt, Due, StoppedAt);
}

/// <summary>One step of a clock: a warning, the breach, an escalation.</summary>
/// <param name="Id">Its id within the clock: <c>warn:80%</c>, <c>breach</c>, <c>escalate:2</c>.</param>
/// <param name="At">When.</param>
/// <param name="Escalation">Whom it tells and what it changes; <c>null</c> for a warning or the breach.</param>
public sealed record ClockStep(string Id, Instant At, EscalationStep? Escalation = null)
{
    /// <summary>The id of the breach.</summary>
    public const string Breach = "breach";
}
