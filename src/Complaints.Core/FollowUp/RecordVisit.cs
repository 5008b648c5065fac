using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.FollowUp;

/// <summary>Records a follow-up visit or call.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Reached">Whether the customer was reached; an unreached one is an attempt.</param>
/// <param name="Satisfied">Whether the customer is satisfied; <c>null</c> when not reached or not said.</param>
/// <param name="Comment">What the customer said; at most 4,000 characters.</param>
public sealed record RecordVisit(string Channel, bool Reached = true, bool? Satisfied = null, string? Comment = null)
    : ComplaintCommand, ICapability<RecordVisit, Complaint>
{
    private static readonly Refusal UnreachedSatisfaction = new(
        "visit.unreached_satisfaction",
        "A customer who was not reached has no satisfaction; leave it empty.",
        "未联系到客户时不能填写满意度，请留空。");

    static Capability ICapability<RecordVisit, Complaint>.Capability { get; } = new("record-visit", new("Record a follow-up visit", "记录回访"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RecordVisit>(f =>
        [
            f.Code(command => command.Channel, Labels.Channel, rules => rules.Channels),
            f.Flag(command => command.Reached, Labels.Reached),
            f.Flag(command => command.Satisfied, Labels.Satisfied, required: false),
            f.Text(command => command.Comment, Labels.Comment, Text.Long, required: false),
        ]),
        StaysIn = States.Codes([ComplaintState.Resolved, ComplaintState.Closed]),
        Refusals = [UnreachedSatisfaction],
    };

    static RecordVisit ICapability<RecordVisit, Complaint>.Example(Occasion occasion) => new("phone", Satisfied: true);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (!Reached && Satisfied is not null)
            return UnreachedSatisfaction.Plain;
        events.Add(new VisitRecorded(Channel, Reached, Satisfied, Personal.OfNullable(Comment)));
        return null;
    }
}

/// <summary>A follow-up visit took place or was tried.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Reached">Whether the customer was reached.</param>
/// <param name="Satisfied">Whether the customer is satisfied.</param>
/// <param name="Comment">What the customer said.</param>
public sealed record VisitRecorded(string Channel, bool Reached, bool? Satisfied, Personal<string>? Comment)
    : ComplaintEvent, IHappening<VisitRecorded, Complaint>
{
    static EventType IHappening<VisitRecorded, Complaint>.EventType { get; } = new("visit-recorded", 1, new("Follow-up visit recorded", "已记录回访"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Channel, rules.Channels.Named(Channel)), new(Labels.Reached, Reached), new(Labels.Satisfied, Satisfied),
            new(Labels.Comment, Comment)];

    internal override PersonalField[] PersonalValues => [new("comment", Comment)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        Reached ? [.. InteractionRecorded.Contacts(moment.OccurredAt, Channel), new(FactKind.FollowedUp, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var before = complaint.FollowUp;
        if (Reached)
            complaint = complaint.Contacted(moment.OccurredAt, Channel);
        return complaint with
        {
            Talk = complaint.Talk.Said(Satisfied, moment.OccurredAt),
            FollowUp = before with
            {
                LastVisitAt = moment.OccurredAt,
                Attempts = before.Attempts + 1,
                ReachedAt = before.ReachedAt ?? (Reached ? moment.OccurredAt : null),
                Satisfied = Satisfied ?? before.Satisfied,
            },
        };
    }
}
