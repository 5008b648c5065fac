using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>The customer accepts a proposal; the others are superseded, and what was asked about them is recalled.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Method">How: a code of the confirmations. Error: <c>code.unknown</c>.</param>
/// <param name="EvidenceRef">The host's reference of the evidence; at most 500 characters.</param>
/// <param name="Participant">The number of the participant who accepts for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record AcceptProposal(int Proposal, string Method, string? EvidenceRef = null, int? Participant = null)
    : ComplaintCommand, ICapability<AcceptProposal, Complaint>
{
    static Capability ICapability<AcceptProposal, Complaint>.Capability { get; } = new("accept-proposal", new("Customer accepts", "客户同意"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AcceptProposal>(f =>
        [
            f.Part(command => command.Proposal, Labels.Proposal),
            f.Code(command => command.Method, Labels.Method, rules => rules.Confirmations),
            f.Text(command => command.EvidenceRef, Labels.EvidenceRef, Text.Short, required: false),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        Refusals =
        [
            ProposalRules.NotFound, ProposalRules.WrongState, Partners.NotFound, Partners.Nobody, Representation.NoAuthority,
            Representation.NotCustomer, ProposalRules.OpenWork,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("proposal", Proposal);

    static AcceptProposal ICapability<AcceptProposal, Complaint>.Example(Occasion occasion) => new(occasion.Number, "phone");

    static ImmutableArray<Subject> ICapability<AcceptProposal, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Settlement.Proposals.Where(proposal => proposal.Status == ProposalStatus.Presented)
            .Select(proposal => Subject.Of("proposal", proposal.Number)),
    ];

    /// <summary>Departments at work hinder only what would resolve the case.</summary>
    static ComplaintError? ICapability<AcceptProposal, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        foreach (var proposal in complaint.Settlement.Proposals)
        {
            if (proposal is { Status: ProposalStatus.Presented, NeedsExecution: false }
                && Subject.Of("proposal", proposal.Number) == subject)
                return ProposalRules.NoOpenTasks(complaint);
        }
        return null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out var proposal, ProposalStatus.Presented) is { } wrong)
            return wrong;
        if (Partners.FindForCustomer(complaint, Participant, context, out var by) is { } hindered)
            return hindered;
        var to = events.To(proposal.NeedsExecution ? Circumstances.None : Circumstances.NothingToExecute);
        events.Add(new ProposalAccepted(Proposal, Method, Personal.OfNullable(EvidenceRef), to, complaint.Settlement.PendingNumbers, by));
        if (to == ComplaintState.Resolved)
            events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>The customer accepted a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Method">How.</param>
/// <param name="EvidenceRef">The host's reference of the evidence.</param>
/// <param name="To">The state after it.</param>
/// <param name="Recalled">The requests for approval of other proposals, which are not needed any more.</param>
/// <param name="With">Who accepted it for the customer; <c>null</c> for the customer.</param>
public sealed record ProposalAccepted(
    int Proposal, string Method, Personal<string>? EvidenceRef, ComplaintState To, ImmutableArray<int> Recalled = default,
    InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ProposalAccepted, Complaint>
{
    static EventType IHappening<ProposalAccepted, Complaint>.EventType { get; } = new("proposal-accepted", 4,
        new("Customer accepted the solution", "客户已同意方案"));

    /// <summary>The requests for approval that are not needed any more; never <c>default</c>.</summary>
    public ImmutableArray<int> Recalled { get; init; } = Recalled.IsDefault ? [] : Recalled;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Proposal, Proposal), new(Labels.Method, rules.Confirmations.Named(Method)), new(Labels.EvidenceRef, EvidenceRef),
            new(Labels.Recalled, Recalled.IsEmpty ? null : Recalled), Partners.Told(With, rules)];

    internal override PersonalField[] PersonalValues => [new("evidence-ref", EvidenceRef)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => ApprovalRules.Cancelled(Recalled, moment);

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement.Agreed(Proposal, byCustomer: true) with
        {
            Confirmation = new Confirmation(Confirmation.ByConsent, moment.OccurredAt),
        },
    };
}
