using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Offers a proposal to the customer; one that needs no consent is told to the customer, and carried out.</summary>
/// <param name="Proposal">Its number. Errors: <c>proposal.not_found</c>, <c>proposal.wrong_state</c>,
/// <c>proposal.needs_approval</c>.</param>
/// <param name="Participant">The number of the participant to whom it is offered for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record Present(int Proposal, int? Participant = null) : ComplaintCommand, ICapability<Present, Complaint>
{
    static Capability ICapability<Present, Complaint>.Capability { get; } = new("present", new("Present to the customer", "告知客户方案"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Present>(f =>
        [
            f.Part(command => command.Proposal, Labels.Proposal),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        StaysIn = States.Codes([ComplaintState.AwaitingConsent]),
        Refusals =
        [
            ProposalRules.NotFound, ProposalRules.WrongState, ProposalRules.NeedsApproval, Partners.NotFound, Partners.Nobody,
            Representation.NoAuthority, Representation.NotCustomer,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("proposal", Proposal);

    static Present ICapability<Present, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<Present, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Settlement.Proposals.Where(proposal => proposal.Status is ProposalStatus.Drafted or ProposalStatus.Approved)
            .Select(proposal => Subject.Of("proposal", proposal.Number)),
    ];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out var proposal, ProposalStatus.Drafted, ProposalStatus.Approved) is { } wrong)
            return wrong;
        if (complaint.Settlement.Pending.Any(approval => approval.Proposal == Proposal) || proposal.Status == ProposalStatus.Drafted && ProposalRules.ExceedsAuthority(proposal, context))
            return ProposalRules.NeedsApproval.With(("value", Proposal));
        if (Partners.FindForCustomer(complaint, Participant, context, out var with) is { } hindered)
            return hindered;
        var to = events.To(proposal is { NeedsConsent: false, NeedsExecution: true } ? Circumstances.NothingToAgree : Circumstances.None);
        events.Add(new ProposalPresented(Proposal, to, with));
        return null;
    }
}

/// <summary>A proposal was offered to the customer.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="To">The state after it; an earlier program always waited for consent.</param>
/// <param name="With">To whom, if it was not the customer.</param>
public sealed record ProposalPresented(
    int Proposal, ComplaintState To = ComplaintState.AwaitingConsent, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ProposalPresented, Complaint>
{
    static EventType IHappening<ProposalPresented, Complaint>.EventType { get; } = new(
        "proposal-presented", 3, new("Solution presented to the customer", "已告知客户方案"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Proposal, Proposal), Partners.Told(With, rules)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.HumanContact, moment.OccurredAt), new(FactKind.ProposalPresented, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.In(To).Contacted(moment.OccurredAt, channel: "") with
        {
            Settlement = To == ComplaintState.Executing
                ? complaint.Settlement.Agreed(Proposal, byCustomer: false)
                : complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Presented }),
        };
}
