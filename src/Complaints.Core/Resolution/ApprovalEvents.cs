using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Somebody asked for approval of a proposal.</summary>
/// <param name="Number">The request's number.</param>
/// <param name="Proposal">The proposal's number.</param>
/// <param name="ConsentGiven">Whether the customer has agreed already.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalRequested(int Number, int Proposal, bool ConsentGiven, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ApprovalRequested, moment.OccurredAt, $"approval/{Number}")];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Drafted, ConsentGiven = ConsentGiven });
        return complaint.In(To) with
        {
            Settlement = settlement with
            {
                LastApproval = Number,
                Approvals = settlement.Approvals.Add(new ApprovalRequest(Number, Proposal, ApprovalStatus.Pending, moment.Actor.Id)),
            },
        };
    }
}

/// <summary>An approval was granted; the proposal now lies before the customer, or is agreed if the customer had agreed.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Note">A remark.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalGranted(int Approval, string? Note, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}")];

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

/// <summary>An approval was refused.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalRejected(int Approval, string Reason, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}")];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var request = complaint.Approval(Approval);
        return complaint.In(To) with
        {
            Settlement = complaint.Settlement
                .With(request with { Status = ApprovalStatus.Rejected })
                .With(complaint.Proposal(request.Proposal) with { Status = ProposalStatus.Rejected })
                .DecidedBy(moment.Actor),
        };
    }
}

/// <summary>A request for approval was taken back.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalRecalled(int Approval, string Reason, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}")];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement.With(complaint.Approval(Approval) with { Status = ApprovalStatus.Recalled }),
    };
}
