using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Adds somebody who takes part: a representative, a witness, an expert. Whoever is not staff is a person with a key of its own:
/// erasing one leaves the words of the others. Whose role needs authority is told nothing before it is in
/// (<see cref="AmendParticipant"/>).</summary>
/// <param name="Role">As what, a code of the participants' roles.</param>
/// <param name="Name">The name of somebody who is not staff; at most 100 characters.</param>
/// <param name="Phone">The telephone number; at most 200 characters.</param>
/// <param name="Email">The mail address; at most 200 characters.</param>
/// <param name="Staff">The host's id of one of its staff, where the role is the staff's. Error: <c>assignment.conflict</c> for who must
/// keep out of the case, unless it is the one who is complained about.</param>
public sealed record AddParticipant(string Role, string? Name = null, string? Phone = null, string? Email = null, string? Staff = null)
    : ComplaintCommand, ICapability<AddParticipant, Complaint>
{
    private static readonly Refusal NeedsName = new(
        "participant.needs_name",
        "Say who it is: the role {role} is not the staff's, so a name is needed and no id of the staff.",
        "请填写姓名：角色“{role}”不属于内部员工，需要姓名，不能填写员工编号。");

    private static readonly Refusal NeedsStaff = new(
        "participant.needs_staff",
        "The role {role} is the staff's: name a member of the staff, and no name, telephone or mail address.",
        "角色“{role}”属于内部员工：请选择员工，不要填写姓名、电话或邮箱。");

    private static readonly Refusal Twice = new(
        "participant.twice",
        "{value} takes part as {role} already.",
        "{value} 已经以“{role}”身份参与。");

    private static readonly Refusal TooMany = new(
        "participant.too_many",
        "At most {bound} may take part as {role}.",
        "“{role}”最多 {bound} 人。");

    private static readonly Refusal CaseFull = new(
        "participant.case_full",
        "At most {bound} may take part in a case.",
        "一件投诉最多 {bound} 名参与人。");

    static Capability ICapability<AddParticipant, Complaint>.Capability { get; } = new("add-participant",
        new("Add a participant", "添加参与人"))
    {
        Roles = [Core.Role.Agent, Core.Role.Supervisor, Core.Role.Manager, Core.Role.Quality],
        Fields = Field.Of<AddParticipant>(f =>
        [
            f.Code(command => command.Role, Labels.Participant, rules => rules.ParticipantRoles),
            f.Text(command => command.Name, Labels.Name, IntakeFields.Name.MaxLength!.Value, required: false),
            f.Text(command => command.Phone, Labels.Phone, IntakeFields.ContactValue.MaxLength!.Value, required: false),
            f.Text(command => command.Email, Labels.Email, IntakeFields.ContactValue.MaxLength!.Value, required: false),
            f.Named(command => command.Staff, Labels.StaffMember, required: false),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [NeedsName, NeedsStaff, Twice, TooMany, CaseFull, ConflictRules.NoWork],
        Commutes = true,
    };

    static AddParticipant ICapability<AddParticipant, Complaint>.Example(Occasion occasion) =>
        new("representative", "Bea Jones", "+44 20 7946 0018");

    internal override bool BringsPersons => true;

    /// <summary>Of who is complained about it must be known who leads the team.</summary>
    internal override IEnumerable<string> PeopleNamed => Role == ParticipantRole.Accused && Given(Staff) is { } staff ? [staff] : [];

    static ComplaintError? ICapability<AddParticipant, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        complaint.Participants.Length < ParticipantRoleRules.MostOfAll ? null
            : CaseFull.With(("bound", ParticipantRoleRules.MostOfAll));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var (name, phone, email, staff) = (Given(Name), Given(Phone), Given(Email), Given(Staff));
        var role = context.Rules.ParticipantRoles.Find(Role)!;
        var there = complaint.Participants.Where(participant => participant.Role == Role && participant.LeftAt is null).ToList();
        if (role.Staff && (staff is null || name is not null || phone is not null || email is not null))
            return NeedsStaff.With(("role", role));
        if (!role.Staff && (name is null || staff is not null))
            return NeedsName.With(("role", role));
        if (staff is not null && there.Exists(participant => participant.Staff == staff))
            return Twice.With(("value", new StaffMember(staff)), ("role", role));
        if (Role != ParticipantRole.Accused && ConflictRules.WorkFor(complaint, staff) is { } conflict)
            return conflict;
        if (there.Count >= role.Most)
            return TooMany.With(("bound", role.Most), ("role", role));
        if ((Malformed(ContactPoint.Phone, phone) ?? Malformed(ContactPoint.Email, email)) is { } malformed)
            return malformed;
        var number = complaint.Participants.Length + 1;
        if (staff is not null && Role == ParticipantRole.Accused)
        {
            Accusation.Append(staff, context, events);
            return null;
        }
        events.Add(staff is not null
            ? new ParticipantAdded(number, Role, staff)
            : new ParticipantAdded(number, Role, null, SubjectId.OfParticipant(context.Fresh, complaint.Id, number),
                Personal.Of(new ContactCard(name!, phone, email)), role.SpeaksForCustomer)
            {
                Authority = role.NeedsAuthority ? ParticipantAuthority.Awaited : null,
            });
        return null;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static ComplaintError? Malformed(string kind, string? value) =>
        value is null ? null : IntakeValidator.Format(new(kind, value), kind);
}

/// <summary>Somebody takes part from now on.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Role">As what.</param>
/// <param name="Staff">The host's id, for one of its staff.</param>
/// <param name="Person">The person, for anybody else.</param>
/// <param name="Card">How the person is called and reached.</param>
/// <param name="SpeaksForCustomer">Whether a contact with the person is one with the customer.</param>
/// <param name="From">The merged complaint of which it was a participant already; <c>null</c> for who is new.</param>
public sealed record ParticipantAdded(int Number, string Role, string? Staff = null, SubjectId? Person = null,
    Personal<ContactCard>? Card = null, bool SpeaksForCustomer = false, ComplaintId? From = null)
    : ComplaintEvent, IHappening<ParticipantAdded, Complaint>
{
    static EventType IHappening<ParticipantAdded, Complaint>.EventType { get; } = new("participant-added", 2,
        new("Participant added", "已添加参与人"))
    {
        Leaves = Leaving.With<ParticipantAdded>(static (writer, added) =>
        {
            writer.WriteNumber("participant"u8, added.Number);
            writer.WriteString("role"u8, added.Role);
        }),
    };

    /// <summary>How its authority stands; <c>null</c> where its role needs none.</summary>
    public ParticipantAuthority? Authority { get; init; }

    /// <summary>Since when it does not take part any more, of one of a merged complaint.</summary>
    public Instant? LeftAt { get; init; }

    internal override ComplaintEvent? Alone => From is null ? this : this with { From = null };

    internal override Subject? Made => Subject.Of("participant", Number);

    internal override SubjectId? Joins => Person;

    internal override bool JoinsWithKey => From is not null;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Participant, rules.ParticipantRoles.Named(Role)), new(Labels.Name, Card),
            new(Labels.StaffMember, Staff is null ? null : new StaffMember(Staff)),
            new(Labels.Authority, Authority is null ? null : ParticipantAuthority.All.Named(Authority.Status))];

    internal override PersonalField[] PersonalValues => [Participant.CardOf(Card, Person)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        (complaint with
        {
            Participants = complaint.Participants.Add(new Participant(Number, Role, Staff, Person, Card, SpeaksForCustomer)
            {
                Authority = Authority, LeftAt = LeftAt,
            }),
        }).WithoutOwner(Role == ParticipantRole.Accused ? Staff : null, moment);
}
