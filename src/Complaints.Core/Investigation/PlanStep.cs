using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Investigation;

/// <summary>Plans something to be done for the case by somebody: to find out what happened, or to carry out what was agreed. With a due
/// instant it has a clock of its own, which nothing pauses or moves.</summary>
/// <param name="Phase">A code of <see cref="StepPhase"/>. Errors: <c>code.unknown</c>; <c>step.no_agreed_proposal</c> for an execution
/// while nothing is agreed.</param>
/// <param name="Kind">A code of the kinds of steps. Error: <c>code.unknown</c>.</param>
/// <param name="Owner">Who does it, at most 100 characters; <c>null</c> for the team, and where none is named for who plans it. Errors:
/// <c>assignment.conflict</c>, and <c>assignment.left</c> where the staff directory knows better.</param>
/// <param name="Team">The team that does it; at most 100 characters.</param>
/// <param name="Due">By when, in the future. Error: <c>time.not_in_future</c>.</param>
/// <param name="What">What is to be done, kept sealed; at most 500 characters.</param>
/// <param name="Place">Where, kept sealed; at most 200 characters.</param>
/// <param name="Proposal">The number of the agreed proposal that it carries out; <c>null</c> for the one that is agreed. Error:
/// <c>step.no_agreed_proposal</c>.</param>
public sealed record PlanStep(
    string Phase, string Kind, string? Owner = null, string? Team = null, Instant? Due = null, string? What = null, string? Place = null,
    int? Proposal = null)
    : ComplaintCommand, ICapability<PlanStep, Complaint>
{
    private static readonly Refusal TooMany = new(
        "step.too_many",
        "A complaint has at most {bound} steps, finished ones included.",
        "一件投诉最多 {bound} 个步骤（含已完成的）。");

    private static readonly Refusal NoAgreedProposal = new(
        "step.no_agreed_proposal",
        "Nothing of that is agreed that could be carried out; agreed proposals: {known}.",
        "没有可实施的已同意方案，已同意的方案：{known}。");

    private static readonly Label None = new("none", "无");

    static Capability ICapability<PlanStep, Complaint>.Capability { get; } = new("plan-step", new("Plan a step", "安排步骤"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<PlanStep>(f =>
        [
            f.Code(command => command.Phase, Labels.Phase, static _ => StepPhase.All),
            f.Code(command => command.Kind, Labels.Kind, static rules => rules.StepKinds),
            f.Text(command => command.What, Labels.What, Text.Short, required: false),
            f.Person(command => command.Owner, Labels.DoneBy, required: false),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.Moment(command => command.Due, Labels.Due, required: false),
            f.Text(command => command.Place, Labels.Place, Text.Title, required: false),
            f.NumberOrNone(command => command.Proposal, new("Number of the agreed proposal", "已同意方案的编号"), 1, 1_000_000),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [TooMany, NoAgreedProposal, ConflictRules.NoWork, StaffRules.Left],
        Commutes = true,
    };

    static PlanStep ICapability<PlanStep, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new(StepPhase.Investigation, "records", What: "Read the warehouse's log."),
        1 => new(StepPhase.Investigation, "on-site", Team: "technical", Due: occasion.InDays(2), Place: "南京西路 1 号"),
        _ => new(StepPhase.Other, "other", "cai", Due: occasion.InDays(5)),
    };

    internal override IEnumerable<string> PeopleNamed => Why.Given(Owner) is { } owner ? [owner] : [];

    static ComplaintError? ICapability<PlanStep, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Inquiry.Steps.Length < CaseSteps.Most ? null : TooMany.With(("bound", CaseSteps.Most));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        if (context.CardOf(Owner) is { } card && card.HasLeftBy(context.Today))
            return StaffRules.Left.With(("value", new StaffMember(card.Id)));
        var proposal = Proposal;
        if (Phase == StepPhase.Execution || Proposal is not null)
        {
            var accepted = complaint.Settlement.Proposals.Where(one => one.Status == ProposalStatus.Accepted);
            var agreed = accepted.Select(one => one.Number).ToList();
            proposal ??= agreed.Count > 0 ? agreed[^1] : null;
            if (proposal is null || !agreed.Contains(proposal.Value))
                return NoAgreedProposal.With(("known", agreed.Count > 0 ? agreed : None));
        }
        var (owner, team) = (Why.Given(Owner), Why.Given(Team));
        owner ??= team is null ? context.Actor.Id : null;
        events.Add(new StepPlanned(complaint.Inquiry.Steps.Length + 1, Phase, Kind, owner, team, Due, Personal.OfNullable(What),
            Personal.OfNullable(Place), proposal));
        return null;
    }
}

/// <summary>Something to be done was planned.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Phase">A code of <see cref="StepPhase"/>.</param>
/// <param name="Kind">A code of the kinds of steps.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Team">The team that does it.</param>
/// <param name="Due">By when.</param>
/// <param name="What">What is to be done.</param>
/// <param name="Place">Where.</param>
/// <param name="Proposal">The number of the agreed proposal that it carries out.</param>
public sealed record StepPlanned(
    int Number, string Phase, string Kind, string? Owner = null, string? Team = null, Instant? Due = null, Personal<string>? What = null,
    Personal<string>? Place = null, int? Proposal = null)
    : ComplaintEvent, IHappening<StepPlanned, Complaint>
{
    static EventType IHappening<StepPlanned, Complaint>.EventType { get; } = new("step-planned", 1, new("Step planned", "已安排步骤"));

    internal override Subject? Made => Subject.Of("step", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Step, Number), new(Labels.Phase, StepPhase.All.Named(Phase)), new(Labels.Kind, rules.StepKinds.Named(Kind)),
        new(Labels.What, What), new(Labels.DoneBy, Owner is null ? null : new StaffMember(Owner)),
        new(Labels.Team, Team is null ? null : rules.Organisation.TeamNamed(Team)), new(Labels.Due, Due), new(Labels.Place, Place),
        new(Labels.Proposal, Proposal),
    ];

    internal override PersonalField[] PersonalValues => [new("step", What), new("place", Place)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Inquiry = complaint.Inquiry with
        {
            Steps = complaint.Inquiry.Steps.Add(new CaseStep(Number, Phase, Kind, moment.OccurredAt, Owner, Team, Due, Proposal)),
        },
        Clocks = Due is { } due
            ? complaint.Clocks.With(new DatedClock(Objective.Step, Subject.Of("step", Number).ToString(), moment.OccurredAt, due))
            : complaint.Clocks,
    };
}
