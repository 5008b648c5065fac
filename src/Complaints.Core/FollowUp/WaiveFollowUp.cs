using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.FollowUp;

/// <summary>Does without a follow-up visit.</summary>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record WaiveFollowUp(string Reason) : ComplaintCommand, ICapability<WaiveFollowUp, Complaint>
{
    static Capability ICapability<WaiveFollowUp, Complaint>.Capability { get; } = new("waive-follow-up", new("Waive the follow-up", "免除回访"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<WaiveFollowUp>(f =>
        [
            f.Text(command => command.Reason, Labels.Reason, Text.Short),
        ]),
        StaysIn = States.Codes([ComplaintState.Resolved, ComplaintState.Closed, ComplaintState.Withdrawn]),
    };

    static WaiveFollowUp ICapability<WaiveFollowUp, Complaint>.Example(Occasion occasion) => new("The customer does not want it.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new FollowUpWaived(Reason));
        return null;
    }
}

/// <summary>It was decided to do without a follow-up visit.</summary>
/// <param name="Reason">Why.</param>
public sealed record FollowUpWaived(string Reason) : ComplaintEvent, IHappening<FollowUpWaived, Complaint>
{
    static EventType IHappening<FollowUpWaived, Complaint>.EventType { get; } = new("follow-up-waived", 1, new("Follow-up waived", "已免除回访"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Reason, Reason)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.FollowedUp, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { FollowUp = complaint.FollowUp with { WaivedAt = moment.OccurredAt } };
}
