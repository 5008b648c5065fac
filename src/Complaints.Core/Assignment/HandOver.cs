using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>Hands a complaint over to another owner or team (移交). Never restarts a clock of the customer's.</summary>
/// <param name="Owner">The new owner; <c>null</c> leaves it to the team.</param>
/// <param name="Team">The new team; <c>null</c> keeps the team. Errors: <c>assignment.nobody</c>, <c>assignment.unchanged</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record HandOver(string? Owner, string? Team, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<HandOver, Complaint>
{
    private static readonly Refusal Nobody = new(
        "assignment.nobody",
        "A hand-over needs an owner or a team; name one.",
        "移交需要指定负责人或团队。");

    private static readonly Refusal Unchanged = new(
        "assignment.unchanged",
        "The complaint is with {value} already; name another owner or team.",
        "该投诉已由 {value} 负责，请指定其他负责人或团队。");

    static Capability ICapability<HandOver, Complaint>.Capability { get; } = new("hand-over", new("Hand over", "移交"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<HandOver>(f =>
        [
            f.Person(command => command.Owner, Labels.Owner, required: false),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.Reason(command => command.Reason, "hand-over"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Nobody, Unchanged],
    };

    static HandOver ICapability<HandOver, Complaint>.Example(Occasion occasion) =>
        new(occasion.Variant % 2 == 0 ? "ben" : "cai", "technical", "expertise", "Needs a technician.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (string.IsNullOrWhiteSpace(Owner) && string.IsNullOrWhiteSpace(Team))
            return Nobody.Plain;
        var team = string.IsNullOrWhiteSpace(Team) ? complaint.Responsibility.Team : Team;
        var owner = string.IsNullOrWhiteSpace(Owner) ? null : Owner;
        if (owner == complaint.Responsibility.Owner && team == complaint.Responsibility.Team)
            return Unchanged.With(("value", owner is null ? team : new StaffMember(owner)));
        events.Add(new HandedOver(owner, team, Reason, IsFirst: complaint.Responsibility is { Owner: null, Team: null },
            Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>A complaint changed hands.</summary>
/// <param name="Owner">The new owner.</param>
/// <param name="Team">The new team.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="IsFirst">True when nobody had answered for it before: from then on a customer may expect a contact. Later hand-overs start
/// nothing.</param>
public sealed record HandedOver(string? Owner, string? Team, string Reason, bool IsFirst = false, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<HandedOver, Complaint>
{
    static EventType IHappening<HandedOver, Complaint>.EventType { get; } = new("handed-over", 2, new("Handed over", "已移交"))
    {
        Upcasters = [Why.AsRemark], Leaves = Leaving.Plain,
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Owner, Owner is null ? null : new StaffMember(Owner)), new(Labels.Team, Team),
            .. Why.Details(rules, "hand-over", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => IsFirst ? [new(FactKind.Assigned, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Responsibility = new Responsibility(Owner, Team, moment.OccurredAt, complaint.Responsibility.HandOvers + 1),
    };
}
