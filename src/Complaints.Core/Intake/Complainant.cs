using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Who complains. Personal throughout: outside memory it exists only sealed under the person's key.</summary>
/// <param name="Name">At most 100 characters; may be missing where the kind allows it.</param>
/// <param name="CustomerRef">The host's own reference of the customer; joins the complaints of one person.</param>
/// <param name="Contacts">Ways to reach the person.</param>
/// <param name="Address">Where the service was due.</param>
public sealed record Complainant(string? Name = null, string? CustomerRef = null, ImmutableArray<ContactPoint> Contacts = default, string? Address = null)
    : IPersonalContent<Complainant>
{
    static JsonTypeInfo<Complainant> IPersonalContent<Complainant>.Json => IntakePersonalJson.Default.Complainant;

    /// <summary>How the person wants to be addressed (称呼), such as 王女士; at most 100 characters.</summary>
    public string? AddressAs { get; init; }

    /// <summary>Ways to reach the person; never <c>default</c>.</summary>
    public ImmutableArray<ContactPoint> Contacts { get; init => field = Given.Of(value); } = Given.Of(Contacts);

    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";

    /// <summary>True when nothing says who it is.</summary>
    internal bool IsAnonymous => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(CustomerRef) && Contacts.IsEmpty;

    /// <summary>True when it says nothing at all, not even where the service was due.</summary>
    internal bool SaysNothing => IsAnonymous && string.IsNullOrWhiteSpace(Address) && string.IsNullOrWhiteSpace(AddressAs);

    /// <summary>The first number to call, if there is one.</summary>
    internal string? Phone => Contacts.FirstOrDefault(contact => contact.Kind is ContactPoint.Phone)?.Value;
}

/// <summary>A way to reach a person.</summary>
/// <param name="Kind"><see cref="Phone"/>, <see cref="Email"/>, or a kind of the host's own.</param>
/// <param name="Value">At most 200 characters, without blanks around it. A phone number has 3 to 20 digits besides <c>+ - ( )</c> and
/// spaces, in any width, and may have an extension; several may be given, parted by a comma or a slash.</param>
public sealed record ContactPoint(string Kind, string Value)
{
    /// <summary>How the person is reached.</summary>
    public string Value { get; init => field = value?.Trim()!; } = Value?.Trim()!;

    /// <summary>It prints its kind only.</summary>
    public override string ToString() => Kind;

    /// <summary>A telephone number.</summary>
    public const string Phone = "phone";

    /// <summary>An e-mail address.</summary>
    public const string Email = "email";
}

/// <summary>What the customer says. Immutable; amendments are appended.</summary>
/// <param name="Narrative">The problem in the customer's words, at most 20,000 characters.</param>
/// <param name="DesiredOutcome">What the customer wants.</param>
/// <param name="IncidentPlace">Where it happened.</param>
/// <param name="IncidentTime">When it happened, as told.</param>
public sealed record Statement(
    string? Narrative = null, string? DesiredOutcome = null, string? IncidentPlace = null, string? IncidentTime = null)
    : IPersonalContent<Statement>
{
    static JsonTypeInfo<Statement> IPersonalContent<Statement>.Json => IntakePersonalJson.Default.Statement;

    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";

    /// <summary>The same to be sealed; <c>null</c> when nothing is said.</summary>
    internal Personal<Statement>? ToSeal => this == new Statement() ? null : Personal.Of(this);
}

/// <summary>How they are written before they are sealed.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(InstantJsonConverter), typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(Complainant))]
[JsonSerializable(typeof(Statement))]
[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(ContactCard))]
[JsonSerializable(typeof(PhoneCall))]
internal sealed partial class IntakePersonalJson : JsonSerializerContext;

/// <summary>The product or service that the complaint is about.</summary>
/// <param name="Kind">A code of the tenant's items, such as <c>product</c>. Error: <c>code.unknown</c>.</param>
/// <param name="Ref">The host's reference of it, kept sealed; at most 200 characters.</param>
/// <param name="Model">Its model: a code of the kind's models, which is compared and counted, or any text, which is kept sealed; at most
/// 200 characters.</param>
public sealed record Item(string Kind, string? Ref = null, string? Model = null) : IPersonalContent<Item>
{
    static JsonTypeInfo<Item> IPersonalContent<Item>.Json => IntakePersonalJson.Default.Item;

    /// <summary>The number of this very piece, kept sealed; at most 200 characters.</summary>
    public string? Serial { get; init; }

    /// <summary>When it was bought. Not in the future. Errors: <c>time.in_future</c>, <c>time.out_of_range</c>.</summary>
    public LocalDate? PurchasedOn { get; init; }

    /// <summary>The same to be sealed; <c>null</c> where codes say all.</summary>
    internal Personal<Item>? ToSeal(string? model) => Ref is null && Serial is null && Model == model ? null : Personal.Of(this);

    /// <summary>It may name somebody: it prints its kind only.</summary>
    public override string ToString() => Kind;
}

/// <summary>Where a complaint is known under another id: a social network's post, a legacy ledger's row.</summary>
/// <param name="Source">The system, at most 100 characters.</param>
/// <param name="Id">The id there, at most 200 characters. Unique per tenant and source.</param>
public sealed record ExternalRef(string Source, string Id)
{
    /// <summary>It prints its source only: an id elsewhere may be somebody's name.</summary>
    public override string ToString() => Source;
}
