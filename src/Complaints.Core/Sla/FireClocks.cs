using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// Looks at the clocks now and does what is due: warnings, breaches, escalations. Sent by a sweep when a timer passed; decided from the state, never from the
/// timer, so that each step fires once however often it is sent.
/// </summary>
public sealed record FireClocks : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.FireClocks;

    internal override bool JudgesWhatIsPast => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var any = false;
        foreach (var clock in Clocks.Project(complaint, context.Rules))
        {
            if (!clock.IsRunning)
                continue;
            var due = clock.Steps
                .Where(step => !complaint.Clocks.HasStep(clock.Id, step.Id) && (step.Id == ClockStep.Breach ? clock.IsBreachedAt(context.DueBy) : step.At <= context.DueBy))
                .OrderBy(step => step.At)
                .ToImmutableArray();
            if (due.IsEmpty)
                continue;
            any = true;
            Warn(clock, due, context.DueBy, events);
            if (due.Any(step => step.Id == ClockStep.Breach))
                events.Add(new ClockBreached(clock.Id, clock.Due!.Value, ClockKeeper.WhyPast(clock, complaint.Clocks)));
            Escalate(clock, due, context, events);
        }
        return any ? null : new("clocks.nothing_due", ("value", context.DueBy));
    }

    /// <summary>A warning at or before the start does not apply; one of a breached clock, or below another, is superseded.</summary>
    private static void Warn(Clock clock, ImmutableArray<ClockStep> due, Instant dueBy, EventSink events)
    {
        var warnings = due.Where(step => step.Id != ClockStep.Breach && step.Escalation is null).ToList();
        foreach (var warning in warnings)
        {
            var fate = warning.At <= clock.StartedAt ? StepFate.NotApplicable
                : clock.IsBreachedAt(dueBy) || warning != warnings[^1] ? StepFate.Superseded
                : StepFate.Fired;
            events.Add(new ClockWarned(clock.Id, warning.Id, fate, clock.Due!.Value));
        }
    }

    /// <summary>Of several rungs that are due at once the highest fires and names the others.</summary>
    private static void Escalate(Clock clock, ImmutableArray<ClockStep> due, DecisionContext context, EventSink events)
    {
        var rungs = due.Where(step => step.Escalation is not null).ToList();
        if (rungs.Count == 0)
            return;
        var top = rungs[^1];
        var steps = rungs.ConvertAll(rung => rung.Escalation!);
        var priority = events.State.Judgement.Priority;
        foreach (var _ in steps.Where(step => step.RaisePriority))
            priority = context.Rules.Priorities.Value.Priority.OneHigher(priority);
        var team = steps.LastOrDefault(step => step.Reassign)?.Team;
        events.Add(new ComplaintEscalated(
            clock.Id, top.Id, [.. rungs.SkipLast(1).Select(rung => rung.Id)], steps.Max(step => step.Level), top.Escalation!.Role, team ?? top.Escalation.Team,
            priority == events.State.Judgement.Priority ? null : priority, Reassigned: team is not null));
    }
}

/// <summary>A person escalates (升级).</summary>
/// <param name="Level">The level to reach, 1 to 9, above the present one. Error: <c>escalate.level</c>.</param>
/// <param name="Role">The role that is told; at most 100 characters.</param>
/// <param name="Team">The team that takes over, if one does.</param>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record Escalate(int Level, string? Role, string? Team, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Escalate;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Level is < 1 or > 9 || Level <= complaint.Clocks.Level)
            return new("escalate.level", ("value", Level), ("bound", complaint.Clocks.Level));
        var wrong = Text.Check("role", Role, Text.Id, required: false) ?? Text.Check("team", Team, Text.Id, required: false) ?? Text.Check("reason", Reason, Text.Short);
        if (wrong is not null)
            return wrong;
        var team = string.IsNullOrWhiteSpace(Team) ? null : Team;
        events.Add(new ComplaintEscalated(null, null, [], Level, Role, team, Priority: null, Reassigned: team is not null, Reason));
        return null;
    }
}

/// <summary>Promises an instant to the customer. It has a clock of its own; the policy's clocks go on.</summary>
/// <param name="Due">The promised instant, in the future. Error: <c>time.not_in_future</c>.</param>
public sealed record AgreeDeadline(Instant Due) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.AgreeDeadline;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        events.Add(new DeadlineAgreed(complaint.Clocks.Agreed.Length + 1, Due));
        return null;
    }
}
