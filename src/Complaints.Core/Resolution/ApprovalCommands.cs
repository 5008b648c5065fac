using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>Asks for approval of a proposal; from <see cref="ComplaintState.AwaitingConsent"/> when the customer's choice exceeds the authority.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="ConsentGiven">True when the customer has agreed already.</param>
public sealed record RequestApproval(int Proposal, bool ConsentGiven = false) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RequestApproval;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out _, ProposalStatus.Drafted, ProposalStatus.Presented) is { } wrong)
            return wrong;
        if (complaint.Settlement.Pending.Any(approval => approval.Proposal == Proposal))
            return new("proposal.wrong_state", ("value", Proposal), ("state", ApprovalStatus.Pending), ("expected", ProposalStatus.Drafted));
        var others = complaint.Settlement.Proposals.Any(other => other.Number != Proposal && other.Status == ProposalStatus.Presented);
        var to = LifecycleMachine.Next(complaint.State, Trigger, others ? Circumstances.AnotherPresented : Circumstances.None)!.Value;
        events.Add(new ApprovalRequested(complaint.Settlement.LastApproval + 1, Proposal, ConsentGiven, to));
        return null;
    }
}

/// <summary>Grants an approval. The approver is neither proposer nor requester, and the cost is within the approver's authority.</summary>
/// <param name="Approval">The request's number. Errors: <c>approval.not_found</c>, <c>approval.own_request</c>, <c>proposal.needs_approval</c>.</param>
/// <param name="Note">At most 500 characters, nothing personal.</param>
public sealed record Approve(int Approval, string? Note = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Approve;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ApprovalRules.CanAnswer(complaint, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((ApprovalRules.Find(complaint, Approval, context, out var request) ?? Text.Check("note", Note, Text.Short, required: false)) is { } wrong)
            return wrong;
        var proposal = complaint.Proposal(request.Proposal);
        if (ProposalRules.ExceedsAuthority(proposal, context))
            return new("proposal.needs_approval", ("value", proposal.Number));
        if (proposal.ConsentGiven && complaint.Settlement.Pending.Any(other => other.Number != Approval))
            return ProposalRules.NoOpenWork(complaint with { Settlement = complaint.Settlement.With(request with { Status = ApprovalStatus.Approved }) });
        var circumstances = (proposal.ConsentGiven ? Circumstances.ConsentGiven : Circumstances.None) | (proposal.NeedsExecution ? Circumstances.None : Circumstances.NothingToExecute);
        var to = LifecycleMachine.Next(complaint.State, Trigger, circumstances)!.Value;
        events.Add(new ApprovalGranted(Approval, Note, to));
        if (to == ComplaintState.Resolved)
            events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>Refuses an approval; the proposal is rejected with it.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record RejectApproval(int Approval, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RejectApproval;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ApprovalRules.CanAnswer(complaint, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((ApprovalRules.Find(complaint, Approval, context, out _) ?? Text.Check("reason", Reason, Text.Short)) is { } wrong)
            return wrong;
        events.Add(new ApprovalRejected(Approval, Reason, ApprovalRules.StateWithout(complaint, Approval, Trigger)));
        return null;
    }
}

/// <summary>Takes a request for approval back; the proposal may be changed or asked for again.</summary>
/// <param name="Approval">The request's number. Errors: <c>approval.not_found</c>, <c>approval.not_requester</c>.</param>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record RecallApproval(int Approval, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RecallApproval;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) =>
        complaint.Settlement.Pending.Any() ? null : new("approval.none_pending");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((ApprovalRules.Find(complaint, Approval, out var request) ?? Text.Check("reason", Reason, Text.Short)) is { } wrong)
            return wrong;
        if (request.RequestedBy != context.Actor.Id)
            return new("approval.not_requester", ("value", request.RequestedBy));
        events.Add(new ApprovalRecalled(Approval, Reason, ApprovalRules.StateWithout(complaint, Approval, Trigger)));
        return null;
    }
}

/// <summary>What several commands ask about approvals.</summary>
internal static class ApprovalRules
{
    public static ComplaintError? CanAnswer(Complaint complaint, DecisionContext context)
    {
        if (!complaint.Settlement.Pending.Any())
            return new("approval.none_pending");
        return complaint.Settlement.Pending.All(request => IsInvolved(complaint, request, context.Actor)) ? new("approval.own_request", ("value", context.Actor.Id)) : null;
    }

    public static ComplaintError? Find(Complaint complaint, int number, out ApprovalRequest request)
    {
        request = complaint.Settlement.Pending.FirstOrDefault(candidate => candidate.Number == number)!;
        return request is null
            ? new("approval.not_found", ("value", number), ("known", string.Join(", ", complaint.Settlement.Pending.Select(candidate => candidate.Number))))
            : null;
    }

    public static ComplaintError? Find(Complaint complaint, int number, DecisionContext context, out ApprovalRequest request) =>
        Find(complaint, number, out request)
        ?? (IsInvolved(complaint, request, context.Actor) ? new("approval.own_request", ("value", context.Actor.Id)) : null);

    public static ComplaintState StateWithout(Complaint complaint, int approval, ComplaintTrigger trigger)
    {
        var others = complaint.Settlement.Pending.Any(other => other.Number != approval);
        return LifecycleMachine.Next(complaint.State, trigger, others ? Circumstances.AnotherPending : Circumstances.None)!.Value;
    }

    private static bool IsInvolved(Complaint complaint, ApprovalRequest request, Actor actor) =>
        request.RequestedBy == actor.Id || complaint.Proposal(request.Proposal).ProposedBy == actor.Id;
}
