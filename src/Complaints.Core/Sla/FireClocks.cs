using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// Looks at the clocks now and does what is due: warnings, breaches, escalations. Sent by a sweep when a timer passed; decided from the
/// state, never from the
/// timer, so that each step fires once however often it is sent.
/// </summary>
internal sealed record FireClocks : ComplaintCommand, ICapability<FireClocks, Complaint>
{
    internal static readonly Refusal NothingDue = new(
        "clocks.nothing_due",
        "No step of a clock is due at {value}.",
        "{value} 时没有到期的时限步骤。");

    static Capability ICapability<FireClocks, Complaint>.Capability { get; } = new("fire-clocks", new("Look at the clocks", "检查时限"))
    {
        Roles = [],
        Fields = [],
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [NothingDue],
        IsInternal = true,
    };

    static FireClocks ICapability<FireClocks, Complaint>.Example(Occasion occasion) => new();

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
                events.Add(new ClockBreached(clock.Id, clock.Due!.Value, ClockKeeper.WhyPast(clock, complaint)));
            Escalate(clock, due, context, events);
        }
        return any ? null : NothingDue.With(("value", context.DueBy));
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
        var (top, others) = (rungs[^1], rungs.SkipLast(1).Select(rung => rung.Id).ToImmutableArray());
        var (rung, steps) = (top.Escalation!, rungs.ConvertAll(one => one.Escalation!));
        var priority = events.State.Judgement.Priority;
        foreach (var _ in steps.Where(step => step.RaisePriority))
            priority = context.Rules.Priorities.Value.Priority.OneHigher(priority);
        var raised = priority == events.State.Judgement.Priority ? null : priority;
        var (level, team) = (steps.Max(step => step.Level), steps.LastOrDefault(step => step.Reassign)?.Team);
        events.Add(rung.IsEscalation
            ? new ComplaintEscalated(clock.Id, top.Id, others, level, rung.Role, team ?? rung.Team, raised, Reassigned: team is not null)
            : AnswerPressed.By(clock, top, others, events.State) with { Level = level, Priority = raised, TakenOverBy = team });
    }
}
