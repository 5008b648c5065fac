using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Clocks that no policy makes: what was promised to the customer, and how long a hold may last. Nothing pauses or moves
/// them.</summary>
internal static class FixedClocks
{
    public static void Append(ClockRecord record, Rulebook rules, ImmutableArray<Clock>.Builder clocks)
    {
        foreach (var agreed in record.Agreed)
            clocks.Add(Promise(Objective.Agreed, agreed.Number, null, agreed.PromisedAt, agreed.Due, keptAt: null, agreed.SupersededAt, record));
        foreach (var commitment in record.Commitments)
            clocks.Add(Promise(Objective.Commitment, 1, $"commitment/{commitment.Number}", commitment.MadeAt, commitment.Due, commitment.KeptAt, commitment.WithdrawnAt, record));
        foreach (var dated in record.Dated)
        {
            clocks.Add(Promise(dated.Objective, 1, dated.Subject, dated.From, dated.Due, dated.StoppedAt, dated.CancelledAt, record,
                endsWithWork: true));
        }
        foreach (var pause in record.Pauses)
        {
            if (pause.To is null && rules.HoldReasons.Find(pause.Reason)?.Ceiling is { } ceiling)
                clocks.Add(Ceiling(pause, ceiling, record, rules));
        }
    }

    /// <summary>A promise ends when it is kept or withdrawn, and an agreed deadline when the complaint is decided; a reopening does not
    /// carry it on. What ends with the work is not needed any more by then, and so neither kept nor late.</summary>
    private static Clock Promise(
        string objective, int occurrence, string? subject, Instant made, Instant due, Instant? keptAt, Instant? withdrawnAt,
        ClockRecord record, bool endsWithWork = false)
    {
        var round = 1;
        Instant? stopped = keptAt, cancelled = null;
        foreach (var fact in record.Facts)
        {
            if (fact.At < made)
                round += fact.BeginsRound ? 1 : 0;
            else if (fact.Kind == FactKind.Ended && stopped is null)
                cancelled ??= fact.At;
            else if (endsWithWork && (fact.EndsWork || fact.Kind == FactKind.Ended) && !(stopped <= fact.At))
                (cancelled, stopped) = (cancelled ?? fact.At, null);
            else if (objective == Objective.Agreed && fact.Kind is FactKind.Resolved or FactKind.ValidityDecided && cancelled is null)
                stopped ??= fact.At;
        }
        return new Clock(objective, round, occurrence, subject, made, due, stopped, stopped is null ? Earlier(cancelled, withdrawnAt) : null)
        {
            Steps = [new ClockStep(ClockStep.Breach, due)],
        };
    }

    /// <summary>A hold that lasts longer than its reason allows: somebody is reminded, it is escalated, or the customer is asked whether to
    /// close. It never closes by itself.</summary>
    private static Clock Ceiling(Pause pause, HoldCeiling ceiling, ClockRecord record, Rulebook rules)
    {
        var due = ceiling.TimeLimit.DueFrom(pause.From, record.CalendarIn(rules), []);
        var times = record.Pauses.Count(other => other.Reason == pause.Reason && other.From <= pause.From);
        var escalation = ceiling.Then == HoldCeiling.Escalate ? new EscalationStep("due", Math.Min(record.Level + 1, 9), ceiling.Role) : null;
        var round = 1 + record.Facts.Count(fact => fact.BeginsRound && fact.At <= pause.From);
        return new Clock(Objective.Hold, round, times, $"hold/{pause.Reason}", pause.From, due, null)
        {
            IsReminder = true,
            Steps = [new ClockStep(ceiling.Then, due, escalation)],
        };
    }

    private static Instant? Earlier(Instant? a, Instant? b) => a is null ? b : b is null ? a : a < b ? a : b;
}
