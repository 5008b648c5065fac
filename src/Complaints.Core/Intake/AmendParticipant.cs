using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Notes that the letter of authority (授权书) of somebody who takes part is in or does not suffice, or that somebody does not take
/// part any more. Until a letter is in, nothing is told to whom needs one.</summary>
/// <param name="Participant">The participant's number. Errors: <c>participant.not_found</c>, <c>participant.left</c>.</param>
/// <param name="Authority">What came of the letter: <c>received</c> or <c>refused</c>; <c>null</c> where none came in. Errors:
/// <c>code.unknown</c>; of staff, <c>participant.staff_letter</c>.</param>
/// <param name="Letter">The reference of the letter, where the host keeps it; at most 500 characters, kept sealed. Errors: where it is
/// received, <c>text.required</c>; without an authority, <c>participant.letter_unwanted</c>.</param>
/// <param name="Until">The last day on which a received one holds, in the tenant's zone; <c>null</c> for as long as the case lasts. Errors:
/// <c>participant.letter_over</c>, <c>participant.letter_unwanted</c>.</param>
/// <param name="Left">True where the participant does not take part any more; it stays in the list. Error, where nothing is amended:
/// <c>participant.unchanged</c>.</param>
public sealed record AmendParticipant(
    int Participant, string? Authority = null, string? Letter = null, LocalDate? Until = null, bool Left = false)
    : ComplaintCommand, ICapability<AmendParticipant, Complaint>
{
    private static readonly Refusal HasLeft = new(
        "participant.left",
        "Participant {value} does not take part any more; add whoever comes back.",
        "参与人 {value} 已退出；重新参与请另行添加。");

    private static readonly Refusal StaffLetter = new(
        "participant.staff_letter",
        "{value} is one of the staff and needs no letter of authority; leave it out.",
        "{value} 为内部员工，无需授权书，请清空该项。");

    private static readonly Refusal LetterUnwanted = new(
        "participant.letter_unwanted",
        "A letter is named with what came of it, and a last day with one that was received; choose it, or leave them out.",
        "填写授权书编号须同时选择授权结论，仅在已提交授权书时填写有效期；请补选或清空。");

    private static readonly Refusal LetterOver = new(
        "participant.letter_over",
        "The letter of authority held until {value} and is over; a later one is needed.",
        "授权书有效期至 {value}，已过期，请提供新的授权书。");

    private static readonly Refusal Unchanged = new(
        "participant.unchanged",
        "Say what came of the letter of authority, or that the participant has left.",
        "请填写授权结论，或注明参与人已退出。");

    static Capability ICapability<AmendParticipant, Complaint>.Capability { get; } = new("amend-participant",
        new("Note a participant's authority", "登记参与人授权"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AmendParticipant>(f =>
        [
            f.Part(command => command.Participant, Labels.With),
            f.Code(command => command.Authority, Labels.Authority, static _ => ParticipantAuthority.Shown, required: false),
            f.Text(command => command.Letter, Labels.Letter, Text.Short, required: false),
            f.Date(command => command.Until, Labels.HoldsUntil),
            f.Flag(command => command.Left, Labels.Left),
        ]),
        // A letter may come in with the wish for a review, or before somebody is told the result.
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [Partners.NotFound, Partners.Nobody, HasLeft, StaffLetter, LetterUnwanted, LetterOver, Unchanged],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("participant", Participant);

    static AmendParticipant ICapability<AmendParticipant, Complaint>.Example(Occasion occasion) => (occasion.Variant % 4) switch
    {
        1 => new(occasion.Number, ParticipantAuthority.Refused),
        3 => new(occasion.Number, Left: true),
        _ => new(occasion.Number, ParticipantAuthority.Received, "LA-2026-17"),
    };

    static ImmutableArray<Subject> ICapability<AmendParticipant, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Participants.Where(participant => participant.LeftAt is null).Select(participant => participant.Subject)];

    static ComplaintError? ICapability<AmendParticipant, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Participants.IsEmpty)
            return Partners.Nobody.Plain;
        if (subject is null)
            return null;
        foreach (var participant in complaint.Participants)
        {
            if (participant.Subject == subject)
                return participant.LeftAt is null ? null : HasLeft.With(("value", participant.Number));
        }
        return Partners.Missing(complaint, subject.Value.Key);
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var participant = complaint.Participants.First(participant => participant.Number == Participant);
        var (authority, letter) = (Why.Given(Authority), Why.Given(Letter));
        if (authority is not null && participant.Staff is { } staff)
            return StaffLetter.With(("value", new StaffMember(staff)));
        if (letter is not null && authority is null || Until is not null && authority != ParticipantAuthority.Received)
            return LetterUnwanted.Plain;
        if (authority is null && !Left)
            return Unchanged.Plain;
        if (authority == ParticipantAuthority.Received && letter is null)
            return new("text.required", ("field", Labels.Letter));
        if (Until < context.EffectiveAt.InZone(DateTimeZoneProviders.Tzdb[context.Rules.Settings.Zone]).Date)
            return LetterOver.With(("value", Until));
        events.Add(new ParticipantAmended(Participant, authority, Personal.OfNullable(letter), Until, Left, participant.Person));
        return null;
    }
}

/// <summary>The authority of somebody who takes part was settled, or somebody left.</summary>
/// <param name="Number">The participant's number.</param>
/// <param name="Authority">What came of the letter: a code of <see cref="ParticipantAuthority.All"/>.</param>
/// <param name="Letter">Its reference.</param>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="Left">True where it does not take part any more.</param>
/// <param name="Person">Under whose key the reference is sealed.</param>
public sealed record ParticipantAmended(int Number, string? Authority = null, Personal<string>? Letter = null, LocalDate? Until = null,
    bool Left = false, SubjectId? Person = null)
    : ComplaintEvent, IHappening<ParticipantAmended, Complaint>
{
    static EventType IHappening<ParticipantAmended, Complaint>.EventType { get; } = new("participant-amended", 1,
        new("Participant's authority noted", "已登记参与人授权"))
    {
        Leaves = Leaving.With<ParticipantAmended>(static (writer, amended) =>
        {
            writer.WriteNumber("participant"u8, amended.Number);
            if (amended.Authority is { } authority)
                writer.WriteString("authority"u8, authority);
            writer.WriteBoolean("left"u8, amended.Left);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.With, Subject.Of("participant", Number)),
            new(Labels.Authority, Authority is null ? null : ParticipantAuthority.All.Named(Authority)), new(Labels.Letter, Letter),
            new(Labels.HoldsUntil, Until), new(Labels.Left, Left ? true : null)];

    internal override PersonalField[] PersonalValues => [new("letter", Letter) { About = Person }];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Participants =
        [
            .. complaint.Participants.Select(participant => participant.Number != Number ? participant : participant with
            {
                Authority = Authority switch
                {
                    null => participant.Authority,
                    ParticipantAuthority.Received => new(Authority, moment.OccurredAt, Until),
                    _ => new(Authority),
                },
                LeftAt = Left ? moment.OccurredAt : participant.LeftAt,
            }),
        ],
    };
}
