using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Grants an approval. The approver is neither proposer nor requester, and the cost is within the approver's authority.</summary>
/// <param name="Approval">The request's number. Errors: <c>approval.not_found</c>, <c>approval.own_request</c>,
/// <c>proposal.needs_approval</c>.</param>
/// <param name="Note">At most 500 characters, nothing personal.</param>
public sealed record Approve(int Approval, string? Note = null)
    : ComplaintCommand, ICapability<Approve, Complaint>
{
    static Capability ICapability<Approve, Complaint>.Capability { get; } = new("approve", new("Approve", "批准"))
    {
        Roles = [Role.Supervisor, Role.Manager, Role.Director],
        Fields = Field.Of<Approve>(f =>
        [
            f.Part(command => command.Approval, Labels.Approval),
            f.Text(command => command.Note, Labels.Note, Text.Short, required: false),
        ]),
        StaysIn = States.Codes([ComplaintState.AwaitingConsent, ComplaintState.OnHold]),
        Refusals = [ApprovalRules.NonePending, ApprovalRules.NotFound, ApprovalRules.OwnRequest, ProposalRules.NeedsApproval, ProposalRules.OpenWork],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("approval", Approval);

    static Approve ICapability<Approve, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<Approve, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Settlement.Pending.Select(approval => Subject.Of("approval", approval.Number))];

    static ComplaintError? ICapability<Approve, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ApprovalRules.CanAnswer(complaint, subject, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ApprovalRules.Find(complaint, Approval, context, out var request) is { } wrong)
            return wrong;
        var proposal = complaint.Proposal(request.Proposal);
        if (ProposalRules.ExceedsAuthority(proposal, context))
            return ProposalRules.NeedsApproval.With(("value", proposal.Number));
        if (proposal.ConsentGiven && complaint.Settlement.Pending.Any(other => other.Number != Approval))
            return ProposalRules.NoOpenWork(complaint with { Settlement = complaint.Settlement.With(request with { Status = ApprovalStatus.Approved }) });
        var circumstances = (proposal.ConsentGiven ? Circumstances.ConsentGiven : Circumstances.None) | (proposal.NeedsExecution ? Circumstances.None : Circumstances.NothingToExecute);
        var to = events.To(circumstances);
        events.Add(new ApprovalGranted(Approval, Personal.OfNullable(Note), to));
        if (to == ComplaintState.Resolved)
            events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>An approval was granted; the proposal now lies before the customer, or is agreed if the customer had agreed.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Note">A remark.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalGranted(int Approval, Personal<string>? Note, ComplaintState To)
    : ComplaintEvent, IHappening<ApprovalGranted, Complaint>
{
    static EventType IHappening<ApprovalGranted, Complaint>.EventType { get; } = new("approval-granted", 2, new("Approved", "审批已通过"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Approval, Approval), new(Labels.Note, Note)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}")];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var request = complaint.Approval(Approval);
        var proposal = complaint.Proposal(request.Proposal);
        var settlement = complaint.Settlement
            .With(request with { Status = ApprovalStatus.Approved })
            .With(proposal with { Status = proposal.ConsentGiven ? ProposalStatus.Accepted : ProposalStatus.Presented })
            .DecidedBy(moment.Actor);
        if (proposal.ConsentGiven)
            settlement = settlement with { Confirmation = new Confirmation(Confirmation.ByConsent, moment.OccurredAt) };
        return complaint.In(To) with { Settlement = settlement };
    }
}
