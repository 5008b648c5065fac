using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Records a call, mail or message with the customer. The first outbound one by a person stops the first-response clock.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">A code of the channels.</param>
/// <param name="ByPerson">Whether a person of ours took part.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
/// <param name="RecordingRef">The host's reference of the recording; at most 500 characters.</param>
/// <param name="Contact">When the customer wants to be contacted from now on, if the customer said so; replaces what was said
/// before.</param>
public sealed record RecordInteraction(
    Direction Direction, string Channel, bool ByPerson = true, bool Reached = true, string? Summary = null, string? RecordingRef = null, ContactPreference? Contact = null)
    : ComplaintCommand, ICapability<RecordInteraction, Complaint>
{
    static Capability ICapability<RecordInteraction, Complaint>.Capability { get; } = new("record-interaction", new("Record an interaction", "记录沟通"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RecordInteraction>(f =>
        [
            f.Choice(command => command.Direction, Labels.Direction, Vocabulary.Of),
            f.Code(command => command.Channel, Labels.Channel, rules => rules.Channels),
            f.Flag(command => command.ByPerson, Labels.ByPerson),
            f.Flag(command => command.Reached, Labels.Reached),
            f.Text(command => command.Summary, Labels.Summary, Text.Long, required: false),
            f.Text(command => command.RecordingRef, Labels.RecordingRef, Text.Short, required: false),
            f.Group(command => command.Contact, Labels.ContactWishes, required: false, static (contact, _) => contact.Check("contact")),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Commutes = true,
    };

    static RecordInteraction ICapability<RecordInteraction, Complaint>.Example(Occasion occasion) =>
        new(Direction.Outbound, "phone", Summary: "Told the customer.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new InteractionRecorded(Direction, Channel, ByPerson, Reached, Personal.OfNullable(Summary),
            Personal.OfNullable(RecordingRef), Contact));
        return null;
    }
}

/// <summary>A call, mail or message was exchanged with the customer.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="ByPerson">Whether a person of ours took part; an automatic mail does not answer anybody.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said.</param>
/// <param name="RecordingRef">The host's reference of the recording.</param>
/// <param name="Contact">When the customer wants to be contacted from now on.</param>
public sealed record InteractionRecorded(Direction Direction, string Channel, bool ByPerson, bool Reached, Personal<string>? Summary,
    Personal<string>? RecordingRef, ContactPreference? Contact = null)
    : ComplaintEvent, IHappening<InteractionRecorded, Complaint>
{
    static EventType IHappening<InteractionRecorded, Complaint>.EventType { get; } = new("interaction-recorded", 2,
        new("Interaction recorded", "已记录沟通"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(null, Direction), new(Labels.Channel, rules.Channels.Named(Channel)), new(Labels.Reached, Reached),
            new(Labels.Summary, Summary), new(Labels.RecordingRef, RecordingRef)];

    internal override PersonalField[] PersonalValues => [new("summary", Summary), new("recording-ref", RecordingRef)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => Direction switch
    {
        Direction.Inbound => [new(FactKind.CustomerMessage, moment.OccurredAt)],
        _ when !ByPerson || !Reached => [],
        _ when Channel == "phone" => [new(FactKind.HumanContact, moment.OccurredAt), new(FactKind.PhoneContact, moment.OccurredAt)],
        _ => [new(FactKind.HumanContact, moment.OccurredAt)],
    };

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        if (Contact is not null)
            complaint = complaint with { Receipt = complaint.Receipt with { Contact = Contact } };
        if (Direction != Direction.Outbound || !ByPerson || !Reached)
            return complaint;
        var receipt = complaint.Receipt;
        return complaint with
        {
            Receipt = receipt with
            {
                FirstResponseAt = receipt.FirstResponseAt is { } earlier && earlier <= moment.OccurredAt ? earlier : moment.OccurredAt,
                CallbackPending = receipt.CallbackPending && Channel != "phone",
            },
        };
    }
}
