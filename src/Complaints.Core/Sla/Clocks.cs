using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Projects the clocks of a complaint: a fold over its facts, for every objective of the pinned policy (T8, T9).</summary>
public static class Clocks
{
    /// <summary>Every clock of every round, in the order of the policy's objectives; empty where no policy is pinned.</summary>
    public static ImmutableArray<Clock> Project(Complaint complaint, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        var record = complaint.Clocks;
        var clocks = ImmutableArray.CreateBuilder<Clock>(8);
        if (record.Policy is { } pinned && rules.Policy(pinned) is { } policy)
        {
            foreach (var objective in policy.Objectives)
            {
                foreach (var subject in Subjects(objective, record))
                    Walk(objective, subject, record, rules, clocks);
            }
        }
        foreach (var agreed in record.Agreed)
            clocks.Add(AgreedClock(agreed, record));
        return clocks.ToImmutable();
    }

    /// <summary>The earliest due instant of the running clocks, by which queues are sorted (T19).</summary>
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

    /// <summary>What an objective is about: nothing in particular, or each approval that started one.</summary>
    private static ImmutableArray<string?> Subjects(PolicyObjective objective, ClockRecord record)
    {
        var subjects = ImmutableArray.CreateBuilder<string?>(1);
        foreach (var fact in record.Facts)
        {
            if (objective.Starts(fact.Kind) && !subjects.Contains(fact.Subject))
                subjects.Add(fact.Subject);
        }
        return subjects.Count == 0 && objective.Starts(FactKind.Received) ? [null] : subjects.ToImmutable();
    }

    /// <summary>The spans of one objective about one subject, from its starting facts to its stopping ones.</summary>
    private static void Walk(PolicyObjective objective, string? subject, ClockRecord record, Rulebook rules, ImmutableArray<Clock>.Builder clocks)
    {
        var (round, occurrence) = (1, 0);
        ClockFact? open = null;
        var startedRound = 1;
        foreach (var fact in record.Facts)
        {
            if (fact.Kind is FactKind.Reopened or FactKind.Ended)
            {
                if (open is not null)
                    Add(stop: null, cancelled: fact.At);
                if (fact.Kind == FactKind.Reopened)
                    (round, occurrence) = (round + 1, 0);
            }
            if (fact.Kind == FactKind.Converted && objective.Starts(FactKind.Received))
            {
                // An inquiry that somebody had answered became a complaint: its clocks begin here.
                if (open is not null)
                    Add(stop: null, cancelled: fact.At);
                (open, startedRound) = (fact, round);
                continue;
            }
            if (open is not null && objective.Stops(fact.Kind) && (subject is null || subject == fact.Subject))
                Add(stop: fact.At, cancelled: null);
            if (open is null && objective.Starts(fact.Kind) && fact.Subject == subject && fact.Kind != FactKind.Ended && (occurrence == 0 || objective.Repeats))
                (open, startedRound) = (fact, round);
        }
        if (open is not null)
            Add(stop: null, cancelled: null);

        void Add(Instant? stop, Instant? cancelled)
        {
            occurrence++;
            clocks.Add(Measure(objective, record, rules, new Clock(objective.Objective, startedRound, occurrence, open!.Subject, open.At, null, stop, cancelled)));
            open = null;
        }
    }

    /// <summary>Gives a span its due instant and its steps.</summary>
    private static Clock Measure(PolicyObjective objective, ClockRecord record, Rulebook rules, Clock clock)
    {
        var calendar = rules.Calendar(objective.Calendar ?? rules.Settings.Calendar);
        var pauses = PausesOf(objective, record, clock);
        if (clock.IsOpen && pauses is [.., { To: null }])
            return clock with { Pauses = pauses };
        var due = objective.TimeLimit.DueFrom(clock.StartedAt, calendar, pauses);
        foreach (var earlier in objective.NeverLater ? record.Policies : ImmutableArray<DefinitionRef>.Empty)
        {
            // T12: of all limits that it has had in this round the earliest counts.
            if (rules.Policy(earlier)?.Find(objective.Objective) is { } had)
                due = Earlier(due, had.TimeLimit.DueFrom(clock.StartedAt, calendar, pauses));
        }
        // A clock that has ended has no step left to fire.
        return clock with { Due = due, Pauses = pauses, Steps = clock.IsOpen ? StepsOf(objective, calendar, clock.StartedAt, due, pauses) : [] };
    }

    /// <summary>The times in which this clock waited, joined: several reasons at once are one pause (T10).</summary>
    private static ImmutableArray<Pause> PausesOf(PolicyObjective objective, ClockRecord record, Clock clock)
    {
        if (record.Pauses.IsEmpty || !objective.Pausable)
            return [];
        var joined = ImmutableArray.CreateBuilder<Pause>();
        var end = clock.StoppedAt ?? clock.CancelledAt;
        foreach (var pause in record.Pauses.Where(pause => objective.IsPausedBy(pause.Reason)).OrderBy(pause => pause.From))
        {
            if (pause.To <= clock.StartedAt || end is not null && pause.From >= end)
                continue;
            var from = pause.From > clock.StartedAt ? pause.From : clock.StartedAt;
            var to = end is null ? pause.To : pause.To is { } own && own < end ? own : end;
            if (joined.Count > 0 && joined[^1] is var last && (last.To is null || last.To >= from))
                joined[^1] = last with { To = last.To is null || to is null ? null : last.To > to ? last.To : to, Reason = Both(last.Reason, pause.Reason) };
            else
                joined.Add(new Pause(from, to, pause.Reason));
        }
        return joined.ToImmutable();
    }

    private static ImmutableArray<ClockStep> StepsOf(PolicyObjective objective, BusinessCalendar calendar, Instant start, Instant due, ImmutableArray<Pause> pauses)
    {
        var steps = ImmutableArray.CreateBuilder<ClockStep>(objective.Steps.Length);
        foreach (var (id, time, escalation) in objective.Steps)
            steps.Add(new ClockStep(id, time.From(objective.TimeLimit, calendar, start, due, pauses), escalation));
        return steps.MoveToImmutable();
    }

    private static Clock AgreedClock(AgreedDeadline agreed, ClockRecord record)
    {
        var end = record.Facts.FirstOrDefault(fact => fact.At >= agreed.PromisedAt && fact.Kind is FactKind.Resolved or FactKind.ValidityDecided or FactKind.Ended && fact.At >= agreed.PromisedAt);
        var round = 1 + record.Facts.Count(fact => fact.Kind == FactKind.Reopened && fact.At <= agreed.PromisedAt);
        var clock = new Clock(Objective.Agreed, round, agreed.Number, null, agreed.PromisedAt, agreed.Due, end?.Kind == FactKind.Ended ? null : end?.At, end?.Kind == FactKind.Ended ? end.At : null);
        return clock with { CancelledAt = clock.StoppedAt is null ? clock.CancelledAt ?? agreed.SupersededAt : null, Steps = [new ClockStep(ClockStep.Breach, agreed.Due)] };
    }

    private static string? Both(string? a, string? b) => a is null || a == b ? b : b is null || a.Split(" + ").Contains(b) ? a : $"{a} + {b}";

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;
}
