using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Takes a request for approval back; the proposal may be changed or asked for again.</summary>
/// <param name="Approval">The request's number. Errors: <c>approval.not_found</c>, <c>approval.not_requester</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record RecallApproval(int Approval, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<RecallApproval, Complaint>
{
    private static readonly Refusal NotRequester = new(
        "approval.not_requester",
        "Only '{value}', who asked, can recall the request.",
        "只有申请人“{value}”可以撤回申请。");

    static Capability ICapability<RecallApproval, Complaint>.Capability { get; } = new("recall-approval", new("Recall the request", "撤回申请"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RecallApproval>(f =>
        [
            f.Part(command => command.Approval, Labels.Approval),
            f.Reason(command => command.Reason, "recall-approval"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(ApprovalRules.Stays),
        Refusals = [NotRequester, ApprovalRules.NonePending, ApprovalRules.NotFound],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("approval", Approval);

    static RecallApproval ICapability<RecallApproval, Complaint>.Example(Occasion occasion) => new(occasion.Number, "changed", "Changed.");

    static ImmutableArray<Subject> ICapability<RecallApproval, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Settlement.PendingSubjects];

    static ComplaintError? ICapability<RecallApproval, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Settlement.HasPending || complaint.Settlement.HasPendingWaiver ? null : ApprovalRules.NonePending.Plain;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (WaiverRules.Pending(complaint, Approval) is { } waiver)
        {
            if (waiver.RequestedBy != context.Actor.Id && waiver.RequestedFor != context.Actor.Id)
                return NotRequester.With(("value", new StaffMember(waiver.RequestedBy)));
            events.Add(new WaiverAnswered(Approval, ApprovalStatus.Recalled, Reason, Personal.OfNullable(Why.Given(Remark))));
            return null;
        }
        if (ApprovalRules.Find(complaint, Approval, out var request) is { } wrong)
            return wrong;
        if (request.RequestedBy != context.Actor.Id && request.RequestedFor != context.Actor.Id)
            return NotRequester.With(("value", new StaffMember(request.RequestedBy)));
        events.Add(new ApprovalRecalled(Approval, Reason, ApprovalRules.StateWithout(complaint, Approval, events),
            Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>A request for approval was taken back.</summary>
/// <param name="Approval">The request's number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="To">The state after it.</param>
public sealed record ApprovalRecalled(int Approval, string Reason, ComplaintState To, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ApprovalRecalled, Complaint>
{
    static EventType IHappening<ApprovalRecalled, Complaint>.EventType { get; } = new("approval-recalled", 2,
        new("Request for approval recalled", "已撤回审批申请"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Approval, Approval), .. Why.Details(rules, "recall-approval", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ApprovalCancelled, moment.OccurredAt, $"approval/{Approval}")];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement.With(complaint.Approval(Approval) with { Status = ApprovalStatus.Recalled }),
    };
}
