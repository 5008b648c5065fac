using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Tells the customer the result (结果反馈).</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
public sealed record NotifyResult(string Channel, string? Summary = null) : ComplaintCommand, ICapability<NotifyResult, Complaint>
{
    static Capability ICapability<NotifyResult, Complaint>.Capability { get; } = new("notify-result", new("Notify the result", "结果反馈"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<NotifyResult>(f =>
        [
            f.Code(command => command.Channel, Labels.Channel, rules => rules.Channels),
            f.Text(command => command.Summary, Labels.Summary, Text.Long, required: false),
        ]),
        StaysIn = States.Codes(States.Answered),
    };

    static NotifyResult ICapability<NotifyResult, Complaint>.Example(Occasion occasion) => new("phone", "Told the customer.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ResultNotified(Channel, Personal.OfNullable(Summary)));
        return null;
    }
}

/// <summary>The customer was told the result.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said.</param>
public sealed record ResultNotified(string Channel, Personal<string>? Summary) : ComplaintEvent, IHappening<ResultNotified, Complaint>
{
    static EventType IHappening<ResultNotified, Complaint>.EventType { get; } = new("result-notified", 1, new("Customer told the result", "已反馈结果")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Channel, rules.Channels.Named(Channel)), new(Labels.Summary, Summary)];

    internal override PersonalField[] PersonalValues => [new("summary", Summary)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.ResultNotified, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with
        {
            Settlement = complaint.Settlement with
            {
                NotifiedAt = complaint.Settlement.NotifiedAt ?? moment.OccurredAt,
                NotifiedAgainAt = complaint.Settlement.NotifiedAt is null ? null : moment.OccurredAt,
            },
            Talk = complaint.Talk.Spoke(moment.OccurredAt),
        };
}
