using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>The complaint was resolved (解决).</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Summary">What was done.</param>
/// <param name="ConfirmedInCall">Whether the customer said in the call that it is solved.</param>
public sealed record ComplaintResolved(string Outcome, Personal<string>? Summary, bool ConfirmedInCall) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Summary];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => ConfirmedInCall
        ? [new(FactKind.Resolved, moment.OccurredAt), new(FactKind.ResultNotified, moment.OccurredAt)]
        : [new(FactKind.Resolved, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement;
        return complaint with
        {
            Progress = complaint.Progress with { State = ComplaintState.Resolved },
            Settlement = settlement with
            {
                Outcome = Outcome,
                ResolvedAt = moment.OccurredAt,
                Confirmation = ConfirmedInCall ? new Confirmation(Confirmation.InCall, moment.OccurredAt) : settlement.Confirmation,
                Deciders = settlement.DecidersWith(moment.Actor),
            },
        };
    }
}

/// <summary>The complaint was not established, or declined.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReferredTo">The body that is competent instead.</param>
public sealed record NotEstablishedDecided(string Outcome, Personal<string> Reason, string? ReferredTo) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Reason];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ValidityDecided, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with { Outcome = Outcome, ResolvedAt = moment.OccurredAt, ReferredTo = ReferredTo };
        return complaint.In(ComplaintState.NotEstablished) with { Settlement = settlement.DecidedBy(moment.Actor) };
    }
}

/// <summary>The remedy has been carried out.</summary>
/// <param name="Note">What was done.</param>
public sealed record RemedyCompleted(Personal<string>? Note) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Note];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Settlement = complaint.Settlement with { Proposals = complaint.Settlement.Proposals.Executed(ProposalStatus.Executed) },
    };
}

/// <summary>The remedy failed.</summary>
/// <param name="Reason">Why.</param>
public sealed record RemedyFailed(string Reason) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.Proposing) with
    {
        Settlement = complaint.Settlement with { Proposals = complaint.Settlement.Proposals.Executed(ProposalStatus.Failed), Confirmation = null },
    };
}

/// <summary>The customer was told the result.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said.</param>
public sealed record ResultNotified(string Channel, Personal<string>? Summary) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Summary];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ResultNotified, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Settlement = complaint.Settlement with { NotifiedAt = complaint.Settlement.NotifiedAt ?? moment.OccurredAt } };
}

/// <summary>The customer confirmed that the problem is solved.</summary>
/// <param name="Evidence">How it was said.</param>
public sealed record SolutionConfirmed(string Evidence) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Settlement = complaint.Settlement with { Confirmation = new Confirmation(Evidence, moment.OccurredAt) } };
}

/// <summary>The complaint was closed (结案).</summary>
/// <param name="Evidence">What shows that the customer confirmed; <c>null</c> for one that was not established.</param>
public sealed record ComplaintClosed(string? Evidence) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var closed = complaint.Ended(ComplaintState.Closed, moment);
        return closed with
        {
            Settlement = (closed.Settlement with
            {
                Confirmation = closed.Settlement.Confirmation ?? (Evidence is null ? null : new Confirmation(Evidence, moment.OccurredAt)),
            }).DecidedBy(moment.Actor),
        };
    }
}

internal static class ProposalList
{
    public static System.Collections.Immutable.ImmutableArray<Proposal> Executed(this System.Collections.Immutable.ImmutableArray<Proposal> proposals, ProposalStatus status) =>
        [.. proposals.Select(proposal => proposal.Status == ProposalStatus.Accepted ? proposal with { Status = status } : proposal)];
}
