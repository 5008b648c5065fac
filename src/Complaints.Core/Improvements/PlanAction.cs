using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Improvements;

/// <summary>Plans something to be done about it. It has a clock of its own, whose steps the kind's definition says.</summary>
/// <param name="Type">One of the kind's types of actions: <c>corrective</c>. Error: <c>improvement.no_action</c>.</param>
/// <param name="Description">What is to be done; 1 to 4,000 characters, kept sealed.</param>
/// <param name="Due">By when, in the future and before 2100. Errors: <c>time.not_in_future</c>, <c>action.too_far</c>.</param>
/// <param name="Owner">Who does it; <c>null</c> for who plans it. At most 100 characters.</param>
public sealed record PlanAction(string Type, string Description, Instant Due, string? Owner = null)
    : ImprovementCommand, ICapability<PlanAction, Improvement>
{
    /// <summary>How many actions an improvement may have.</summary>
    private const int Most = 100;

    /// <summary>Calendars count up to here.</summary>
    private static readonly Instant End = Instant.FromUtc(2100, 1, 1, 0, 0);

    private static readonly Refusal TooFar = new(
        "action.too_far",
        "An action is due before {bound}; {value} is too far.",
        "措施的时限须早于 {bound}，{value} 过远。");

    private static readonly Refusal NoAction = new(
        "improvement.no_action",
        "'{value}' cannot be planned for an improvement of this kind; possible: {known}.",
        "此类整改不能安排“{value}”，可用：{known}。");

    private static readonly Refusal NoneAtAll = new(
        "improvement.no_actions",
        "Nothing is planned for an improvement of the kind '{value}'.",
        "“{value}”类整改不安排措施。");

    static Capability ICapability<PlanAction, Improvement>.Capability { get; } = new("plan-action", new("Plan an action", "制定措施"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<PlanAction>(f =>
        [
            f.CodeOfRule(command => command.Type, Labels.Kind, rules => rules.OfAllImprovementKinds(kind => kind.Actions?.Types ?? []),
                Text.Id, required: true),
            f.Text(command => command.Description, Labels.Measure, Text.Long),
            f.Moment(command => command.Due, Labels.Due),
            f.Person(command => command.Owner, Labels.Owner, required: false),
        ]),
        StaysIn = [nameof(ImprovementStatus.Executing)],
        Refusals = [NoAction, NoneAtAll, TooFar, Ownership.NotYours],
    };

    static PlanAction ICapability<PlanAction, Improvement>.Example(Occasion occasion) =>
        new("corrective", "Two more vans.", occasion.InDays(3));

    static ComplaintError? ICapability<PlanAction, Improvement>.Precondition(
        Improvement state, Subject? subject, DecisionContext<Improvement> context) =>
        context.Rules.ImprovementKind(state.Kind) is { Actions: null } kind
            ? NoneAtAll.With(("value", kind.Label))
            : Ownership.Check(state, context.Actor);

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        ImmutableArray<CodeItem> types = context.Rules.ImprovementKind(improvement.Kind)?.Actions?.Types ?? [];
        if (types.All(type => type.Code != Type))
            return NoAction.With(("value", CodeText.Shown(Type)), ("known", types));
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        if (Due >= End)
            return TooFar.With(("value", Due), ("bound", End));
        if (improvement.Actions.Length >= Most)
            return new("number.out_of_range", ("field", Labels.Measure), ("value", Most + 1), ("low", 1), ("high", Most));
        events.Add(new ActionPlanned(
            improvement.Actions.Length + 1, Type, Personal.Of(Description), string.IsNullOrWhiteSpace(Owner) ? context.Actor.Id : Owner,
                Due));
        return null;
    }
}

/// <summary>Something was planned.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Due">By when.</param>
public sealed record ActionPlanned(int Number, string Type, Personal<string> Description, string Owner, Instant Due)
    : ImprovementEvent, IHappening<ActionPlanned, Improvement>
{
    static EventType IHappening<ActionPlanned, Improvement>.EventType { get; } = new("action-planned", 1, new("Action planned", "已制定措施"))
    {
        Leaves = Leaving.With<ActionPlanned>(static (writer, planned) =>
        {
            writer.WriteNumber("action"u8, planned.Number);
            writer.WriteString("owner"u8, planned.Owner);
            writer.WriteInstant("due"u8, planned.Due);
        }),
    };

    internal override Subject? Made => Subject.Of("action", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Number, Number), new(Labels.Kind, rules.ActionType(Type)), new(Labels.Measure, Description),
        new(Labels.Owner, new StaffMember(Owner)), new(Labels.Due, Due),
    ];

    internal override PersonalField[] PersonalValues => [new("measure", Description)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => state with
    {
        Status = ImprovementStatus.Executing,
        Actions = state.Actions.Add(new(Number, Type, Owner, moment.OccurredAt, Due)),
    };
}
