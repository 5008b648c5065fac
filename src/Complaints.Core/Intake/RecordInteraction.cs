using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Records a call, mail or message with the customer, or with somebody else who takes part. The first outbound one by a person
/// stops the first-response clock, if it was with the customer or with somebody who speaks for the customer.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">A code of the channels.</param>
/// <param name="ByPerson">Whether a person of ours took part.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
/// <param name="RecordingRef">The host's reference of the recording; at most 500 characters.</param>
/// <param name="Contact">When the customer wants to be contacted from now on, if the customer said so; replaces what was said
/// before.</param>
/// <param name="Participant">The number of the participant whom it was with; <c>null</c> for the customer. What was said is sealed under
/// that person's key.</param>
public sealed record RecordInteraction(
    Direction Direction, string Channel, bool ByPerson = true, bool Reached = true, string? Summary = null, string? RecordingRef = null,
    ContactPreference? Contact = null, int? Participant = null)
    : ComplaintCommand, ICapability<RecordInteraction, Complaint>
{
    private static readonly Label WithWhom = new("With (the customer, if nobody is chosen)", "沟通对象（不选则为客户）");

    private static readonly Refusal NotFound = new(
        "participant.not_found",
        "There is no participant {value}; there are: {known}.",
        "没有参与人 {value}，现有：{known}。");

    private static readonly Refusal Nobody = new(
        "participant.none",
        "Nobody takes part in this case besides the customer; add a participant first.",
        "除客户外，本投诉尚无参与人，请先添加参与人。");

    private static readonly Refusal NotCustomer = new(
        "participant.not_customer",
        "When to contact the customer is said by the customer, or by somebody who speaks for the customer; {role} does not.",
        "联系时间要求由客户本人或其代表提出，“{role}”不代表客户。");

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
            f.PartOrNone(command => command.Participant, WithWhom),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [NotFound, Nobody, NotCustomer],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Participant is { } number ? Subject.Of("participant", number) : null;

    static RecordInteraction ICapability<RecordInteraction, Complaint>.Example(Occasion occasion) =>
        new(Direction.Outbound, "phone", Summary: "Told the customer.", Participant: occasion.About is null ? null : occasion.Number);

    static ImmutableArray<Subject> ICapability<RecordInteraction, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Select(participant => participant.Subject)];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        InteractionPartner? with = null;
        if (Participant is { } number)
        {
            if (complaint.Participants.IsEmpty)
                return Nobody.Plain;
            if (complaint.Participants.FirstOrDefault(participant => participant.Number == number) is not { } found)
                return NotFound.With(("value", number), ("known", complaint.Participants.Select(participant => participant.Number)));
            with = new(number, found.Role, found.Person, found.SpeaksForCustomer);
            if (Contact is not null && !with.SpeaksForCustomer)
                return NotCustomer.With(("role", context.Rules.ParticipantRoles.Named(found.Role)));
        }
        events.Add(new InteractionRecorded(Direction, Channel, ByPerson, Reached, Personal.OfNullable(Summary),
            Personal.OfNullable(RecordingRef), Contact, with));
        return null;
    }
}

/// <summary>With whom of the participants an interaction was.</summary>
/// <param name="Number">The participant's number.</param>
/// <param name="Role">As what it takes part.</param>
/// <param name="Person">The person, under whose key is sealed what was said; <c>null</c> for staff.</param>
/// <param name="SpeaksForCustomer">Whether it counts as a contact with the customer.</param>
public sealed record InteractionPartner(int Number, string Role, SubjectId? Person, bool SpeaksForCustomer);

/// <summary>A call, mail or message was exchanged with the customer, or with somebody who takes part.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="ByPerson">Whether a person of ours took part; an automatic mail does not answer anybody.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said.</param>
/// <param name="RecordingRef">The host's reference of the recording.</param>
/// <param name="Contact">When the customer wants to be contacted from now on.</param>
/// <param name="With">With whom, if it was not the customer.</param>
public sealed record InteractionRecorded(Direction Direction, string Channel, bool ByPerson, bool Reached, Personal<string>? Summary,
    Personal<string>? RecordingRef, ContactPreference? Contact = null, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<InteractionRecorded, Complaint>
{
    static EventType IHappening<InteractionRecorded, Complaint>.EventType { get; } = new("interaction-recorded", 3,
        new("Interaction recorded", "已记录沟通"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(null, Direction), new(Labels.With, With is null ? null : rules.ParticipantRoles.Named(With.Role)),
            new(Labels.Channel, rules.Channels.Named(Channel)), new(Labels.Reached, Reached),
            new(Labels.Summary, Summary), new(Labels.RecordingRef, RecordingRef)];

    internal override PersonalField[] PersonalValues =>
        [new("summary", Summary) { About = With?.Person }, new("recording-ref", RecordingRef) { About = With?.Person }];

    private bool IsWithCustomer => With is null or { SpeaksForCustomer: true };

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => Direction switch
    {
        _ when !IsWithCustomer => [],
        Direction.Inbound => [new(FactKind.CustomerMessage, moment.OccurredAt)],
        _ when !ByPerson || !Reached => [],
        _ when Channel == "phone" => [new(FactKind.HumanContact, moment.OccurredAt), new(FactKind.PhoneContact, moment.OccurredAt)],
        _ => [new(FactKind.HumanContact, moment.OccurredAt)],
    };

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        if (Contact is not null)
            complaint = complaint with { Receipt = complaint.Receipt with { Contact = Contact } };
        if (Direction != Direction.Outbound || !ByPerson || !Reached || !IsWithCustomer)
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
