using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Confirms the receipt to the customer (受理确认).</summary>
public sealed record Acknowledge : ComplaintCommand, ICapability<Acknowledge, Complaint>
{
    private static readonly Refusal Already = new(
        "acknowledge.already",
        "The receipt was acknowledged at {value}.",
        "已于 {value} 确认受理。");

    static Capability ICapability<Acknowledge, Complaint>.Capability { get; } = new("acknowledge", new("Acknowledge", "受理确认"))
    {
        Roles = Role.Desk,
        Fields = [],
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Already],
    };

    static Acknowledge ICapability<Acknowledge, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<Acknowledge, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Receipt.AcknowledgedAt is { } at ? Already.With(("value", at)) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintAcknowledged());
        return null;
    }
}

/// <summary>The receipt was confirmed to the customer (受理确认).</summary>
public sealed record ComplaintAcknowledged : ComplaintEvent, IHappening<ComplaintAcknowledged, Complaint>
{
    static EventType IHappening<ComplaintAcknowledged, Complaint>.EventType { get; } = new("acknowledged", 1, new("Receipt acknowledged", "已确认受理")) { Leaves = Leaving.Plain };

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Acknowledged, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Receipt = complaint.Receipt with { AcknowledgedAt = moment.OccurredAt } };
}
