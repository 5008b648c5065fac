using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A call, mail or message was exchanged with the customer, or with somebody who takes part.</summary>
/// <param name="Direction">Who spoke to whom.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="ByPerson">Whether a person spoke or wrote; an automatic mail does not answer anybody.</param>
/// <param name="Reached">Whether the other side was reached.</param>
/// <param name="Summary">What was said.</param>
/// <param name="RecordingRef">The host's reference of the recording.</param>
/// <param name="Contact">When the customer wants to be contacted from now on.</param>
/// <param name="With">With whom, if it was not the customer.</param>
/// <param name="Kind">What sort of contact it was; <c>null</c> where an earlier program did not ask.</param>
/// <param name="Live">True when both sides spoke at once.</param>
/// <param name="Chaser">True when the customer only asked how far it is.</param>
/// <param name="Call">The call, as the telephone system knows it.</param>
/// <param name="AnsweredAt">When a person answered that call; of an opening talk without one, when it was received.</param>
/// <param name="Satisfied">What the customer said of the result.</param>
/// <param name="Opening">True for the talk in which the complaint was told: what was not answered then waits for the first response, which
/// the receipt started.</param>
/// <param name="Emotion">How the customer felt, a code of <see cref="Core.Contact.Emotion"/>.</param>
/// <param name="To">The member of the staff to whom the talk was passed on.</param>
/// <param name="Brief">What the customer had said until then, for whom it was passed on to.</param>
public sealed record InteractionRecorded(Direction Direction, string Channel, bool ByPerson, bool Reached, Personal<string>? Summary,
    Personal<string>? RecordingRef, ContactPreference? Contact = null, InteractionPartner? With = null, string? Kind = null,
    bool? Live = null, bool? Chaser = null, Personal<PhoneCall>? Call = null, Instant? AnsweredAt = null, bool? Satisfied = null,
    bool? Opening = null, string? Emotion = null, string? To = null, Personal<string>? Brief = null)
    : ComplaintEvent, IHappening<InteractionRecorded, Complaint>
{
    static EventType IHappening<InteractionRecorded, Complaint>.EventType { get; } = new("interaction-recorded", 5,
        new("Interaction recorded", "已记录沟通"));

    internal static InteractionRecorded Of(RecordInteraction told, InteractionKind? kind, InteractionPartner? with) => new(
        told.Direction, told.Channel, told.ByPerson, told.Reached && told.Call is not { Answered: null },
        Personal.OfNullable(told.Summary), Personal.OfNullable(told.RecordingRef), told.Contact, with, kind?.Code,
        (told.Live ?? kind?.Live) is true ? true : null, kind is { Chaser: true } ? true : null,
        told.Call is null ? null : Personal.Of(told.Call), told.Call?.Answered, told.Satisfied,
        Emotion: Why.Given(told.Emotion), To: Why.Given(told.To), Brief: Personal.OfNullable(Why.Given(told.Brief)));

    /// <summary>The talk in which a complaint was told, if anything is known of it: with a person, unless nobody of ours answered or a
    /// machine registers it.</summary>
    internal static InteractionRecorded? OfDraft(IntakeDraft draft, Instant received, DecisionContext context)
    {
        if (draft.InteractionKind is null && draft.Call is null)
            return null;
        var kind = context.Rules.InteractionKinds.Of(draft.InteractionKind, draft.Call is null ? draft.Channel : ContactPoint.Phone);
        var byPerson = draft.Call is not null || context.Actor.IsStaff;
        return Of(new RecordInteraction(Direction.Inbound, draft.Channel, byPerson, Call: draft.Call), kind, with: null) with
        {
            Kind = kind?.Code ?? draft.InteractionKind, AnsweredAt = draft.Call is { } call ? call.Answered : received,
            Opening = true,
        };
    }

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(null, Direction), new(Labels.InteractionKind, Kind is null ? null : rules.InteractionKinds.Named(Kind)),
            new(Labels.With, With is null ? null : rules.ParticipantRoles.Named(With.Role)),
            new(Labels.Channel, rules.Channels.Named(Channel)), new(Labels.Reached, Reached), new(Labels.AnsweredAt, Call is null ? null : AnsweredAt),
            new(Labels.Satisfied, Satisfied),
            new(Labels.Emotion, Emotion is null ? null : Core.Contact.Emotion.All.Named(Emotion)),
            new(Labels.PassedTo, To is null ? null : new StaffMember(To)), new(Labels.Brief, Brief),
            new(Labels.Summary, Summary), new(Labels.RecordingRef, RecordingRef), new(Labels.Call, Call)];

    internal override PersonalField[] PersonalValues =>
        [new("summary", Summary) { About = With?.Person }, new("recording-ref", RecordingRef) { About = With?.Person },
            new("call", Call) { About = With?.Person }, new("brief", Brief) { About = With?.Person }];

    private bool IsWithCustomer => With is null or { SpeaksForCustomer: true };

    /// <summary>True when a person of ours spoke with the customer, whoever began.</summary>
    private bool IsContact =>
        IsWithCustomer && Chaser is not true && ByPerson && Reached && (Direction == Direction.Outbound || Live is true);

    /// <summary>True when the customer is owed an answer: nobody answered at once what a person wrote or said. Earlier programs did not
    /// tell these apart.</summary>
    private bool IsMessage =>
        IsWithCustomer && Chaser is not true && Opening is not true && Direction == Direction.Inbound && !IsContact
        && (Kind is null || ByPerson || Live is true);

    private Instant At(EventMoment moment) => AnsweredAt ?? moment.OccurredAt;

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        IsContact ? Contacts(At(moment), Channel)
        : IsMessage ? [new(FactKind.CustomerMessage, moment.OccurredAt)]
        : [];

    /// <summary>What a contact of a person with the customer is for the clocks.</summary>
    internal static ClockFact[] Contacts(Instant at, string channel) =>
        channel == ContactPoint.Phone
            ? [new(FactKind.HumanContact, at), new(FactKind.PhoneContact, at)]
            : [new(FactKind.HumanContact, at)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        if (Contact is not null)
            complaint = complaint with { Receipt = complaint.Receipt with { Contact = Contact } };
        if (!IsWithCustomer)
            return complaint;
        var at = At(moment);
        if (IsContact)
            complaint = complaint.Contacted(at, Channel);
        var talk = complaint.Talk.Said(Satisfied, at).Felt(Emotion, at);
        if (IsMessage)
            talk = talk.Left(moment.OccurredAt);
        else if (Direction == Direction.Inbound && (ByPerson || Live is true))
            talk = talk.Heard(at);
        return complaint with { Talk = Chaser is true ? talk with { Chasers = talk.Chasers + 1 } : talk };
    }
}
