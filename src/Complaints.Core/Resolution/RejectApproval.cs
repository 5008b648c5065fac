using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Refuses an approval; the proposal is rejected with it.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record RejectApproval(int Approval, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<RejectApproval, Complaint>
{
    static Capability ICapability<RejectApproval, Complaint>.Capability { get; } = new("reject-approval", new("Reject approval", "驳回审批"))
    {
        Roles = [Role.Supervisor, Role.Manager, Role.Director],
        Fields = Field.Of<RejectApproval>(f =>
        [
            f.Part(command => command.Approval, Labels.Approval),
            f.Reason(command => command.Reason, "reject-approval"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(ApprovalRules.Stays),
        Refusals = [ApprovalRules.NonePending, ApprovalRules.NotFound, ApprovalRules.OwnRequest],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("approval", Approval);

    static RejectApproval ICapability<RejectApproval, Complaint>.Example(Occasion occasion) =>
        new(occasion.Number, "too-costly", "Too expensive.");

    static ImmutableArray<Subject> ICapability<RejectApproval, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Settlement.PendingSubjects];

    static ComplaintError? ICapability<RejectApproval, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ApprovalRules.CanAnswer(complaint, subject, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (WaiverRules.Pending(complaint, Approval) is { } waiver)
            return WaiverRules.Answer(waiver, context, events, ApprovalStatus.Rejected, Reason, Remark);
        if (ApprovalRules.Find(complaint, Approval, context, out _) is { } wrong)
            return wrong;
        events.Add(new ApprovalRejected(Approval, Reason, ApprovalRules.StateWithout(complaint, Approval, events),
            Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>An approval was refused.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalRejected(int Approval, string Reason, ComplaintState To, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ApprovalRejected, Complaint>
{
    static EventType IHappening<ApprovalRejected, Complaint>.EventType { get; } = new("approval-rejected", 2,
        new("Approval refused", "审批已驳回"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Approval, Approval), .. Why.Details(rules, "reject-approval", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalAnswered, moment.OccurredAt, $"approval/{Approval}")];

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
