using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Adds somebody who takes part: a representative, a witness, an expert. Whoever is not staff is a person with a key of its own:
/// erasing one leaves the words of the others.</summary>
/// <param name="Role">As what, a code of the participants' roles.</param>
/// <param name="Name">The name of somebody who is not staff; at most 100 characters.</param>
/// <param name="Phone">The telephone number; at most 200 characters.</param>
/// <param name="Email">The mail address; at most 200 characters.</param>
/// <param name="Staff">The host's id of one of its staff, where the role is the staff's.</param>
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
            f.Person(command => command.Staff, Labels.StaffMember, required: false),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [NeedsName, NeedsStaff, Twice, TooMany],
        Commutes = true,
    };

    static AddParticipant ICapability<AddParticipant, Complaint>.Example(Occasion occasion) =>
        new("representative", "Bea Jones", "+44 20 7946 0018");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var role = context.Rules.ParticipantRoles.Find(Role)!;
        var there = complaint.Participants.Where(participant => participant.Role == Role).ToList();
        var isPerson = !string.IsNullOrWhiteSpace(Name);
        var isStaff = !string.IsNullOrWhiteSpace(Staff);
        if (role.Staff && (!isStaff || isPerson || Phone is not null || Email is not null))
            return NeedsStaff.With(("role", role));
        if (!role.Staff && (!isPerson || isStaff))
            return NeedsName.With(("role", role));
        if (isStaff && there.Exists(participant => participant.Staff == Staff))
            return Twice.With(("value", Staff), ("role", role));
        if (there.Count >= role.Most || complaint.Participants.Length >= ParticipantRoleRules.MostOfAll)
            return TooMany.With(("bound", Math.Min(role.Most, ParticipantRoleRules.MostOfAll)), ("role", role));
        if ((Malformed(ContactPoint.Phone, Phone) ?? Malformed(ContactPoint.Email, Email)) is { } malformed)
            return malformed;
        var number = complaint.Participants.Length + 1;
        events.Add(isStaff
            ? new ParticipantAdded(number, Role, Staff)
            : new ParticipantAdded(number, Role, null, SubjectId.OfParticipant(complaint.Id, number),
                Personal.Of(new ContactCard(Name!, Phone, Email))));
        return null;
    }

    private static ComplaintError? Malformed(string kind, string? value) =>
        string.IsNullOrWhiteSpace(value) ? null : IntakeValidator.Format(new(kind, value), kind);
}

/// <summary>Somebody takes part from now on.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Role">As what.</param>
/// <param name="Staff">The host's id, for one of its staff.</param>
/// <param name="Person">The person, for anybody else.</param>
/// <param name="Card">How the person is called and reached.</param>
public sealed record ParticipantAdded(int Number, string Role, string? Staff = null, SubjectId? Person = null,
    Personal<ContactCard>? Card = null)
    : ComplaintEvent, IHappening<ParticipantAdded, Complaint>
{
    static EventType IHappening<ParticipantAdded, Complaint>.EventType { get; } = new("participant-added", 1,
        new("Participant added", "已添加参与人"))
    {
        Leaves = Leaving.With<ParticipantAdded>(static (writer, added) =>
        {
            writer.WriteNumber("participant"u8, added.Number);
            writer.WriteString("role"u8, added.Role);
        }),
    };

    internal override Subject? Made => Subject.Of("participant", Number);

    internal override SubjectId? Joins => Person;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Participant, rules.ParticipantRoles.Named(Role)), new(Labels.Name, Card),
            new(Labels.StaffMember, Staff is null ? null : new StaffMember(Staff))];

    internal override PersonalField[] PersonalValues => [Participant.CardOf(Card, Person)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Participants = complaint.Participants.Add(new Participant(Number, Role, Staff, Person, Card)) };
}
