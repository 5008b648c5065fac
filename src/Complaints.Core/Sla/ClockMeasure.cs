using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Gives a span its due instant, its pauses and its steps, by the policy that was in force when it ended.</summary>
internal static class ClockMeasure
{
    public static Clock Of(PolicyObjective objective, in ClockSpan span, ClockRecord record, Rulebook rules, Clock? begun)
    {
        // It ended as it had begun: nothing has moved its due instant.
        if (begun?.Due is not null && span.EndedAt is not null && IsFixed(record))
            return begun with { StoppedAt = span.StoppedAt, CancelledAt = span.CancelledAt, Steps = [] };
        var measured = Measure(objective, span, record, rules);
        var (terms, due) = (measured.Terms, measured.Due);
        // A clock that has ended has no step left to fire, and one that was breached before it was reopened has fired them all.
        var over = due is null || span.EndedAt is not null || span.Inactive is [.., var last] && due < last.From;
        return new Clock(terms.Objective, span.Round, span.Occurrence, span.Subject, span.StartedAt, due, span.StoppedAt, span.CancelledAt)
        {
            Pauses = measured.Pauses,
            Inactive = span.Inactive,
            EarlierDues = measured.EarlierDues,
            Terms = terms,
            Pin = measured.Pin,
            Rules = rules,
            DueIfResumed = measured.DueIfResumed,
            Steps = over ? [] : StepsOf(terms, measured.Pin.CalendarOf(terms, rules), span.StartedAt, due!.Value, measured.Waits),
        };
    }

    /// <summary>Where nothing moves a due instant, it stays what it was when the clock began.</summary>
    private static bool IsFixed(ClockRecord record) =>
        record.Pauses.IsEmpty && record.Extensions.IsEmpty && record.Policies.Length == 1;

    private static Measured Measure(PolicyObjective objective, in ClockSpan span, ClockRecord record, Rulebook rules)
    {
        var pin = PinOf(span, record.Policies);
        objective = ReferenceEquals(pin, record.Policies[^1]) ? objective : rules.Policy(pin.Policy)?.Find(objective.Objective) ?? objective;
        var pauses = PausesOf(objective, record.Pauses, span);
        var waits = span.Inactive.IsEmpty || objective.CountsInactive ? pauses : pauses.AddRange(span.Inactive);
        if (span.EndedAt is null && pauses is [.., { To: null }])
            return new(pin, objective, pauses, waits, null, []) { DueIfResumed = IfResumed(objective, pin, span, waits, record, rules) };
        Instant? due = DueOf(objective, pin, span, waits, record, rules);
        var earlier = record.Extensions.IsEmpty ? [] : Extend(span.ClockId(objective), ref due, record.Extensions);
        return new(pin, objective, pauses, waits, due, earlier);
    }

    /// <summary>Nobody asks for it when a clock is projected: it is worked out for those who do.</summary>
    private static Func<Instant, Instant> IfResumed(
        PolicyObjective objective, PolicyPin pin, ClockSpan span, ImmutableArray<Pause> waits, ClockRecord record, Rulebook rules) => at =>
    {
        Instant? due = DueOf(objective, pin, span, ClockTime.Until(at, waits), record, rules);
        Extend(span.ClockId(objective), ref due, record.Extensions);
        return due!.Value;
    };

    // Waits are the pauses and what else is not counted.
    private readonly record struct Measured(
        PolicyPin Pin, PolicyObjective Terms, ImmutableArray<Pause> Pauses, ImmutableArray<Pause> Waits, Instant? Due,
        ImmutableArray<Instant> EarlierDues)
    {
        public Func<Instant, Instant>? DueIfResumed { get; init; }
    }

    /// <summary>The policy of its round that was in force at its end; for an open clock the newest.</summary>
    private static PolicyPin PinOf(in ClockSpan span, ImmutableArray<PolicyPin> pins)
    {
        var i = pins.Length - 1;
        while (i > 0 && (pins[i].Round > span.Round || pins[i].From > span.EndedAt))
            i--;
        return pins[i];
    }

    /// <summary>The limit from the start, pauses left out; with <c>neverLater</c> the earliest of all limits that it has had in this
    /// round.</summary>
    private static Instant DueOf(PolicyObjective objective, PolicyPin pin, in ClockSpan span, ImmutableArray<Pause> waits, ClockRecord record, Rulebook rules)
    {
        var due = objective.TimeLimit.DueFrom(span.StartedAt, pin.CalendarOf(objective, rules), waits);
        if (!objective.NeverLater || record.Policies.Length == 1)
            return due;
        for (var i = record.Policies.IndexOf(pin); i > 0 && !record.Policies[i].Recalculated && record.Policies[i].Round >= span.Round; i--)
        {
            var earlier = record.Policies[i - 1];
            if (rules.Policy(earlier.Policy)?.Find(objective.Objective) is { } had && had.TimeLimit.DueFrom(span.StartedAt, earlier.CalendarOf(had, rules), waits) is var before && before < due)
                due = before;
        }
        return due;
    }

    /// <summary>An extension that was granted moves the due instant to the date that was given; the deadlines before it are
    /// returned.</summary>
    private static ImmutableArray<Instant> Extend(string clock, ref Instant? due, ImmutableArray<Extension> extensions)
    {
        var earlier = ImmutableArray<Instant>.Empty;
        foreach (var extension in extensions)
        {
            if (extension.Granted is not { } granted || extension.Clock != clock || granted <= due)
                continue;
            earlier = earlier.Add(due!.Value);
            due = granted;
        }
        return earlier;
    }

    /// <summary>The times in which this clock waited, joined: several reasons at once are one pause.</summary>
    private static ImmutableArray<Pause> PausesOf(PolicyObjective objective, ImmutableArray<Pause> pauses, in ClockSpan span)
    {
        if (pauses.IsEmpty || !objective.Pausable)
            return [];
        return PauseUnion.Joined(PauseUnion.Apart(Own(objective, pauses)), span.StartedAt, span.EndedAt);
    }

    private static ImmutableArray<Pause> Own(PolicyObjective objective, ImmutableArray<Pause> pauses) =>
        pauses.RemoveAll(pause => !objective.IsPausedBy(pause.Reason));

    private static ImmutableArray<ClockStep> StepsOf(PolicyObjective objective, BusinessCalendar calendar, Instant start, Instant due, ImmutableArray<Pause> waits)
    {
        var steps = ImmutableArray.CreateBuilder<ClockStep>(objective.Steps.Length);
        foreach (var (id, time, escalation) in objective.Steps)
            steps.Add(new ClockStep(id, time.From(objective.TimeLimit, calendar, start, due, waits), escalation));
        return steps.MoveToImmutable();
    }
}
