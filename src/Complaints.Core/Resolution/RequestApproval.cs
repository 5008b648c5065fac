using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Asks for approval of a proposal; from <see cref="ComplaintState.AwaitingConsent"/> when the customer's choice exceeds the
/// authority.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="ConsentGiven">True when the customer has agreed already.</param>
/// <param name="Participant">The number of the participant who agreed for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>,
/// <c>party.nothing_said</c>.</param>
public sealed record RequestApproval(int Proposal, bool ConsentGiven = false, int? Participant = null)
    : ComplaintCommand, ICapability<RequestApproval, Complaint>
{
    static Capability ICapability<RequestApproval, Complaint>.Capability { get; } = new("request-approval", new("Request approval", "申请审批"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RequestApproval>(f =>
        [
            f.Part(command => command.Proposal, Labels.Proposal),
            f.Flag(command => command.ConsentGiven, Labels.ConsentGiven),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        StaysIn = States.Codes([ComplaintState.AwaitingApproval]),
        Refusals = [ProposalRules.NotFound, ProposalRules.WrongState, .. Partners.ForCustomer, Representation.NothingSaid],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("proposal", Proposal);

    static RequestApproval ICapability<RequestApproval, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<RequestApproval, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Settlement.Proposals.Where(proposal => proposal.Status is ProposalStatus.Drafted or ProposalStatus.Presented)
            .Select(proposal => Subject.Of("proposal", proposal.Number)),
    ];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out _, ProposalStatus.Drafted, ProposalStatus.Presented) is { } wrong)
            return wrong;
        if (complaint.Settlement.Pending.Any(approval => approval.Proposal == Proposal))
            return ProposalRules.WrongState.With(("value", Proposal), ("state", ApprovalStatus.Pending), ("expected", ProposalStatus.Drafted));
        if (Partners.FindForCustomer(complaint, Participant, ConsentGiven, context, out var by) is { } hindered)
            return hindered;
        var others = complaint.Settlement.Proposals.Any(other => other.Number != Proposal && other.Status == ProposalStatus.Presented);
        var to = events.To(others ? Circumstances.AnotherPresented : Circumstances.None);
        events.Add(new ApprovalRequested(complaint.Settlement.LastApproval + 1, Proposal, ConsentGiven, to, by));
        return null;
    }
}

/// <summary>Somebody asked for approval of a proposal.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Proposal">The proposal's number.</param>
/// <param name="ConsentGiven">Whether the customer has agreed already.</param>
/// <param name="To">The state after it.</param>
/// <param name="With">Who agreed for the customer; <c>null</c> for the customer, or nobody.</param>
public sealed record ApprovalRequested(
    int Number, int Proposal, bool ConsentGiven, ComplaintState To, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ApprovalRequested, Complaint>
{
    static EventType IHappening<ApprovalRequested, Complaint>.EventType { get; } = new("approval-requested", 2,
        new("Approval requested", "已申请审批")) { Leaves = Leaving.Plain };

    internal override Subject? Made => Subject.Of("approval", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Approval, Number), new(Labels.Proposal, Proposal), Partners.Told(With, rules)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalRequested, moment.OccurredAt, $"approval/{Number}", FactKind.OfProposal)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Drafted, ConsentGiven = ConsentGiven });
        return complaint.In(To) with
        {
            Settlement = settlement with
            {
                LastApproval = Number,
                Approvals = settlement.Approvals.Add(new ApprovalRequest(Number, Proposal, ApprovalStatus.Pending, moment.Actor.Id) { RequestedFor = moment.Actor.OnBehalfOf }),
            },
        };
    }
}
