using System.Collections.Immutable;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>A solution was put forward.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Remedies">Codes of the remedies.</param>
/// <param name="Description">What exactly.</param>
/// <param name="EstimatedCost">In the tenant's currency.</param>
/// <param name="NeedsConsent">Whether the customer must agree.</param>
/// <param name="NeedsExecution">Whether something has to be carried out.</param>
/// <param name="To">The state after it.</param>
public sealed record ProposalMade(
    int Number, ImmutableArray<string> Remedies, Personal<string>? Description, decimal EstimatedCost, bool NeedsConsent, bool NeedsExecution, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Description];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement with
        {
            LastProposal = Number,
            Proposals = complaint.Settlement.Proposals.Add(new Proposal(Number, ProposalStatus.Drafted, moment.Actor.Id, Remedies, EstimatedCost, NeedsConsent, NeedsExecution)),
        },
    };
}

/// <summary>A proposal was offered to the customer.</summary>
/// <param name="Proposal">Its number.</param>
public sealed record ProposalPresented(int Proposal) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ProposalPresented, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.AwaitingConsent) with
    {
        Settlement = complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Presented }),
    };
}

/// <summary>The customer accepted a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Method">How.</param>
/// <param name="EvidenceRef">The host's reference of the evidence.</param>
/// <param name="To">The state after it.</param>
public sealed record ProposalAccepted(int Proposal, string Method, string? EvidenceRef, ComplaintState To) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement with
        {
            Proposals = [.. complaint.Settlement.Proposals.Select(proposal =>
                proposal.Number == Proposal ? proposal with { Status = ProposalStatus.Accepted, ConsentGiven = true }
                : proposal.IsLive ? proposal with { Status = ProposalStatus.Superseded }
                : proposal)],
            Confirmation = new Confirmation(Confirmation.ByConsent, moment.OccurredAt),
        },
    };
}

/// <summary>The customer rejected a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Reason">Why.</param>
/// <param name="To">The state after it.</param>
public sealed record ProposalRejected(int Proposal, Personal<string> Reason, ComplaintState To) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Reason];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement.With(complaint.Proposal(Proposal) with { Status = ProposalStatus.Rejected }),
    };
}

/// <summary>The offer lapsed.</summary>
/// <param name="Outcome"><c>no-answer</c> or <c>no-agreement</c>.</param>
/// <param name="Reason">What was tried.</param>
public sealed record ConsentLapsed(string Outcome, string Reason) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Resolved, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with
        {
            Proposals = [.. complaint.Settlement.Proposals.Select(proposal => proposal.IsLive ? proposal with { Status = ProposalStatus.Superseded } : proposal)],
            Outcome = Outcome,
            ResolvedAt = moment.OccurredAt,
        };
        return complaint.In(ComplaintState.Resolved) with { Settlement = settlement.DecidedBy(moment.Actor) };
    }
}
