using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Assignment;

/// <summary>Urges whoever owes an answer (督促): the department that has a task, who does a step, or who answers for the case. It is counted;
/// no clock moves.</summary>
/// <param name="Subject">A task or a step: <c>task/2</c>, <c>step/1</c>; <c>null</c> for the case itself. Errors:
/// <c>urge.nobody_owes</c>, <c>urge.too_soon</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters.</param>
public sealed record Urge(Subject? Subject = null, string? Remark = null) : ComplaintCommand, ICapability<Urge, Complaint>
{
    private static readonly Refusal NobodyOwes = new(
        "urge.nobody_owes",
        "Nobody owes an answer there: {value}.",
        "没有可督促的责任方：{value}。");

    private static readonly Refusal TooSoon = new(
        "urge.too_soon",
        "It was urged at {value}; it may be urged again from {bound} on.",
        "已于 {value} 督促，{bound} 之后才能再次督促。");

    private static readonly Label Case = new("the case itself", "投诉本身");

    static Capability ICapability<Urge, Complaint>.Capability { get; } = new("urge", new("Urge", "督促"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Urge>(f =>
        [
            f.AnyPart(command => command.Subject, new("What is owed (the case itself, if nothing is chosen)", "督促事项（不选则为投诉本身）")),
            f.Text(command => command.Remark, Labels.Remark, Text.Short, required: false),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [NobodyOwes, TooSoon],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Subject;

    static Urge ICapability<Urge, Complaint>.Example(Occasion occasion) =>
        new(occasion.About is { Kind: "task" or "step" } about ? about : null,
            occasion.Variant % 2 == 0 ? null : "The customer has called twice.");

    static ImmutableArray<Subject> ICapability<Urge, Complaint>.Subjects(Complaint complaint, Rulebook rules) => Debt.Subjects(complaint);

    static ComplaintError? ICapability<Urge, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (Debt.Of(complaint, subject) is not { } debt)
            return NobodyOwes.With(("value", subject is { } about ? CodeText.Shown(about.ToString()) : Case));
        // Whoever owes it since was never urged.
        if (Urging.Of(complaint, subject) is not { } urged || urged.LastAt < debt.Since)
            return null;
        var from = context.Rules.Tasks.UrgeTime.DueFrom(urged.LastAt, complaint.Clocks.CalendarIn(context.Rules), []);
        return context.EffectiveAt < from ? TooSoon.With(("value", urged.LastAt), ("bound", from)) : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var debt = Debt.Of(complaint, Subject)!.Value;
        events.Add(new Urged((Urging.Of(complaint, Subject)?.Times ?? 0) + 1, Subject, debt.Person, debt.Team, debt.Department,
            Personal.OfNullable(Why.Given(Remark))));
        return null;
    }
}

/// <summary>Somebody urged whoever owes an answer.</summary>
/// <param name="Number">How many times it was urged, this one included.</param>
/// <param name="Subject">The task or step; <c>null</c> for the case itself.</param>
/// <param name="Person">Who owes it by name, by the host's id.</param>
/// <param name="Team">Which team.</param>
/// <param name="Department">Which department.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record Urged(
    int Number, Subject? Subject = null, string? Person = null, string? Team = null, string? Department = null,
    Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<Urged, Complaint>
{
    private static readonly Label Who = new("Who owes it", "责任方");

    private static readonly Label Times = new("Time", "第几次");

    static EventType IHappening<Urged, Complaint>.EventType { get; } = new("urged", 1, new("Urged", "已督促"))
    {
        Leaves = Leaving.With<Urged>(static (writer, urged) =>
        {
            writer.WriteNumber("count"u8, urged.Number);
            writer.WriteString("subject"u8, urged.Subject?.ToString());
            writer.WriteString("person"u8, urged.Person);
            writer.WriteString("team"u8, urged.Team);
            writer.WriteString("department"u8, urged.Department);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(null, Subject), new(Times, Number),
        new(Who, Person is not null ? new StaffMember(Person)
            : Team is not null ? rules.Organisation.TeamNamed(Team)
            : Department is not null ? rules.Organisation.DepartmentNamed(Department) : null),
        new(Labels.Remark, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Urgings = [.. complaint.Urgings.Where(known => known.Subject != Subject), new Urging(Subject, Number, moment.OccurredAt)],
    };
}
