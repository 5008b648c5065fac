using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>Hands a complaint over to another owner or team (移交). Never restarts a clock of the customer's.</summary>
/// <param name="Owner">The new owner; <c>null</c> leaves it to the team. Errors, where the staff directory knows better:
/// <c>assignment.absent</c>, <c>assignment.left</c>, <c>assignment.not_member</c>; <c>assignment.conflict</c> for who must keep out of the
/// case.</param>
/// <param name="Team">The new team; <c>null</c> keeps the team. Errors: <c>assignment.nobody</c>, <c>assignment.unchanged</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
/// <param name="Track">The new track, a code of <see cref="HandlingTrack"/>; <c>null</c> keeps it.</param>
public sealed record HandOver(string? Owner, string? Team, string Reason, string? Remark = null, string? Track = null)
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

    private static readonly Refusal Absent = new(
        "assignment.absent",
        "{value} is away today; the deputy: {deputy}. Hand it to somebody who is here.",
        "{value} 今日不在岗，代理人：{deputy}，请移交给在岗人员。");

    private static readonly Refusal NotMember = new(
        "assignment.not_member",
        "{value} is not in the team {team}; name one of its members, or another team: {known}.",
        "{value} 不属于团队“{team}”，请指定该团队成员，或改为其所在团队：{known}。");

    private static readonly Label NobodyDeputises = new("nobody", "无");

    static Capability ICapability<HandOver, Complaint>.Capability { get; } = new("hand-over", new("Hand over", "移交"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<HandOver>(f =>
        [
            f.Person(command => command.Owner, Labels.Owner, required: false),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.Reason(command => command.Reason, "hand-over"),
            f.Remark(command => command.Remark, command => command.Reason),
            f.Code(command => command.Track, Labels.Track, _ => HandlingTrack.Codes, required: false),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Nobody, Unchanged, Absent, StaffRules.Left, NotMember, ConflictRules.NoWork],
    };

    static HandOver ICapability<HandOver, Complaint>.Example(Occasion occasion) =>
        new(occasion.Variant % 2 == 0 ? "ben" : "cai", "technical", "expertise", "Needs a technician.");

    internal override IEnumerable<string> PeopleNamed => string.IsNullOrWhiteSpace(Owner) ? [] : [Owner];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (string.IsNullOrWhiteSpace(Owner) && string.IsNullOrWhiteSpace(Team))
            return Nobody.Plain;
        var team = string.IsNullOrWhiteSpace(Team) ? complaint.Responsibility.Team : Team;
        var owner = string.IsNullOrWhiteSpace(Owner) ? null : Owner;
        var track = string.IsNullOrWhiteSpace(Track) ? complaint.Responsibility.Track : Track;
        if ((owner, team, track) == (complaint.Responsibility.Owner, complaint.Responsibility.Team, complaint.Responsibility.Track))
            return Unchanged.With(("value", owner is not null ? new StaffMember(owner) : context.Rules.Organisation.TeamNamed(team!)));
        if (context.CardOf(owner) is { } card && CannotTake(card, Team, context) is { } refusal)
            return refusal;
        events.Add(new HandedOver(owner, team, Reason, IsFirst: complaint.Responsibility is { Owner: null, Team: null },
            Personal.OfNullable(Remark), track));
        return null;
    }

    /// <summary>What the directory has against it. Somebody of whom it knows no teams may be in any.</summary>
    internal static ComplaintError? CannotTake(StaffCard card, string? team, DecisionContext context)
    {
        var person = new StaffMember(card.Id);
        if (card.HasLeftBy(context.Today))
            return StaffRules.Left.With(("value", person));
        if (card.IsAwayOn(context.Today))
            return Absent.With(("value", person), ("deputy", card.Deputy is { } deputy ? new StaffMember(deputy) : NobodyDeputises));
        if (string.IsNullOrWhiteSpace(team) || card.Teams.IsEmpty || card.Teams.Contains(team))
            return null;
        var organisation = context.Rules.Organisation;
        return NotMember.With(("value", person), ("team", organisation.TeamNamed(team)),
            ("known", card.Teams.Select(organisation.TeamNamed)));
    }
}

/// <summary>A complaint changed hands.</summary>
/// <param name="Owner">The new owner.</param>
/// <param name="Team">The new team.</param>
/// <param name="Reason">Why: a code of the tenant's reasons, or one of the library's own where nobody gave one.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="IsFirst">True when nobody had answered for it before: from then on a customer may expect a contact. Later hand-overs start
/// nothing.</param>
/// <param name="Track">The track from now on; <c>null</c> where nobody said.</param>
/// <param name="Route">The row of the routing by which it was assigned; <c>null</c> where somebody handed it over.</param>
public sealed record HandedOver(
    string? Owner, string? Team, string Reason, bool IsFirst = false, Personal<string>? Remark = null, string? Track = null,
    Route? Route = null)
    : ComplaintEvent, IHappening<HandedOver, Complaint>
{
    static EventType IHappening<HandedOver, Complaint>.EventType { get; } = new("handed-over", 3, new("Handed over", "已移交"))
    {
        Upcasters = [Why.AsRemark], Leaves = Leaving.Plain,
    };

    /// <summary>The reason of what the routing assigned: not one of the tenant's, because nobody gives it.</summary>
    internal const string ByRouting = "routing";

    /// <summary>The reason of what went along with a call that was passed on; the brief stands with the talk.</summary>
    internal const string ByTransfer = "transfer";

    /// <summary>The reason of what went back to the team because its owner keeps out of it: nobody learns from it why that is.</summary>
    internal const string ToTeam = "to-team";

    private static readonly Label BackAgain = new("back to the team", "退回团队");

    /// <summary>Before somebody keeps out: whose case it was leaves it as by any hand-over, and the team has it, that of the owner where
    /// the case had none.</summary>
    internal static void Back(IEnumerable<string?> people, DecisionContext context, EventSink events)
    {
        if (events.State.Responsibility is not { Owner: { } owner } had || !people.Contains(owner))
            return;
        var team = had.Team ?? context.CardOf(owner)?.Teams.FirstOrDefault()
            ?? context.Rules.Organisation.Teams.FirstOrDefault(led => led.Lead == owner)?.Code;
        events.Add(new HandedOver(null, team, ToTeam));
    }

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        .. Responsibility.Details(Owner, Team, Track, Route, rules),
        .. Reason == ToTeam ? [new(Labels.Reason, BackAgain)]
            : Route is null && Reason != ByTransfer ? Why.Details(rules, "hand-over", Reason, Remark)
            : (IEnumerable<Detail>)[],
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => IsFirst ? [new(FactKind.Assigned, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Responsibility = new Responsibility(Owner, Team, moment.OccurredAt, complaint.Responsibility.HandOvers + 1,
            Track ?? complaint.Responsibility.Track, Route),
    };
}
