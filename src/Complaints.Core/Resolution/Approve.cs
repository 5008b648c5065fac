using System.Collections.Immutable;
using Complaints.Core.Assignment;
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
        Refusals =
        [
            ApprovalRules.NonePending, ApprovalRules.NotFound, ApprovalRules.OwnRequest, ProposalRules.NeedsApproval,
            ProposalRules.OpenWork,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("approval", Approval);

    static Approve ICapability<Approve, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<Approve, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Settlement.Pending.Select(approval => Subject.Of("approval", approval.Number))];

    static ComplaintError? ICapability<Approve, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ApprovalRules.CanAnswer(complaint, subject, context) ?? ResolvesWithTasks(complaint, subject);

    /// <summary>What the customer had agreed to, and nobody has to carry out, is solved by the approval: not while departments are at
    /// work.</summary>
    private static ComplaintError? ResolvesWithTasks(Complaint complaint, Subject? subject)
    {
        if (complaint.State != ComplaintState.AwaitingApproval || subject is not { } about || !DepartmentTasks.HasOpen(complaint))
            return null;
        foreach (var request in complaint.Settlement.Pending)
        {
            if (Subject.Of("approval", request.Number) == about
                && complaint.Proposal(request.Proposal) is { ConsentGiven: true, NeedsExecution: false })
                return ProposalRules.NoOpenTasks(complaint);
        }
        return null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ApprovalRules.Find(complaint, Approval, context, out var request) is { } wrong)
            return wrong;
        var proposal = complaint.Proposal(request.Proposal);
        if (ProposalRules.ExceedsAuthority(proposal, context))
            return ProposalRules.NeedsApproval.With(("value", proposal.Number));
        ImmutableArray<int> others = complaint.Settlement.PendingNumbers.Remove(Approval);
        var to = events.To(
            (proposal.ConsentGiven ? Circumstances.ConsentGiven : proposal.NeedsConsent ? Circumstances.None : Circumstances.NothingToAgree)
            | (proposal.NeedsExecution ? Circumstances.None : Circumstances.NothingToExecute)
            | (others.IsEmpty ? Circumstances.None : Circumstances.AnotherPending));
        events.Add(new ApprovalGranted(Approval, Personal.OfNullable(Note), to, proposal.ConsentGiven ? others : []));
        if (to == ComplaintState.Resolved)
            events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>An approval was granted; the proposal now lies before the customer, or is agreed if the customer had agreed.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Note">A remark.</param>
/// <param name="To">The state after it.</param>
/// <param name="Recalled">The requests for approval of other proposals, which are not needed any more because the customer had
/// agreed.</param>
public sealed record ApprovalGranted(
    int Approval, Personal<string>? Note, ComplaintState To, ImmutableArray<int> Recalled = default)
    : ComplaintEvent, IHappening<ApprovalGranted, Complaint>
{
    static EventType IHappening<ApprovalGranted, Complaint>.EventType { get; } = new("approval-granted", 3, new("Approved", "审批已通过"));

    /// <summary>The requests for approval that are not needed any more; never <c>default</c>.</summary>
    public ImmutableArray<int> Recalled { get; init; } = Recalled.IsDefault ? [] : Recalled;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Approval, Approval), new(Labels.Note, Note), new(Labels.Recalled, Recalled.IsEmpty ? null : Recalled)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}"), .. ApprovalRules.Cancelled(Recalled, moment)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var request = complaint.Approval(Approval);
        var proposal = complaint.Proposal(request.Proposal);
        var settlement = complaint.Settlement.With(request with { Status = ApprovalStatus.Approved }).DecidedBy(moment.Actor);
        return complaint.In(To) with
        {
            Settlement = proposal.ConsentGiven
                ? settlement.Agreed(proposal.Number, byCustomer: true) with
                {
                    Confirmation = new(Confirmation.ByConsent, moment.OccurredAt),
                }
                : To == ComplaintState.Executing ? settlement.Agreed(proposal.Number, byCustomer: false)
                : settlement.With(proposal with { Status = proposal.NeedsConsent ? ProposalStatus.Presented : ProposalStatus.Approved }),
        };
    }
}
