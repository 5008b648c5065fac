using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What the host knows of its customers. Called while somebody takes a complaint in, and waited for at most two seconds: one that
/// fails, or takes longer, keeps nobody from registering. Implementations are thread-safe.</summary>
public interface ICustomerDirectory
{
    /// <summary>The customer of a reference or of a caller's number; <c>null</c> for one whom the directory does not know.</summary>
    ValueTask<CustomerCard?> FindAsync(TenantId tenant, CustomerQuery query, CancellationToken cancellationToken);
}

/// <summary>What the host knows of what its customers bought. The same holds as for <see cref="ICustomerDirectory"/>.</summary>
public interface IOrderLookup
{
    /// <summary>The orders of a customer, or the one of a number, the newest first; at most <see cref="OrderCard.Most"/> are
    /// shown.</summary>
    ValueTask<IReadOnlyList<OrderCard>> FindAsync(TenantId tenant, CustomerQuery query, CancellationToken cancellationToken);
}

/// <summary>Suggests what a complaint is about, such as a model that was trained for it. What it says is shown, and a person takes it over
/// or not; it is never applied by itself. The same holds as for <see cref="ICustomerDirectory"/>. Without one, the tenant's
/// <c>classification-rules</c> suggest.</summary>
public interface IClassifierSuggestion
{
    /// <summary>The suggestion for what is known so far; <c>null</c> for none.</summary>
    ValueTask<ClassifierSuggestion?> SuggestAsync(TenantId tenant, IntakeDraft draft, CancellationToken cancellationToken);
}

/// <summary>By what a customer or an order is looked for; at least one is given, and the strongest counts: the order, the reference, the
/// number.</summary>
/// <param name="Phone">The caller's number, as it was written.</param>
/// <param name="CustomerRef">The host's own reference of the customer.</param>
/// <param name="Order">The number of an order.</param>
/// <param name="Region">Where a telephone number without a country is one: an ISO 3166 code.</param>
public sealed record CustomerQuery(string? Phone, string? CustomerRef, string? Order, string Region)
{
    /// <summary>It prints nothing: whom it is about is personal.</summary>
    public override string ToString() => "***";
}

/// <summary>A customer, as the host's directory has one. Clear words, in memory only.</summary>
/// <param name="CustomerRef">The host's own reference; at most 100 characters.</param>
/// <param name="Name">The name; at most 100 characters.</param>
/// <param name="Phone">A telephone number; at most 200 characters.</param>
/// <param name="Email">A mail address; at most 200 characters.</param>
/// <param name="Tier">A code of the tenant's tiers.</param>
/// <param name="Area">A code of the organisation's areas, or the host's own; at most 100 characters.</param>
public sealed record CustomerCard(
    string CustomerRef, string? Name = null, string? Phone = null, string? Email = null, string? Tier = null, string? Area = null)
{
    internal bool IsUsable => Text.Check("ref", CustomerRef, Text.Id) is null && Text.Check("name", Name, Text.Id, required: false) is null
        && Text.Check("phone", Phone, Text.Title, required: false) is null
        && Text.Check("email", Email, Text.Title, required: false) is null
        && Text.Check("tier", Tier, Text.Id, required: false) is null && Text.Check("area", Area, Text.Id, required: false) is null;

    /// <summary>It prints nothing: it is somebody.</summary>
    public override string ToString() => "***";
}

/// <summary>An order, as the host has it. Clear words, in memory only.</summary>
/// <param name="Ref">Its number; at most 200 characters.</param>
/// <param name="ItemKind">What was bought: a code of the tenant's items; <c>null</c> where it is none of them.</param>
/// <param name="Model">The model; at most 200 characters.</param>
/// <param name="Title">What it says on it; at most 200 characters.</param>
/// <param name="BoughtOn">When it was bought.</param>
public sealed record OrderCard(string Ref, string? ItemKind = null, string? Model = null, string? Title = null, LocalDate? BoughtOn = null)
{
    /// <summary>20: how many are shown.</summary>
    public const int Most = 20;

    internal bool IsUsable => Text.Check("ref", Ref, Text.Title) is null
        && Text.Check("kind", ItemKind, Text.Id, required: false) is null && Text.Check("model", Model, Text.Title, required: false) is null
        && Text.Check("title", Title, Text.Title, required: false) is null;

    /// <summary>It prints nothing: it is somebody's.</summary>
    public override string ToString() => "***";
}

/// <summary>What a complaint may be about.</summary>
/// <param name="Category">A category of the catalogue.</param>
/// <param name="Subcategory">A subcategory of it.</param>
/// <param name="Urgency">A code of the urgency scale.</param>
public sealed record ClassifierSuggestion(string Category, string? Subcategory = null, string? Urgency = null);
