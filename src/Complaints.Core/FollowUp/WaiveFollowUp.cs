using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.FollowUp;

/// <summary>Does without a follow-up visit.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record WaiveFollowUp(string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<WaiveFollowUp, Complaint>
{
    static Capability ICapability<WaiveFollowUp, Complaint>.Capability { get; } = new("waive-follow-up", new("Waive the follow-up", "免除回访"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<WaiveFollowUp>(f =>
        [
            f.Reason(command => command.Reason, "waive-follow-up"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes([ComplaintState.Resolved, ComplaintState.Closed, ComplaintState.Withdrawn]),
    };

    static WaiveFollowUp ICapability<WaiveFollowUp, Complaint>.Example(Occasion occasion) =>
        new("not-wanted", "The customer does not want it.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new FollowUpWaived(Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>It was decided to do without a follow-up visit.</summary>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record FollowUpWaived(string Reason, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<FollowUpWaived, Complaint>
{
    static EventType IHappening<FollowUpWaived, Complaint>.EventType { get; } = new("follow-up-waived", 2, new("Follow-up waived", "已免除回访"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [.. Why.Details(rules, "waive-follow-up", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.FollowedUp, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { FollowUp = complaint.FollowUp with { WaivedAt = moment.OccurredAt } };
}
