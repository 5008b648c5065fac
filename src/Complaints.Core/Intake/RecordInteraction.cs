using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Records a call, mail or message with the customer, or with somebody else who takes part. What a person of ours said to the
/// customer, or answered at once, is a contact; what nobody answered yet is owed an answer. An automatic mail is neither, and a chaser is
/// counted only.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">A code of the channels.</param>
/// <param name="ByPerson">Whether a person spoke or wrote: false for an automatic mail in either direction, and for a call that a machine
/// answered.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
/// <param name="RecordingRef">The host's reference of the recording; at most 500 characters.</param>
/// <param name="Contact">When the customer wants to be contacted from now on, if the customer said so; replaces what was said
/// before.</param>
/// <param name="Participant">The number of the participant whom it was with; <c>null</c> for the customer. What was said is sealed under
/// that person's key. Errors: <c>participant.not_found</c>, <c>participant.none</c>; of an outbound one,
/// <c>party.no_authority</c>.</param>
/// <param name="Kind">A code of the tenant's sorts of interactions; <c>null</c> for that of the channel. Errors: <c>code.unknown</c>,
/// <c>chaser.outbound</c>; where a letter of authority is asked for, <c>letter.nothing_else</c>, <c>letter.not_needed</c>.</param>
/// <param name="Live">Whether both sides spoke at once; <c>null</c> for what is usual of its kind.</param>
/// <param name="Call">The call, as the telephone system knows it: an inbound one counts from when it was answered, and one that nobody
/// answered reached nobody.</param>
/// <param name="Satisfied">What the customer said of the result, if anything: one who is not satisfied keeps a case from being
/// closed.</param>
/// <param name="Emotion">How the customer felt, a code of <see cref="Core.Contact.Emotion"/>; <c>null</c> where nobody says.</param>
/// <param name="To">Of a talk that is passed on: to which member of the staff, by the host's id. An open case goes along, where who
/// passes it on may hand it over. Errors: <c>transfer.incomplete</c>, <c>transfer.not_meant</c>, <c>assignment.absent</c>,
/// <c>assignment.left</c>.</param>
/// <param name="Brief">Of a talk that is passed on: what the customer has said, 1 to 4,000 characters, so that it need not be said
/// again.</param>
public sealed record RecordInteraction(
    Direction Direction, string Channel, bool ByPerson = true, bool Reached = true, string? Summary = null, string? RecordingRef = null,
    ContactPreference? Contact = null, int? Participant = null, string? Kind = null, bool? Live = null, PhoneCall? Call = null,
    bool? Satisfied = null, string? Emotion = null, string? To = null, string? Brief = null)
    : ComplaintCommand, ICapability<RecordInteraction, Complaint>
{
    private static readonly Refusal NotCustomer = new(
        "participant.not_customer",
        "When to contact the customer is said by the customer, or by somebody who speaks for the customer; {role} does not.",
        "联系时间要求由客户本人或其代表提出，“{role}”不代表客户。");

    private static readonly Refusal Chased = new(
        "chaser.outbound",
        "It is the customer who chases us; record what we said under another kind.",
        "催办由客户发起，我方联系客户请选择其他沟通类型。");

    private static readonly Refusal Advised = new(
        "advice.incomplete",
        "Advice is given by a person of ours, by a message to the customer or while both speak, and its summary says what was advised.",
        "过程答复由我方人员在沟通中或以消息方式作出，并在摘要中写明答复内容。");

    private static readonly Refusal PassedOn = new(
        "transfer.incomplete",
        "A call is passed on to a member of the staff, with a brief of what the customer said; fill in both.",
        "转接需指定接手员工并填写客户诉求简报。");

    private static readonly Refusal NotPassedOn = new(
        "transfer.not_meant",
        "The kind {kind} passes nothing on; leave out to whom and the brief, or choose a transfer.",
        "沟通类型“{kind}”不涉及转接，请清空接手员工和简报，或选择转接。");

    private static readonly Refusal LetterOnly = new(
        "letter.nothing_else",
        "Whoever is asked for the letter of authority is told nothing else: a person of ours asks, who is asked is named, and there is no "
            + "summary.",
        "索要授权书时不得透露其他内容：须由我方人员向指定参与人提出，且不填写摘要等内容。");

    private static readonly Refusal LetterNotNeeded = new(
        "letter.not_needed",
        "Participant {value} needs no letter of authority now, or has left.",
        "参与人 {value} 目前无需提交授权书，或已退出。");

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
            f.PartOrNone(command => command.Participant, Partners.WithWhom),
            f.Code(command => command.Kind, Labels.InteractionKind, rules => rules.InteractionKinds, required: false),
            f.Flag(command => command.Live, Labels.Live, required: false),
            f.Group(command => command.Call, Labels.Call, required: false,
                static (call, _) => call.Findings().FirstOrDefault(found => found is not null), IntakeFields.OfCall),
            f.Flag(command => command.Satisfied, Labels.Satisfied, required: false),
            f.Code(command => command.Emotion, Labels.Emotion, _ => Core.Contact.Emotion.All, required: false),
            f.Person(command => command.To, Labels.PassedTo, required: false),
            f.Text(command => command.Brief, Labels.Brief, Text.Long, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals =
        [
            Partners.NotFound, Partners.Nobody, Representation.NoAuthority, NotCustomer, Chased, Advised, PassedOn, NotPassedOn,
            PhoneCall.EndedEarly, LetterOnly, LetterNotNeeded,
        ],
        Commutes = true,
        IsOpenToInvolved = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Participant is { } number ? Subject.Of("participant", number) : null;

    static RecordInteraction ICapability<RecordInteraction, Complaint>.Example(Occasion occasion) =>
        occasion.About is null
            ? new(Direction.Outbound, "phone", Summary: "Told the customer.")
            : new(Direction.Inbound, "phone", Summary: "Told the whole story.", Participant: occasion.Number);

    static ImmutableArray<Subject> ICapability<RecordInteraction, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Select(participant => participant.Subject)];

    internal override IEnumerable<string> PeopleNamed => string.IsNullOrWhiteSpace(To) ? [] : [To];

    // A customer goes on writing to the number that was given.
    internal override bool FollowsMerge => Direction == Direction.Inbound && Participant is null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var kind = context.Rules.InteractionKinds.Of(Kind, Channel);
        if (kind is { AsksLetter: true } && WrongLetter(complaint, context) is { } more)
            return more;
        var told = kind is not { AsksLetter: true } && Direction == Direction.Outbound || kind is { Advice: true }
            ? Partners.FindTold(complaint, Participant, context, out var with)
            : Partners.Find(complaint, Participant, context, out with);
        if (told is not null)
            return told;
        if (Contact is not null && with is { SpeaksForCustomer: false })
            return NotCustomer.With(("role", context.Rules.ParticipantRoles.Named(with.Role)));
        if (kind is { Chaser: true } && Direction == Direction.Outbound)
            return Chased.Plain;
        if (kind is { Advice: true } && (!ByPerson || Why.Given(Summary) is null || Direction == Direction.Inbound && Live is not true))
            return Advised.Plain;
        var (to, brief) = (Why.Given(To), Why.Given(Brief));
        if (kind is not { Transfer: true } && (to ?? brief) is not null)
            return NotPassedOn.With(("kind", (object?)kind ?? Labels.None));
        if (kind is { Transfer: true } && (to is null || brief is null))
            return PassedOn.Plain;
        if (context.CardOf(to) is { } card && HandOver.CannotTake(card, team: null, context) is { } cannot)
            return cannot;
        if (Call?.CheckTimes(context, complaint.Receipt.ReceivedAt) is { } wrong)
            return wrong;
        events.Add(InteractionRecorded.Of(this, kind, with));
        if (to is not null && GoesAlong(complaint, to, context))
        {
            events.Add(new HandedOver(to, complaint.Responsibility.Team, HandedOver.ByTransfer,
                IsFirst: complaint.Responsibility is { Owner: null, Team: null }));
        }
        return null;
    }

    /// <summary>What speaks against asking for a letter of authority: that more than that is said, or nobody is asked who owes
    /// one.</summary>
    private ComplaintError? WrongLetter(Complaint complaint, DecisionContext context)
    {
        if (Participant is not { } asked || Direction != Direction.Outbound || !ByPerson || Contact is not null || Satisfied is not null
            || Why.Given(Summary) is not null || Why.Given(Emotion) is not null)
            return LetterOnly.Plain;
        return complaint.Participants.FirstOrDefault(participant => participant.Number == asked) is { } found
            && !found.OwesLetter(context.Rules, context.EffectiveAt)
            ? LetterNotNeeded.With(("value", asked))
            : null;
    }

    /// <summary>Whether the case goes to whom the call was passed on: nobody hands over by a call who may not hand over.</summary>
    private static bool GoesAlong(Complaint complaint, string to, DecisionContext context) =>
        complaint.Responsibility.Owner != to && ComplaintRooms.Current is var rooms
        && rooms.Decider.IsPermitted(complaint, rooms.Catalogue.FindCommand("hand-over")!, context);
}

/// <summary>With whom of the participants an interaction was.</summary>
/// <param name="Number">The participant's number.</param>
/// <param name="Role">As what it takes part.</param>
/// <param name="Person">The person, under whose key is sealed what was said; <c>null</c> for staff.</param>
/// <param name="SpeaksForCustomer">Whether it counts as a contact with the customer.</param>
public sealed record InteractionPartner(int Number, string Role, SubjectId? Person, bool SpeaksForCustomer);
