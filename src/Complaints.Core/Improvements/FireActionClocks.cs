using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Improvements;

/// <summary>
/// Looks at the clocks of the actions and does what is due: reminders, lateness, escalations. Sent by a sweep; decided from the state, so
/// that each step is taken once however often it is sent.
/// </summary>
internal sealed record FireActionClocks : ImprovementCommand, ICapability<FireActionClocks, Improvement>
{
    internal static readonly Refusal NothingDue = new(
        "actions.nothing_due",
        "No step of an action is due at {value}.",
        "{value} 时没有到期的措施步骤。");

    static Capability ICapability<FireActionClocks, Improvement>.Capability { get; } = new("fire-action-clocks",
        new("Look at the actions", "检查措施时限"))
    {
        Roles = [],
        Fields = [],
        StaysIn = [nameof(ImprovementStatus.Executing)],
        Refusals = [NothingDue],
        IsInternal = true,
        Commutes = true,
    };

    static FireActionClocks ICapability<FireActionClocks, Improvement>.Example(Occasion occasion) => new();

    internal override bool JudgesWhatIsPast => true;

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        var kind = context.Rules.ImprovementKind(improvement.Kind);
        var any = false;
        foreach (var action in improvement.Actions)
        {
            var due = ActionClock.Left(action, kind, context.Rules).Where(step => ActionClock.IsDue(step, context.DueBy)).ToList();
            if (due.Count == 0)
                continue;
            any = true;
            var isLate = due.Exists(step => step.Id == ActionClock.Breach);
            if (isLate)
                events.Add(new ActionOverdue(action.Number, action.Due));
            else if (due.FindLast(ActionClock.IsReminder) is { Id: not null } reminder)
                events.Add(new ActionReminded(action.Number, [.. due.Where(ActionClock.IsReminder).Select(step => step.Id)], action.Due));
            // Of several rungs that are due at once the highest is climbed and names the others.
            var rungs = due.FindAll(step => step.Rung is not null);
            if (rungs.Count > 0)
            {
                var top = rungs[^1].Rung!;
                events.Add(new ActionEscalated(
                    action.Number, [.. rungs.Select(rung => rung.Id)], rungs.Max(rung => rung.Rung!.Level), top.Role, top.Team));
            }
        }
        return any ? null : NothingDue.With(("value", context.DueBy));
    }
}

/// <summary>The owner of an action was reminded.</summary>
/// <param name="Number">The action.</param>
/// <param name="Steps">The steps; the last one tells.</param>
/// <param name="Due">When it is due.</param>
public sealed record ActionReminded(int Number, ImmutableArray<string> Steps, Instant Due)
    : ImprovementEvent, IHappening<ActionReminded, Improvement>
{
    static EventType IHappening<ActionReminded, Improvement>.EventType { get; } = new("action-reminded", 1,
        new("Reminded of an action", "措施到期提醒"))
    {
        Leaves = Leaving.With<ActionReminded>(static (writer, reminded) =>
        {
            writer.WriteNumber("action"u8, reminded.Number);
            writer.WriteInstant("due"u8, reminded.Due);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Number, Number), new(Labels.Due, Due)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => ActionSteps.Taken(state, Number, Steps);
}

/// <summary>An action was not finished in time.</summary>
/// <param name="Number">The action.</param>
/// <param name="Due">When it was due.</param>
/// <param name="IsFinished">True when that was noticed as it was finished: then nobody is told.</param>
public sealed record ActionOverdue(int Number, Instant Due, bool IsFinished = false)
    : ImprovementEvent, IHappening<ActionOverdue, Improvement>
{
    static EventType IHappening<ActionOverdue, Improvement>.EventType { get; } = new("action-overdue", 1, new("Action overdue", "措施已超时"))
    {
        Leaves = Leaving.With<ActionOverdue>(static (writer, overdue) =>
        {
            writer.WriteNumber("action"u8, overdue.Number);
            writer.WriteInstant("due"u8, overdue.Due);
        }) with { If = static happened => happened is ActionOverdue { IsFinished: false } },
    };

    internal override Instant? HappenedAt => Due;

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Number, Number), new(Labels.Due, Due)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => ActionSteps.Taken(state, Number, [ActionClock.Breach]);
}

/// <summary>An action that is late, or will be, was escalated.</summary>
/// <param name="Number">The action.</param>
/// <param name="Steps">The steps of the ladder; the last one counts.</param>
/// <param name="Level">The level that the improvement reaches.</param>
/// <param name="Role">The role that is told.</param>
/// <param name="Team">The team that is told.</param>
public sealed record ActionEscalated(int Number, ImmutableArray<string> Steps, int Level, string? Role, string? Team)
    : ImprovementEvent, IHappening<ActionEscalated, Improvement>
{
    static EventType IHappening<ActionEscalated, Improvement>.EventType { get; } = new("action-escalated", 1,
        new("Action escalated", "措施已升级"))
    {
        Leaves = Leaving.With<ActionEscalated>(static (writer, escalated) =>
        {
            writer.WriteNumber("action"u8, escalated.Number);
            writer.WriteNumber("level"u8, escalated.Level);
            writer.WriteString("role"u8, escalated.Role);
            writer.WriteString("team"u8, escalated.Team);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Number, Number), new(Labels.Level, Level), new(Labels.Role, Role is null ? null : Vocabulary.Role(Role)),
            new(Labels.Team, Team),
    ];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) =>
        ActionSteps.Taken(state, Number, Steps) with { Level = Math.Max(state.Level, Level) };
}

internal static class ActionSteps
{
    public static Improvement Taken(Improvement state, int number, ImmutableArray<string> steps) =>
        state.Action(number) is { } action ? state.With(action with { Steps = action.Steps.AddRange(steps) }) : state;
}
