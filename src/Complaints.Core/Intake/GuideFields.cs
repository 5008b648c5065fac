using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What a guide may require to be known.</summary>
public static class GuideFields
{
    private const string Question = "question.";

    private static readonly ImmutableArray<GuideField> Known =
    [
        new("name", IntakeFields.Name.Label, draft => Is(draft.Complainant.Name), amend => Is(amend.Name)),
        new("phone", Labels.Phone, draft => Has(draft, ContactPoint.Phone), amend => Is(amend.Phone)),
        new("email", Labels.Email, draft => Has(draft, ContactPoint.Email), amend => Is(amend.Email)),
        new("address", IntakeFields.Address.Label, draft => Is(draft.Complainant.Address), amend => Is(amend.Address)),
        new("address-as", IntakeFields.AddressAs.Label, draft => Is(draft.Complainant.AddressAs), amend => Is(amend.AddressAs)),
        new("item", Labels.Item, draft => draft.Item is not null, amend => Is(amend.ItemKind),
            kept => kept.ItemKind is not null),
        new("item-ref", IntakeFields.ItemRef.Label, draft => Is(draft.Item?.Ref), amend => Is(amend.ItemRef)),
        new("item-model", IntakeFields.ItemModel.Label, draft => Is(draft.Item?.Model), amend => Is(amend.ItemModel)),
        new("item-serial", IntakeFields.Serial.Label, draft => Is(draft.Item?.Serial), amend => Is(amend.ItemSerial),
            kept => kept.SerialKnown),
        new("purchased-on", Labels.PurchasedOn, draft => draft.Item?.PurchasedOn is not null, amend => amend.PurchasedOn is not null,
            kept => kept.PurchasedOn is not null),
        new("incident-from", Labels.IncidentFrom, draft => draft.IncidentFrom is not null, amend => amend.IncidentFrom is not null,
            kept => kept.IncidentFrom is not null),
        new("incident-place", IntakeFields.IncidentPlace.Label, draft => Is(draft.Statement.IncidentPlace),
            amend => Is(amend.IncidentPlace)),
        new("goals", Labels.Goals, draft => !draft.Goals.IsEmpty, amend => amend.Goals is { IsDefaultOrEmpty: false },
            kept => !kept.Goals.IsEmpty),
        new("language", IntakeFields.Language.Label, draft => Is(draft.Language), amend => Is(amend.Language),
            kept => Is(kept.Language)),
        new("tier", IntakeFields.Tier.Label, draft => Is(draft.Tier), amend => Is(amend.Tier), kept => Is(kept.Tier)),
        new("area", Labels.Area, draft => Is(draft.Area), amend => Is(amend.Area), kept => Is(kept.Area)),
    ];

    /// <summary>The codes with their words.</summary>
    public static ImmutableArray<CodeItem> All { get; } = [.. Known.Select(field => new CodeItem(field.Code, field.Label))];

    /// <summary>The code of an answer that is missing.</summary>
    internal static string OfQuestion(string code) => Question + code;

    /// <summary>The question of such a code; <c>null</c> for anything else.</summary>
    internal static string? QuestionIn(string code) =>
        code.StartsWith(Question, StringComparison.Ordinal) ? code[Question.Length..] : null;

    /// <summary>What a guide requires and a draft does not tell.</summary>
    internal static ImmutableArray<string> MissingIn(IntakeDraft draft, Guide guide) =>
    [
        .. guide.Required.Where(code => Known.FirstOrDefault(field => field.Code == code)?.IsTold(draft) == false),
        .. guide.Questions.Where(question => question.Required && guide.Asks(question, draft.Answers)
            && !draft.Answers.Any(answer => answer.Question == question.Code)).Select(question => OfQuestion(question.Code)),
    ];

    /// <summary>What another guide requires of a complaint that is there. Of words it is not known whether they were told: none are missing
    /// that were not before.</summary>
    internal static ImmutableArray<string> MissingIn(Receipt receipt, Guide guide) =>
    [
        .. guide.Required.Where(code => Known.FirstOrDefault(field => field.Code == code) is { } field
            && (field.IsKept is { } kept ? !kept(receipt) : receipt.MissingFields.Contains(code))),
        .. guide.Questions.Where(question => question.Required && guide.Asks(question, [])).Select(question => OfQuestion(question.Code)),
    ];

    /// <summary>What is still missing after a correction.</summary>
    internal static ImmutableArray<string> MissingAfter(AmendIntake amend, ImmutableArray<string> missing) =>
        missing.RemoveAll(code => Known.FirstOrDefault(field => field.Code == code)?.IsAmended(amend) == true);

    /// <summary>What is missing of a complaint, for people.</summary>
    /// <param name="rules">The definitions.</param>
    /// <param name="receipt">The complaint's receipt.</param>
    public static ImmutableArray<Label> MissingIn(Rulebook rules, Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(receipt);
        return [.. Named(rules, receipt.Guide, receipt.MissingFields)];
    }

    /// <summary>Codes for people; those of questions by the guide that asked them.</summary>
    internal static IEnumerable<Label> Named(Rulebook rules, DefinitionRef? guide, ImmutableArray<string> codes) =>
        codes.Select(code => All.FirstOrDefault(field => field.Code == code)?.Label
            ?? rules.GuideOf(guide)?.Find(QuestionIn(code))?.Label ?? new Label(code, code));

    private static bool Is(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool Has(IntakeDraft draft, string kind) => draft.Complainant.Contacts.Any(contact => contact.Kind == kind);

    // What the state keeps of it, where it holds no words.
    private sealed record GuideField(
        string Code, Label Label, Func<IntakeDraft, bool> IsTold, Func<AmendIntake, bool> IsAmended, Func<Receipt, bool>? IsKept = null);
}
