using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>What several commands ask about approvals.</summary>
internal static class ApprovalRules
{
    public static readonly Refusal NonePending = new(
        "approval.none_pending",
        "No approval is pending.",
        "没有待审批事项。");

    public static readonly Refusal NotFound = new(
        "approval.not_found",
        "There is no pending approval {value}; pending: {known}.",
        "没有待审批事项 {value}，待审批：{known}。");

    public static readonly Refusal OwnRequest = new(
        "approval.own_request",
        "'{value}' proposed or asked for this and cannot decide it; somebody else must.",
        "“{value}”是提出人或申请人，不能审批，请由他人审批。");

    /// <summary>Where an answer moves nothing: a waiver may be asked for anywhere.</summary>
    public static ImmutableArray<ComplaintState> Stays { get; } =
        [.. States.NotEnded.Where(state => state != ComplaintState.AwaitingApproval), ComplaintState.Closed];

    /// <summary>Whether the actor may answer a request, or any of them.</summary>
    public static ComplaintError? CanAnswer(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var waits = complaint.Settlement.HasPendingWaiver;
        if (!complaint.Settlement.HasPending && !waits)
            return NonePending.Plain;
        if (waits)
        {
            var about = complaint.Settlement.Waivers
                .Where(waiver => waiver.IsPending && (subject is null || waiver.Subject == subject)).ToList();
            if (about.Exists(waiver => !waiver.IsAskedBy(context.Actor)))
                return null;
            if (about.Count > 0 && (subject is not null || !complaint.Settlement.HasPending))
                return OwnRequest.With(("value", new StaffMember(context.Actor.Id)));
        }
        var meant = complaint.Settlement.Pending.Where(request => subject is not { } about || Subject.Of("approval", request.Number) == about);
        return meant.Any() && meant.All(request => IsInvolved(complaint, request, context.Actor)) ? OwnRequest.With(("value", new StaffMember(context.Actor.Id))) : null;
    }

    public static ComplaintError? Find(Complaint complaint, int number, out ApprovalRequest request)
    {
        request = complaint.Settlement.Pending.FirstOrDefault(candidate => candidate.Number == number)!;
        return request is null
            ? NotFound.With(("value", number), ("known", complaint.Settlement.PendingSubjects.Select(pending => pending.Key)))
            : null;
    }

    public static ComplaintError? Find(Complaint complaint, int number, DecisionContext context, out ApprovalRequest request) =>
        Find(complaint, number, out request)
        ?? (IsInvolved(complaint, request, context.Actor) ? OwnRequest.With(("value", new StaffMember(context.Actor.Id))) : null);

    /// <summary>That requests are not needed any more, for the clocks.</summary>
    public static IEnumerable<ClockFact> Cancelled(ImmutableArray<int> requests, EventMoment moment) =>
        requests.Select(number => new ClockFact(FactKind.ApprovalCancelled, moment.OccurredAt, $"approval/{number}"));

    public static ComplaintState StateWithout(Complaint complaint, int approval, EventSink events)
    {
        var others = complaint.Settlement.Pending.Any(other => other.Number != approval);
        return events.To(others ? Circumstances.AnotherPending : Circumstances.None);
    }

    /// <summary>Four eyes: proposer and requester, and whom they acted for, on the one side; the actor, and whom the actor acts for, on the
    /// other.</summary>
    private static bool IsInvolved(Complaint complaint, ApprovalRequest request, Actor actor)
    {
        var proposal = complaint.Proposal(request.Proposal);
        return actor.IsOrActsFor(request.RequestedBy) || actor.IsOrActsFor(request.RequestedFor) || actor.IsOrActsFor(proposal.ProposedBy) || actor.IsOrActsFor(proposal.ProposedFor);
    }
}
