using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>What waits for a yes, and what is still to be done once the outcome is there.</summary>
internal static class ResolutionWork
{
    /// <summary>A request for approval, for whoever has the authority and is not involved.</summary>
    public static WorkKind<Complaint> Approve { get; } = new("approve", new("Approve", "审批"), "approve")
    {
        In = static (complaint, dues) => complaint.Settlement.Waivers.IsEmpty ? OfProposals(complaint, dues)
            : OfProposals(complaint, dues).Concat(OfWaivers(complaint, dues)),
    };

    private static IEnumerable<Waiting> OfProposals(Complaint complaint, Dues dues) =>
        complaint.Settlement.Pending.Select(request =>
        {
            var proposal = complaint.Proposal(request.Proposal);
            var subject = Subject.Of("approval", request.Number);
            // Where no policy limits the approval itself, the case must go on in time.
            return new Waiting(subject, dues.Of(Objective.Approval, subject) ?? dues.First)
            {
                IsForDuty = true,
                Amount = proposal.EstimatedCost,
                NotFor = [request.RequestedBy, request.RequestedFor, proposal.ProposedBy, proposal.ProposedFor],
            };
        });

    private static IEnumerable<Waiting> OfWaivers(Complaint complaint, Dues dues) =>
        complaint.Settlement.Waivers.Where(waiver => waiver.IsPending).Select(waiver =>
            new Waiting(waiver.Subject, dues.Of(Objective.Approval, waiver.Subject) ?? dues.First)
            {
                IsForDuty = true, NotFor = [waiver.RequestedBy, waiver.RequestedFor],
            });

    /// <summary>An offer that the customer has not answered.</summary>
    public static WorkKind<Complaint> Consent { get; } = new("consent", new("Get the customer's answer", "催询客户答复"), "accept-proposal")
    {
        In = static (complaint, dues) => complaint.Settlement.Proposals
            .Where(proposal => proposal.Status == ProposalStatus.Presented && States.NotEnded.Contains(complaint.State))
            .Select(proposal => new Waiting(Subject.Of("proposal", proposal.Number))),
    };

    /// <summary>The customer does not know the result yet.</summary>
    public static WorkKind<Complaint> Notify { get; } = new("notify", new("Tell the customer the result", "告知客户结果"), "notify-result")
    {
        In = static (complaint, dues) => complaint.State is ComplaintState.Resolved or ComplaintState.NotEstablished
            && complaint.Settlement.NotifiedAt is null
                ? [new(Due: dues.Of(Objective.ResultNotification))]
                : [],
    };

    /// <summary>The customer knows the result, and nobody waits for an answer: what is left is to close.</summary>
    public static WorkKind<Complaint> Close { get; } = new("close", new("Close", "结案"), "close")
    {
        In = static (complaint, dues) => complaint is
        {
            State: ComplaintState.Resolved or ComplaintState.NotEstablished, Settlement.NotifiedAt: not null, Talk.UnansweredSince: null,
            Progress.Review: null,
        }
            ? [new()]
            : [],
    };
}
