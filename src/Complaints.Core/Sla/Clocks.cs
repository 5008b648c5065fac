using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Projects the clocks of a complaint: a fold over its facts, for every objective of the pinned policy, and for every promise and
/// hold.</summary>
public static class Clocks
{
    private static readonly ImmutableArray<string?> Nobody = [null];

    /// <summary>Every clock of every round, in the order of the policy's objectives; empty where no policy is pinned and nothing was
    /// promised.</summary>
    public static ImmutableArray<Clock> Project(Complaint complaint, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        return complaint.Clocks.Projected(rules);
    }

    /// <summary>The same for a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="known">Clocks of the same policies, pauses and extensions: one whose span is the same is the same clock.</param>
    internal static ImmutableArray<Clock> Project(ClockRecord record, Rulebook rules, ImmutableArray<Clock> known)
    {
        var clocks = ImmutableArray.CreateBuilder<Clock>(8);
        foreach (var walked in Objectives(record, rules))
            Walk(walked, record, rules, known, clocks);
        FixedClocks.Append(record, rules, clocks);
        return clocks.DrainToImmutable();
    }

    /// <summary>The earliest due instant of the running clocks, by which queues are sorted.</summary>
    public static Instant? NextDue(ImmutableArray<Clock> clocks)
    {
        Instant? next = null;
        foreach (var clock in clocks)
        {
            if (clock.IsRunning && (next is null || clock.Due < next))
                next = clock.Due;
        }
        return next;
    }

    /// <summary>The clocks that a decision may have ended: those that were open before where it only added facts at the
    /// end, else all that have ended.</summary>
    internal static ImmutableArray<Clock> Ended(ClockRecord before, Complaint after, Rulebook rules)
    {
        var known = before.Projected(rules);
        var clocks = after.Clocks.Projected(rules, before);
        var all = !after.Clocks.OnlyWentOn(before);
        var ended = ImmutableArray.CreateBuilder<Clock>(clocks.Length);
        foreach (var clock in clocks)
        {
            if (!clock.IsOpen && (all || !HadEnded(clock, known)))
                ended.Add(clock);
        }
        return ended.DrainToImmutable();
    }

    private static bool HadEnded(Clock clock, ImmutableArray<Clock> known)
    {
        foreach (var earlier in known)
        {
            if (ReferenceEquals(earlier, clock) || !earlier.IsOpen && earlier.Id == clock.Id)
                return true;
        }
        return false;
    }

    /// <summary>How far the clocks that repeat had come before an instant.</summary>
    internal static ImmutableArray<ClockTally> Tallies(ClockRecord record, Rulebook rules, Instant before) =>
    [
        .. Objectives(record, rules).Where(walked => walked.Newest.IsRepeating)
            .Select(walked => new SpanWalk(walked, subject: null, record).TallyAt(before)),
    ];

    /// <summary>The objectives of the policy in force, and those of earlier ones that it lacks.</summary>
    private static ImmutableArray<WalkedObjective> Objectives(ClockRecord record, Rulebook rules)
    {
        var pins = record.Policies;
        if (pins.IsEmpty || rules.Policy(pins[^1].Policy) is not { } current)
            return [];
        if (pins.Length == 1)
            return current.Walked;
        return ObjectivesOf(current, pins, rules);
    }

    private static ImmutableArray<WalkedObjective> ObjectivesOf(SlaPolicy current, ImmutableArray<PolicyPin> pins, Rulebook rules)
    {
        var names = new List<string>(current.Objectives.Select(objective => objective.Objective));
        for (var i = pins.Length - 2; i >= 0; i--)
            names.AddRange(rules.Policy(pins[i].Policy)?.Objectives.Select(objective => objective.Objective).Except(names) ?? []);
        return [.. names.Select(name => WalkedObjective.Of(name, pins, rules))];
    }

    private static void Walk(
        WalkedObjective walked, ClockRecord record, Rulebook rules, ImmutableArray<Clock> known, ImmutableArray<Clock>.Builder clocks)
    {
        var objective = walked.Newest;
        foreach (var subject in Subjects(walked, record))
        {
            var spans = new SpanWalk(walked, subject, record);
            while (spans.MoveNext())
            {
                ref readonly var span = ref spans.Current;
                var begun = BegunAs(objective, span, known);
                clocks.Add(begun is not null && begun.StoppedAt == span.StoppedAt && begun.CancelledAt == span.CancelledAt
                    ? begun
                    : ClockMeasure.Of(objective, span, record, rules, begun));
            }
        }
    }

    /// <summary>The known clock that began as a span did, whether or not it has ended since.</summary>
    private static Clock? BegunAs(PolicyObjective objective, in ClockSpan span, ImmutableArray<Clock> known)
    {
        foreach (var clock in known)
        {
            if (clock.Round == span.Round && clock.Occurrence == span.Occurrence && clock.StartedAt == span.StartedAt
                && clock.Inactive == span.Inactive && clock.Objective == objective.Objective && clock.Subject == span.Subject)
                return clock;
        }
        return null;
    }

    /// <summary>What an objective is about: nothing in particular, each approval or task that started one, or both. None where nothing
    /// began it, as with most objectives in most cases; what was condensed may have begun one that repeats.</summary>
    private static ImmutableArray<string?> Subjects(WalkedObjective walked, ClockRecord record)
    {
        ImmutableArray<string?>.Builder? subjects = null;
        var isAboutNobody = false;
        var hasBegun = record.Condensed is not null;
        foreach (var fact in record.Facts)
        {
            if (walked.MayStart(fact))
            {
                if (fact.Subject is null)
                    isAboutNobody = true;
                else if (subjects?.Contains(fact.Subject) != true)
                    (subjects ??= ImmutableArray.CreateBuilder<string?>()).Add(fact.Subject);
            }
            // A conversion begins what the receipt begins.
            hasBegun |= fact.Kind == FactKind.Converted;
        }
        if (subjects is null)
            return isAboutNobody || hasBegun ? Nobody : [];
        if (isAboutNobody)
            subjects.Insert(0, null);
        return subjects.DrainToImmutable();
    }
}
