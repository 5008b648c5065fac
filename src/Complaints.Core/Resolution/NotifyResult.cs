using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Tells the customer the result (结果反馈).</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
/// <param name="Participant">The number of the participant who is told it for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record NotifyResult(string Channel, string? Summary = null, int? Participant = null)
    : ComplaintCommand, ICapability<NotifyResult, Complaint>
{
    static Capability ICapability<NotifyResult, Complaint>.Capability { get; } = new("notify-result", new("Notify the result", "结果反馈"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<NotifyResult>(f =>
        [
            f.Code(command => command.Channel, Labels.Channel, rules => rules.Channels),
            f.Text(command => command.Summary, Labels.Summary, Text.Long, required: false),
            f.PartOrNone(command => command.Participant, Partners.WithWhom),
        ]),
        StaysIn = States.Codes(States.Answered),
        Refusals = [Partners.NotFound, Partners.Nobody, Representation.NoAuthority, Representation.NotCustomer],
    };

    /// <inheritdoc/>
    public override Subject? About => Participant is { } number ? Subject.Of("participant", number) : null;

    static ImmutableArray<Subject> ICapability<NotifyResult, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Where(participant => participant.SpeaksForCustomer).Select(participant => participant.Subject)];

    static ComplaintError? ICapability<NotifyResult, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        Representation.Check(complaint, subject, context);

    static NotifyResult ICapability<NotifyResult, Complaint>.Example(Occasion occasion) =>
        new("phone", "Told the customer.", occasion.About is null ? null : occasion.Number);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Partners.FindForCustomer(complaint, Participant, context, out var with) is { } hindered)
            return hindered;
        events.Add(new ResultNotified(Channel, Personal.OfNullable(Summary), with));
        return null;
    }
}

/// <summary>The customer was told the result.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said.</param>
/// <param name="With">Who was told it for the customer; <c>null</c> for the customer.</param>
public sealed record ResultNotified(string Channel, Personal<string>? Summary, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ResultNotified, Complaint>
{
    static EventType IHappening<ResultNotified, Complaint>.EventType { get; } = new(
        "result-notified", 2, new("Customer told the result", "已反馈结果")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Channel, rules.Channels.Named(Channel)), Partners.Told(With, rules), new(Labels.Summary, Summary)];

    internal override PersonalField[] PersonalValues => [new("summary", Summary) { About = With?.Person }];

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
