using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Somebody who takes part in a complaint besides the complainant.</summary>
/// <param name="Number">Its number within the complaint; never used again.</param>
/// <param name="Role">As what, a code of the participants' roles.</param>
/// <param name="Staff">The host's id, for one of its staff.</param>
/// <param name="Person">The person under whose key is sealed what is said about it; <c>null</c> for staff.</param>
/// <param name="Card">How the person is called and reached; <c>null</c> for staff.</param>
/// <param name="SpeaksForCustomer">Whether a contact with the person is one with the customer, as the role said when the person was
/// added; where authority is needed, only while there is some.</param>
public sealed record Participant(int Number, string Role, string? Staff = null, SubjectId? Person = null,
    Personal<ContactCard>? Card = null, bool SpeaksForCustomer = false)
{
    /// <summary>Who leads the teams of a member of the staff who is complained about, and gets no work on the case either; <c>null</c> for
    /// nobody.</summary>
    public ImmutableArray<string>? KeptOut { get; init; }

    /// <summary>How its authority stands; <c>null</c> where its role needs none. Whether anything may be told to it is asked of
    /// <see cref="Representation.MayBeTold"/>.</summary>
    public ParticipantAuthority? Authority { get; init; }

    /// <summary>Since when it does not take part any more; <c>null</c> while it does.</summary>
    public Instant? LeftAt { get; init; }

    /// <summary>The same participant of another complaint, which has been carried on under this one.</summary>
    /// <param name="merged">The other complaint.</param>
    /// <param name="number">Its number here.</param>
    /// <param name="isForSame">True where both complaints are of the same person: a letter of authority is from one.</param>
    internal ParticipantAdded JoinsFrom(ComplaintId merged, int number, bool isForSame) =>
        new(number, Role, Staff, Person, Card?.Copied(), SpeaksForCustomer, merged)
        {
            Authority = Authority is { Status: ParticipantAuthority.Received } && !isForSame ? ParticipantAuthority.Awaited : Authority,
            LeftAt = LeftAt,
        };

    /// <summary>Whether it is the same in the same part, and takes part there still if it does here.</summary>
    internal bool IsSame(Participant other) => Role == other.Role && Staff == other.Staff && Person == other.Person
        && (LeftAt is not null || other.LeftAt is null);

    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => Subject.Of("participant", Number);

    /// <summary>What is sealed of it.</summary>
    internal static PersonalField CardOf(Personal<ContactCard>? card, SubjectId? person) => new("participant", card) { About = person };
}

/// <summary>How somebody is called and reached. Personal throughout.</summary>
/// <param name="Name">At most 100 characters.</param>
/// <param name="Phone">A telephone number; 3 to 20 digits besides <c>+ - ( )</c> and spaces.</param>
/// <param name="Email">A mail address; at most 200 characters.</param>
public sealed record ContactCard(string Name, string? Phone = null, string? Email = null) : IPersonalContent<ContactCard>
{
    static JsonTypeInfo<ContactCard> IPersonalContent<ContactCard>.Json => IntakePersonalJson.Default.ContactCard;

    /// <summary>The same as a complainant.</summary>
    internal Complainant AsComplainant => new(Name, Contacts:
    [
        .. string.IsNullOrWhiteSpace(Phone) ? [] : (ContactPoint[])[new(ContactPoint.Phone, Phone)],
        .. string.IsNullOrWhiteSpace(Email) ? [] : (ContactPoint[])[new(ContactPoint.Email, Email)],
    ]);

    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";
}
