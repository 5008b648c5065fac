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
/// <param name="Participant">The number of the participant who was visited for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record RecordVisit(
    string Channel, bool Reached = true, bool? Satisfied = null, string? Comment = null, int? Participant = null)
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
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        StaysIn = States.Codes([ComplaintState.Resolved, ComplaintState.Closed]),
        Refusals = [UnreachedSatisfaction, .. Partners.ForCustomer],
    };

    static RecordVisit ICapability<RecordVisit, Complaint>.Example(Occasion occasion) => new("phone", Satisfied: true);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (!Reached && Satisfied is not null)
            return UnreachedSatisfaction.Plain;
        if (Partners.FindForCustomer(complaint, Participant, context, out var with) is { } hindered)
            return hindered;
        events.Add(new VisitRecorded(Channel, Reached, Satisfied, Personal.OfNullable(Comment), with));
        return null;
    }
}

/// <summary>A follow-up visit took place or was tried.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Reached">Whether the customer was reached.</param>
/// <param name="Satisfied">Whether the customer is satisfied.</param>
/// <param name="Comment">What the customer said.</param>
/// <param name="With">Who was visited for the customer; <c>null</c> for the customer.</param>
public sealed record VisitRecorded(
    string Channel, bool Reached, bool? Satisfied, Personal<string>? Comment, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<VisitRecorded, Complaint>
{
    static EventType IHappening<VisitRecorded, Complaint>.EventType { get; } = new("visit-recorded", 2,
        new("Follow-up visit recorded", "已记录回访"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Channel, rules.Channels.Named(Channel)), Partners.Told(With, rules), new(Labels.Reached, Reached),
            new(Labels.Satisfied, Satisfied), new(Labels.Comment, Comment)];

    internal override PersonalField[] PersonalValues => [new("comment", Comment) { About = With?.Person }];

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
