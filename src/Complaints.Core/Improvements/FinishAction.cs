using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Reports that an action was done. Its owner does, or the improvement's, or quality.</summary>
/// <param name="Action">The action. Errors: <c>action.not_open</c>, <c>action.not_yours</c>.</param>
/// <param name="Report">What was done; 1 to 4,000 characters, kept sealed.</param>
public sealed record FinishAction(int Action, string Report) : ImprovementCommand, ICapability<FinishAction, Improvement>
{
    private static readonly Refusal NotOpen = new(
        "action.not_open",
        "There is no open action {value}; choose one that is not finished.",
        "没有未完成的措施 {value}，请选择未完成的措施。");

    private static readonly Refusal NothingOpen = new(
        "action.none_open",
        "Every action is finished; there is none to be finished.",
        "所有措施均已完成，没有待完成的措施。");

    private static readonly Refusal NotYours = new(
        "action.not_yours",
        "This action is {value}'s; its owner, the owner of the improvement or quality can finish it.",
        "该措施由 {value} 负责，请由措施负责人、整改负责人或品管部完成。");

    private static readonly Refusal BeforePlanned = new(
        "action.before_planned",
        "The action was planned at {bound}; it cannot have been finished at {value}.",
        "该措施于 {bound} 制定，不可能在 {value} 完成。");

    static Capability ICapability<FinishAction, Improvement>.Capability { get; } = new("finish-action", new("Finish an action", "完成措施"))
    {
        Roles = [.. Role.Desk, Role.Quality, Role.Department],
        Fields = Field.Of<FinishAction>(f =>
        [
            f.Part(command => command.Action, Labels.Measure),
            f.Text(command => command.Report, Labels.Report, Text.Long),
        ]),
        StaysIn = [nameof(ImprovementStatus.Executing)],
        Refusals = [NotOpen, NothingOpen, NotYours, BeforePlanned],
    };

    static FinishAction ICapability<FinishAction, Improvement>.Example(Occasion occasion) => new(occasion.Number, "The vans drive.");

    static ImmutableArray<Subject> ICapability<FinishAction, Improvement>.Subjects(Improvement state, Rulebook rules) =>
        [.. state.Actions.Where(action => action.IsOpen).Select(action => Subject.Of("action", action.Number))];

    static ComplaintError? ICapability<FinishAction, Improvement>.Precondition(
        Improvement state, Subject? subject, DecisionContext<Improvement> context)
    {
        if (subject is not { } about)
            return state.Actions.Any(action => action.IsOpen) ? null : NothingOpen.Plain;
        var action = state.Actions.FirstOrDefault(action => Subject.Of("action", action.Number) == about);
        return action is not { IsOpen: true } ? NotOpen.With(("value", about.Key))
            : Ownership.IsOwner(action.Owner, context.Actor) || Ownership.Check(state, context.Actor) is null ? null
            : NotYours.With(("value", new StaffMember(action.Owner)));
    }

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("action", Action);

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        var action = improvement.Action(Action)!;
        if (context.EffectiveAt < action.PlannedAt)
            return BeforePlanned.With(("value", context.EffectiveAt), ("bound", action.PlannedAt));
        // That it was late stays on record; nobody is told any more of what is done.
        if (!action.HasStep(ActionClock.Breach) && context.EffectiveAt > action.Due)
            events.Add(new ActionOverdue(Action, action.Due, IsFinished: true));
        events.Add(new ActionFinished(Action, Personal.Of(Report)));
        return null;
    }
}

/// <summary>An action was done.</summary>
/// <param name="Number">The action.</param>
/// <param name="Report">What was done.</param>
public sealed record ActionFinished(int Number, Personal<string> Report) : ImprovementEvent, IHappening<ActionFinished, Improvement>
{
    static EventType IHappening<ActionFinished, Improvement>.EventType { get; } = new("action-finished", 1, new("Action finished", "措施已完成"))
    {
        Leaves = Leaving.With<ActionFinished>(static (writer, finished) => writer.WriteNumber("action"u8, finished.Number)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Number, Number), new(Labels.Report, Report)];

    internal override PersonalField[] PersonalValues => [new("report", Report)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) =>
        state.Action(Number) is { } action ? state.With(action with { FinishedAt = moment.OccurredAt }) : state;
}
