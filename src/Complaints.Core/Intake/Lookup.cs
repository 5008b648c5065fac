namespace Complaints.Core.Intake;

/// <summary>By what a customer's complaints are found: the keyed hash of a reference, a number or an address. It is about the
/// complaint's person, and goes with that person's key.</summary>
/// <param name="Kind">What the text is: <see cref="Reference"/>, <see cref="Phone"/> or <see cref="Email"/>.</param>
/// <param name="Hash">A hash under the tenant's key of the text's normal form.</param>
/// <param name="Form">Which normal form it was made from (<see cref="FormIn"/>); another one meets other texts.</param>
public sealed record Lookup(string Kind, string Hash, int Form = Lookup.NewestForm)
{
    /// <summary>The normal form of <see cref="LookupText"/> today. To be raised when any text gets another form: by a change here, or by a
    /// newer version of libphonenumber.</summary>
    public const int NewestForm = 2;

    /// <summary>The number of the form for a tenant: its numbers without a country are those of its region.</summary>
    /// <param name="region">An ISO 3166 code.</param>
    public static int FormIn(string region) => NewestForm * 1_000 + PhoneText.CallingCodeOf(region);

    /// <summary>The host's own reference of the customer: the only one that says who somebody is.</summary>
    public const string Reference = "reference";

    /// <summary>A telephone number; a family or a switchboard may share it.</summary>
    public const string Phone = ContactPoint.Phone;

    /// <summary>An e-mail address; others may share it.</summary>
    public const string Email = ContactPoint.Email;
}
