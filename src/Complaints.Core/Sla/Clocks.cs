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
        foreach (var (objective, until) in Objectives(record, rules))
            Walk(objective, until, record, rules, known, clocks);
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

    /// <summary>What became of the clocks that a decision may have ended: those that its facts end where it only added facts at the end,
    /// else all that have ended.</summary>
    internal static ImmutableArray<ClockResult> Ended(ClockRecord before, Complaint after, Rulebook rules)
    {
        var record = after.Clocks;
        var results = ImmutableArray.CreateBuilder<ClockResult>(3);
        var all = !record.OnlyWentOn(before);
        var known = all ? [] : before.Projected(rules);
        var added = all ? record.Facts.AsSpan() : record.Facts.AsSpan()[before.Facts.Length..];
        foreach (var (objective, until) in Objectives(record, rules))
        {
            if (!all && !MayEnd(objective, added))
                continue;
            foreach (var subject in Subjects(objective, record.Facts))
            {
                var spans = new SpanWalk(objective, subject, record, until);
                while (spans.MoveNext())
                {
                    if (spans.Current.EndedAt is not { } end || !all && end < added[0].At)
                        continue;
                    var begun = BegunAs(objective, spans.Current, known);
                    results.Add(ClockMeasure.ResultOf(objective, spans.Current, record, rules, begun));
                }
            }
        }
        FixedClocks.AppendEnded(record, rules, results);
        return results.DrainToImmutable();
    }

    /// <summary>How far the clocks that repeat had come before an instant.</summary>
    internal static ImmutableArray<ClockTally> Tallies(ClockRecord record, Rulebook rules, Instant before) =>
    [
        .. Objectives(record, rules).Where(walked => walked.Objective.IsRepeating)
            .Select(walked => new SpanWalk(walked.Objective, subject: null, record, walked.Until).TallyAt(before)),
    ];

    private static bool MayEnd(PolicyObjective objective, ReadOnlySpan<ClockFact> added)
    {
        foreach (var fact in added)
        {
            if (fact.BeginsRound || fact.Kind is FactKind.Ended or FactKind.Converted
                || objective.Stops(fact.Kind) || objective.Cancels(fact.Kind))
                return true;
        }
        return false;
    }

    /// <summary>The objectives of the policy in force, and those of earlier ones that it lacks, with the instant at which these
    /// end.</summary>
    private static ImmutableArray<(PolicyObjective Objective, Instant? Until)> Objectives(ClockRecord record, Rulebook rules)
    {
        var pins = record.Policies;
        if (pins.IsEmpty || rules.Policy(pins[^1].Policy) is not { } current)
            return [];
        if (pins.Length == 1)
            return current.Walked;
        var objectives = current.Walked.ToBuilder();
        for (var i = pins.Length - 2; i >= 0; i--)
        {
            foreach (var older in rules.Policy(pins[i].Policy)?.Objectives ?? [])
            {
                if (!objectives.Any(known => known.Objective.Objective == older.Objective))
                    objectives.Add((older, pins[i + 1].From));
            }
        }
        return objectives.DrainToImmutable();
    }

    private static void Walk(
        PolicyObjective objective, Instant? until, ClockRecord record, Rulebook rules, ImmutableArray<Clock> known,
        ImmutableArray<Clock>.Builder clocks)
    {
        foreach (var subject in Subjects(objective, record.Facts))
        {
            var spans = new SpanWalk(objective, subject, record, until);
            while (spans.MoveNext())
            {
                var begun = BegunAs(objective, spans.Current, known);
                clocks.Add(begun is not null && begun.StoppedAt == spans.Current.StoppedAt && begun.CancelledAt == spans.Current.CancelledAt
                    ? begun
                    : ClockMeasure.Of(objective, spans.Current, record, rules, begun));
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

    /// <summary>What an objective is about: nothing in particular, or each approval or task that started one.</summary>
    private static ImmutableArray<string?> Subjects(PolicyObjective objective, ImmutableArray<ClockFact> facts)
    {
        ImmutableArray<string?>.Builder? subjects = null;
        foreach (var fact in facts)
        {
            if (fact.Subject is not null && objective.Starts(fact) && subjects?.Contains(fact.Subject) != true)
                (subjects ??= ImmutableArray.CreateBuilder<string?>()).Add(fact.Subject);
        }
        if (subjects is null)
            return Nobody;
        // One that starts with a subject and without is about both.
        if (facts.Any(fact => fact.Subject is null && objective.Starts(fact)))
            subjects.Insert(0, null);
        return subjects.DrainToImmutable();
    }
}
