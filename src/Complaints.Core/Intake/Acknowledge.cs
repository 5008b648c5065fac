using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Confirms the receipt to the customer (受理确认), once a round: of the complaint, of its reopening, or of the request for a
/// review.</summary>
public sealed record Acknowledge : ComplaintCommand, ICapability<Acknowledge, Complaint>
{
    private static readonly Refusal Already = new(
        "acknowledge.already",
        "The receipt was acknowledged at {value}.",
        "已于 {value} 确认受理。");

    private static readonly Refusal Answered = new(
        "acknowledge.answered",
        "The customer was answered at {value}; nothing is left to acknowledge.",
        "已于 {value} 答复客户，无需再确认受理。");

    private static readonly Refusal TooEarly = new(
        "time.before_round",
        "{value} lies before {bound}, when this round began; give a later time.",
        "{value} 早于本轮开始时间 {bound}，请填写更晚的时间。");

    static Capability ICapability<Acknowledge, Complaint>.Capability { get; } = new("acknowledge", new("Acknowledge", "受理确认"))
    {
        Roles = Role.Desk,
        Fields = [],
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [Already, Answered, TooEarly],
    };

    static Acknowledge ICapability<Acknowledge, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<Acknowledge, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        AcknowledgedAt(complaint) is { } at ? Already.With(("value", at))
        : complaint.Progress.Review is null && AnsweredAt(complaint) is { } answered ? Answered.With(("value", answered))
        : null;

    /// <summary>When the round that runs was acknowledged.</summary>
    private static Instant? AcknowledgedAt(Complaint complaint) =>
        complaint.Progress.ClockRound is var round && round == 1 ? complaint.Receipt.AcknowledgedAt
        : complaint.Progress.Acknowledged is { } known && known.Round == round ? known.At
        : null;

    private static Instant? AnsweredAt(Complaint complaint) => complaint.State == ComplaintState.Closed
        ? complaint.Settlement.NotifiedAt ?? complaint.Progress.EndedAt
        : States.Answered.Contains(complaint.State) ? complaint.Settlement.NotifiedAt : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var began = complaint.Progress.Review?.At ?? complaint.Progress.OpenedAt;
        if (context.EffectiveAt < began)
            return TooEarly.With(("value", context.EffectiveAt), ("bound", began));
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
        complaint with
        {
            Receipt = complaint.Receipt with { AcknowledgedAt = complaint.Receipt.AcknowledgedAt ?? moment.OccurredAt },
            Progress = complaint.Progress.ClockRound is var round && round > 1
                ? complaint.Progress with { Acknowledged = new(round, moment.OccurredAt) }
                : complaint.Progress,
        };
}
