using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>The customer rejects a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 4,000 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
/// <param name="Participant">The number of the participant who rejects it for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record RejectProposal(int Proposal, string Reason, string? Remark = null, int? Participant = null)
    : ComplaintCommand, ICapability<RejectProposal, Complaint>
{
    static Capability ICapability<RejectProposal, Complaint>.Capability { get; } = new("reject-proposal", new("Customer rejects", "客户拒绝"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RejectProposal>(f =>
        [
            f.Part(command => command.Proposal, Labels.Proposal),
            f.Reason(command => command.Reason, "reject-proposal"),
            f.Remark(command => command.Remark, command => command.Reason, Text.Long),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        Refusals =
        [
            ProposalRules.NotFound, ProposalRules.WrongState, Partners.NotFound, Partners.Nobody, Representation.NoAuthority,
            Representation.NotCustomer,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("proposal", Proposal);

    static RejectProposal ICapability<RejectProposal, Complaint>.Example(Occasion occasion) =>
        new(occasion.Number, "too-little", "Wants money.");

    static ImmutableArray<Subject> ICapability<RejectProposal, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Settlement.Proposals.Where(proposal => proposal.Status == ProposalStatus.Presented)
            .Select(proposal => Subject.Of("proposal", proposal.Number)),
    ];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out _, ProposalStatus.Presented) is { } wrong)
            return wrong;
        if (Partners.FindForCustomer(complaint, Participant, context, out var by) is { } hindered)
            return hindered;
        var others = complaint.Settlement.Proposals.Any(other => other.Number != Proposal && other.Status == ProposalStatus.Presented);
        var circumstances = (others ? Circumstances.AnotherPresented : Circumstances.None)
            | (complaint.Settlement.HasPending ? Circumstances.AnotherPending : Circumstances.None);
        events.Add(new ProposalRejected(Proposal, Reason, events.To(circumstances), Personal.OfNullable(Remark), by));
        return null;
    }
}

/// <summary>The customer rejected a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="To">The state after it.</param>
/// <param name="With">Who rejected it for the customer; <c>null</c> for the customer.</param>
public sealed record ProposalRejected(
    int Proposal, string Reason, ComplaintState To, Personal<string>? Remark = null, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ProposalRejected, Complaint>
{
    static EventType IHappening<ProposalRejected, Complaint>.EventType { get; } = new("proposal-rejected", 3,
        new("Customer rejected the solution", "客户已拒绝方案"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Proposal, Proposal), .. Why.Details(rules, "reject-proposal", Reason, Remark),
            Partners.Told(With, rules)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Rejected }),
    };
}
