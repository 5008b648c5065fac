using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Improvements;

/// <summary>A step of the clock of an action.</summary>
/// <param name="Id">Its id: <c>warn:80%</c>, <c>breach</c>, <c>escalate:1</c>.</param>
/// <param name="At">When.</param>
/// <param name="Rung">Whom it tells; <c>null</c> for a reminder or the breach.</param>
internal readonly record struct ActionStep(string Id, Instant At, ActionEscalation? Rung = null);

/// <summary>The clock of an action: it runs from planning to the due instant, and nothing pauses it.</summary>
internal static class ActionClock
{
    /// <summary>The step that says that it is late.</summary>
    public const string Breach = "breach";

    /// <summary>Shares and times before count all hours; times after count what they say.</summary>
    private static readonly TimeLimit AllHours = new(1, LimitUnit.Hours);

    /// <summary>The steps that were not taken yet, the earliest first. A reminder of what is late has no place.</summary>
    public static IEnumerable<ActionStep> Left(ImprovementAction action, ImprovementKind? kind, Rulebook rules)
    {
        if (!action.IsOpen)
            return [];
        var steps = new List<ActionStep> { new(Breach, action.Due) };
        if (kind?.Actions is { } terms)
        {
            var calendar = rules.Calendar(rules.Settings.Calendar);
            steps.AddRange(terms.Warnings.Select(warning => new ActionStep($"warn:{warning}", At(warning))));
            steps.AddRange(terms.Escalations.Select((rung, i) => new ActionStep($"escalate:{i + 1}", At(rung.At), rung)));

            Instant At(string text) => StepTime.Parse(text).From(AllHours, calendar, action.PlannedAt, action.Due, []);
        }
        return steps.Where(step => !action.HasStep(step.Id) && !(IsReminder(step) && (action.IsLate || step.At <= action.PlannedAt)))
            .OrderBy(step => step.At).ThenBy(step => step.Rung?.Level ?? 0);
    }

    /// <summary>When the desk must look at an improvement again: at what is due next, or at once for what its complaints are owed;
    /// <c>null</c> for never.</summary>
    public static Instant? NextLook(Improvement improvement, Rulebook rules)
    {
        Instant? next = null;
        foreach (var link in improvement.Links.Where(link => !link.IsSettled))
            next = Earlier(next, link.Since);
        if (improvement.Status == ImprovementStatus.Closed)
            return next;
        var kind = rules.ImprovementKind(improvement.Kind);
        foreach (var action in improvement.Actions)
        {
            foreach (var step in Left(action, kind, rules))
                next = Earlier(next, LookAt(step));
        }
        return next;
    }

    /// <summary>True when a step of any action is to be taken.</summary>
    public static bool IsAnyDue(Improvement improvement, Rulebook rules, Instant by)
    {
        var kind = rules.ImprovementKind(improvement.Kind);
        return improvement.Status == ImprovementStatus.Executing
            && improvement.Actions.Any(action => Left(action, kind, rules).Any(step => IsDue(step, by)));
    }

    /// <summary>True when a step is to be taken: late is what was not finished after the due instant, not at it.</summary>
    public static bool IsDue(ActionStep step, Instant by) => step.Id == Breach ? step.At < by : step.At <= by;

    public static bool IsReminder(ActionStep step) => step.Rung is null && step.Id != Breach;

    private static Instant LookAt(ActionStep step) => step.Id == Breach ? step.At + Duration.FromTicks(10) : step.At;

    private static Instant? Earlier(Instant? known, Instant other) => known is { } at && at < other ? at : other;
}
