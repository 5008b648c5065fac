using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// A complaint as it was entered in the register: the facts of its draft, the personal ones under the key of their person. Registration
/// and import write it into their event; the state carries it on in the <see cref="Receipt"/>.
/// </summary>
public record IntakeEntry : IntakeFacts
{
    /// <summary>An entry as a store kept it.</summary>
    public IntakeEntry() { }

    /// <summary>What is kept of a draft. What the customer said, the item as it was told and
    /// the readable id elsewhere are not in it: the event keeps them beside, and the state does not.</summary>
    [SetsRequiredMembers]
    internal IntakeEntry(IntakeDraft draft, Instant receivedAt, IntakeTicket ticket, CodeList<ItemKind> items) : base(draft)
    {
        ReceivedAt = receivedAt;
        Person = ticket.Person;
        Title = Personal.Of(draft.Title);
        Complainant = draft.Complainant.SaysNothing ? null : Personal.Of(draft.Complainant);
        Source = draft.ExternalRef?.Source;
        ItemKind = draft.Item?.Kind;
        SerialKnown = !string.IsNullOrWhiteSpace(draft.Item?.Serial);
        PurchasedOn = draft.Item?.PurchasedOn;
        ItemModel = draft.Item is { } item ? items.Find(item.Kind)?.ModelOf(item)?.Code : null;
    }

    /// <summary>When it reached us: the start of the customer's clocks.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>Under whose key the personal data is sealed.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>The name of the title in events, states and lists: it is one envelope in all three.</summary>
    internal const string TitleField = "title";

    /// <summary>The personal values, by the names that they have wherever they stand.</summary>
    internal PersonalField[] PersonalValues => [new(TitleField, Title), new("complainant", Complainant)];

    /// <summary>One line.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>Who complains; <c>null</c> when nobody was named.</summary>
    public Personal<Complainant>? Complainant { get; init; }

    /// <summary>The system where it is known under another id, if it is.</summary>
    public string? Source { get; init; }

    /// <summary>The kind of product or service: a code of the tenant's items; an imported one in the source's words.</summary>
    public string? ItemKind { get; init; }

    /// <summary>The model, where it is one of the tenant's list.</summary>
    public string? ItemModel { get; init; }

    /// <summary>True where the item's serial number was told; the number itself is sealed in the history.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SerialKnown { get; init; }

    /// <summary>When the item was bought.</summary>
    public LocalDate? PurchasedOn { get; init; }
}
