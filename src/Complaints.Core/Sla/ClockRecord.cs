using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// The clocks' part of a complaint: the policy that it is pinned to, what happened, when it waited, and what was written down about its
/// clocks. No counter is stored
/// anywhere: every clock is projected from these.
/// </summary>
public sealed record ClockRecord
{
    /// <summary>No policy, nothing happened.</summary>
    public static ClockRecord None { get; } = new();

    /// <summary>The pinned policies, the newest last. Empty while no clock runs, as for an imported complaint that was not
    /// adopted.</summary>
    public ImmutableArray<PolicyPin> Policies { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What happened, by <see cref="ClockFact.At"/>.</summary>
    public ImmutableArray<ClockFact> Facts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When the complaint waited, and for what, by <see cref="Pause.From"/>; several at once are counted once.</summary>
    public ImmutableArray<Pause> Pauses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was written down about ended or breached clocks; corrected by appending.</summary>
    public ImmutableArray<ClockResult> Results { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The steps that fired or never will, as <c>clock|step</c>.</summary>
    public ImmutableArray<string> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Fixed instants that were promised to the customer, the newest last.</summary>
    public ImmutableArray<AgreedDeadline> Agreed { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What else was promised to the customer, with a date.</summary>
    public ImmutableArray<Commitment> Commitments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What else has a date of its own, such as a step.</summary>
    [JsonIgnore]
    public ImmutableArray<DatedClock> Dated
    {
        get => DatedWritten ?? [];
        init => DatedWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing where there is none.</summary>
    [JsonInclude, JsonPropertyName("dated")]
    internal ImmutableArray<DatedClock>? DatedWritten { get; init; }

    /// <summary>Extensions that were asked for, with what was decided.</summary>
    public ImmutableArray<Extension> Extensions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was summed up of older contacts; <c>null</c> while there are few.</summary>
    public CondensedContacts? Condensed { get; init; }

    /// <summary>How far it was escalated in this round; never falls within a round.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Level { get; init; }

    private Memo<Projection> _projected;

    /// <summary>Every clock of every round, worked out once for the same definitions, and from what was worked out of the record that this
    /// one was made of. Thread-safe: two at once work it out twice.</summary>
    /// <param name="rules">The definitions.</param>
    /// <param name="before">The record that this one was made of, where it may have been worked out since.</param>
    internal ImmutableArray<Clock> Projected(Rulebook rules, ClockRecord? before = null)
    {
        // It is everybody's, and keeps nobody's definitions.
        if (ReferenceEquals(this, None))
            return [];
        var last = _projected.Last;
        if (last is not null && ReferenceEquals(last.Of, this) && ReferenceEquals(last.Rules, rules))
            return last.Clocks;
        last = before?._projected.Last ?? last;
        var clocks = last is null || !ReferenceEquals(last.Rules, rules) ? Sla.Clocks.Project(this, rules, [])
            : RunsAs(last.Of) ? last.Clocks
            : Sla.Clocks.Project(this, rules, MeasuresAs(last.Of) ? last.Clocks : []);
        _projected = new(new(this, rules, clocks));
        return clocks;
    }

    /// <summary>Whether all clocks of both are the same: only what was written down of them differs.</summary>
    private bool RunsAs(ClockRecord other) =>
        MeasuresAs(other) && Facts == other.Facts && Agreed == other.Agreed && Commitments == other.Commitments
        && Dated == other.Dated && Condensed == other.Condensed && Level == other.Level;

    /// <summary>Whether a span has the same due instant and steps in both.</summary>
    private bool MeasuresAs(ClockRecord other) =>
        Policies == other.Policies && Pauses == other.Pauses && Extensions == other.Extensions;

    /// <summary>The policy in force; <c>null</c> while no clock runs.</summary>
    public DefinitionRef? Policy => Policies.IsEmpty ? null : Policies[^1].Policy;

    /// <summary>When it last stopped waiting; <c>null</c> if it never did.</summary>
    internal Instant? LastResume => Pauses.Max(pause => pause.To);

    /// <summary>The last thing that was written down about a clock; <c>null</c> if nothing was.</summary>
    internal ClockResult? ResultOf(string clock) => Results.LastOrDefault(result => result.Clock == clock);

    /// <summary>The newest result of each clock.</summary>
    internal IEnumerable<((string Objective, int Round) Clock, ClockResult Result)> Last =>
        Results.GroupBy(result => result.Clock).Select(results => (Clock.Parse(results.Key), results.Last()));

    /// <summary>How the clocks ended, by objective and round.</summary>
    internal IEnumerable<VerdictCount> Verdicts =>
        (Condensed?.Counted ?? []).Concat(Last.Select(last => VerdictCount.Of(last.Clock, last.Result.Verdict)));

    internal bool HasStep(string clock, string step) => Steps.Contains($"{clock}|{step}");

    /// <summary>The tenant's own calendar, in the version that counts for the complaint.</summary>
    internal BusinessCalendar CalendarIn(Rulebook rules) => Policies is [.., { Calendars: [var own, ..] pinned }]
        ? rules.Calendar(own, pinned)
        : rules.Calendar(rules.Settings.Calendar);

    internal ClockRecord With(ClockFact fact)
    {
        var at = Facts.Length;
        while (at > 0 && Facts[at - 1].At > fact.At)
            at--;
        var facts = Facts.Insert(at, fact);
        if (Condensed is null || fact.At >= Condensed.Before)
            return this with { Facts = facts };
        return Condensing.IsContact(fact)
            ? this with { Facts = Condensing.Facts(facts, Condensed.Before) }
            : this with { Facts = facts, Condensed = Condensed with { Late = Condensed.Late.Add(fact) } };
    }

    internal ClockRecord CondensedBefore(Instant before, ImmutableArray<ClockTally> tallies) => this with
    {
        Condensed = new(before, tallies)
        {
            Counted = VerdictCount.Sum((Condensed?.Counted ?? []).Concat(
                Last.Where(last => tallies.Any(tally => tally.Counts(last.Result.Clock)))
                    .Select(last => VerdictCount.Of(last.Clock, last.Result.Verdict)))),
        },
        Facts = Condensing.Facts(Facts, before),
        Results = Results.RemoveAll(result => tallies.Any(tally => tally.Counts(result.Clock))),
        Steps = Steps.RemoveAll(step => tallies.Any(tally => tally.Counts(step[..step.IndexOf('|')]))),
    };

    /// <summary>What a clock that goes on from a tally walks.</summary>
    internal ImmutableArray<ClockFact> FactsSince(ClockTally tally)
    {
        var at = 0;
        while (at < Facts.Length && Facts[at].At < Condensed!.Before)
            at++;
        return [.. Condensed!.Late.Where(fact => tally.Open is null || fact.At >= tally.Start), .. Facts.AsSpan()[at..]];
    }

    /// <summary>True when nothing but newer facts and results came since.</summary>
    internal bool OnlyWentOn(ClockRecord before) =>
        Policies == before.Policies && Pauses == before.Pauses && Agreed == before.Agreed && Commitments == before.Commitments && Extensions == before.Extensions
        && Dated == before.Dated && Facts.Length > before.Facts.Length
        && (before.Facts.IsEmpty || ReferenceEquals(Facts[before.Facts.Length - 1], before.Facts[^1]));

    /// <summary>The same with one more thing that has a date.</summary>
    internal ClockRecord With(DatedClock dated) => this with { Dated = Dated.Add(dated) };

    /// <summary>The same after what has a date was done, or needs not be done any more; nothing where it has none.</summary>
    internal ClockRecord DatedEnded(string subject, Instant at, bool isCancelled) =>
        Dated.FirstOrDefault(dated => dated.Subject == subject && dated is { StoppedAt: null, CancelledAt: null }) is not { } ended
            ? this : this with
        {
            Dated = Dated.Replace(ended, isCancelled ? ended with { CancelledAt = at } : ended with { StoppedAt = at }),
        };

    internal ClockRecord Paused(string reason, Instant from, bool isElapsed = false)
    {
        var at = Pauses.Length;
        while (at > 0 && Pauses[at - 1].From > from)
            at--;
        return this with { Pauses = Pauses.Insert(at, new Pause(from, null, reason, isElapsed)) };
    }

    internal ClockRecord Resumed(string reason, Instant to) =>
        this with { Pauses = [.. Pauses.Select(pause => pause.To is null && pause.Reason == reason ? pause with { To = to } : pause)] };

    internal ClockRecord ResumedAll(Instant to) =>
        this with { Pauses = [.. Pauses.Select(pause => pause.To is null ? pause with { To = to } : pause)] };

    internal ClockRecord NewRound() => this with { Level = 0 };
}

/// <summary>A time in which the complaint waited: <c>[From, To)</c>.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end; <c>null</c> while it lasts.</param>
/// <param name="Reason">A code of the hold reasons.</param>
/// <param name="Elapsed">True when it is counted in elapsed time: all of it comes off a clock in working time, and every date off a limit
/// in working days. Else it is counted in the clock's own time.</param>
public sealed record Pause(
    Instant From, Instant? To = null, string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Elapsed = false);

/// <summary>What was written down about a clock.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Due">When it was due.</param>
/// <param name="At">When it stopped, was breached or cancelled.</param>
/// <param name="Reason">Why it was cancelled or corrected: <c>by-retarget</c>, <c>by-recalculation</c>, <c>by-merge</c>,
/// <c>by-reopening</c>, <c>by-end</c>, <c>by-fact</c>, <c>superseded</c>, <c>by-late-fact</c>.</param>
public sealed record ClockResult(string Clock, ClockVerdict Verdict, Instant? Due, Instant? At, string? Reason = null);

/// <summary>How many clocks of an objective ended how in a round.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Round">The round.</param>
/// <param name="Met">How many were met.</param>
/// <param name="Breached">How many were late.</param>
/// <param name="Cancelled">How many ended without a verdict.</param>
public sealed record VerdictCount(string Objective, int Round, int Met, int Breached, int Cancelled)
{
    internal static VerdictCount Of((string Objective, int Round) clock, ClockVerdict verdict) => new(
        clock.Objective, clock.Round, verdict == ClockVerdict.Met ? 1 : 0, verdict == ClockVerdict.Breached ? 1 : 0,
        verdict == ClockVerdict.Cancelled ? 1 : 0);

    internal static ImmutableArray<VerdictCount> Sum(IEnumerable<VerdictCount> counts) =>
    [
        .. counts.GroupBy(count => (count.Objective, count.Round)).Select(same => new VerdictCount(
            same.Key.Objective, same.Key.Round, same.Sum(count => count.Met), same.Sum(count => count.Breached),
            same.Sum(count => count.Cancelled))),
    ];
}

/// <summary>What became of a clock.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClockVerdict>))]
public enum ClockVerdict
{
    /// <summary>It stopped at or before its due instant.</summary>
    Met,

    /// <summary>It still ran after its due instant.</summary>
    Breached,

    /// <summary>It ended without a verdict.</summary>
    Cancelled,
}

/// <summary>A fixed instant that was promised to the customer: not pausable, not retargeted, not carried by reopening.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="PromisedAt">When it was promised.</param>
/// <param name="Due">The promised instant.</param>
/// <param name="SupersededAt">When another took its place before it was due.</param>
public sealed record AgreedDeadline(int Number, Instant PromisedAt, Instant Due, Instant? SupersededAt = null);
