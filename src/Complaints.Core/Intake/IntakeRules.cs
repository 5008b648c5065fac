using System.Text.RegularExpressions;
using Complaints.Core.Calendars;
using Complaints.Core.Capabilities;
using FluentValidation;

namespace Complaints.Core.Intake;

/// <summary>
/// What every draft must obey, whoever brings it: clean texts within the bounds of <see cref="IntakeFields"/>. Registration and import
/// include these rules and add their own. Needs no definitions; one for the process, thread-safe.
/// </summary>
internal sealed partial class IntakeRules : AbstractValidator<IntakeDraft>
{
    public static readonly IntakeRules All = new();

    private IntakeRules()
    {
        RuleFor(draft => draft.Title).Fits(IntakeFields.Title);
        RuleFor(draft => draft.Language).Finds(IntakeFields.Language, Tag);
        RuleFor(draft => draft.Complainant).SetValidator(new ComplainantRules());
        RuleFor(draft => draft.Statement).SetValidator(new StatementRules());
        RuleFor(draft => draft.Item!).SetValidator(new ItemRules());
        RuleFor(draft => draft.Call).FindsEach(IntakeFields.Call, static call => call?.Findings() ?? []);
        RuleFor(draft => draft.ExternalRef!).SetValidator(new ExternalRefRules());
        RuleFor(draft => draft.Contact).Finds(IntakeFields.Contact, static contact => contact?.Check(IntakeFields.Contact.Name));
        RuleFor(draft => draft.ReceivedAt).Finds(IntakeFields.ReceivedAt, static at => UtcTime.Check(IntakeFields.ReceivedAt, at));
        RuleFor(draft => draft.IncidentFrom).Finds(
            IntakeFields.IncidentFrom, static at => UtcTime.Check(IntakeFields.IncidentFrom, at));
        RuleFor(draft => draft.IncidentTo).Finds(IntakeFields.IncidentTo, static at => UtcTime.Check(IntakeFields.IncidentTo, at));
        RuleFor(draft => draft).Finds(
            IntakeFields.IncidentTo, static draft => IntakeTimes.Order(draft.IncidentFrom, draft.IncidentTo));
        RuleFor(draft => (IReadOnlyCollection<string>)draft.Goals).FindsInEach(IntakeFields.Goals, Goal);
        RuleFor(draft => (IReadOnlyCollection<DraftPoint>)draft.Points).FindsInEach(IntakeFields.Points, Point);
        RuleFor(draft => (IReadOnlyCollection<GuideAnswer>)draft.Answers).FindsInEach(IntakeFields.Answers, Answer);
        RuleFor(draft => (IReadOnlyCollection<string>)draft.Risks).FindsInEach(IntakeFields.Risks, Risk);
        RuleFor(draft => (IReadOnlyCollection<string>)draft.Accused).FindsInEach(IntakeFields.Accused, Accused);
        RuleFor(draft => (IReadOnlyCollection<KeyValuePair<string, string>>)draft.Attributes).FindsInEach(
            IntakeFields.Attributes, static fact => Attribute(fact.Key, fact.Value));
    }

    /// <summary>A language's tag has letters, digits and hyphens, and says nothing about anybody.</summary>
    internal static ComplaintError? Tag(string? language) =>
        FieldRules.Fit(IntakeFields.Language, language) ?? (string.IsNullOrEmpty(language) || LanguageTag().IsMatch(language) ? null
            : new("text.format", ("field", IntakeFields.Language), ("value", Text.Mask(language)), ("expected", TagOfLanguage)));

    private static readonly Label TagOfLanguage = new("a language tag such as zh-CN", "zh-CN 之类的语言代码");

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguageTag();

    private static ComplaintError? Risk(string risk) =>
        Text.Check((object)IntakeFields.Risks, risk, IntakeFields.Risks.MaxLength!.Value, required: true);

    private static ComplaintError? Accused(string staff) =>
        Text.Check((object)IntakeFields.Accused, staff, IntakeFields.Accused.MaxLength!.Value, required: true);

    internal static ComplaintError? Goal(string goal) =>
        Text.Check((object)IntakeFields.Goals, goal, IntakeFields.Goals.MaxLength!.Value, required: true);

    internal static ComplaintError? Point(DraftPoint point) => FieldRules.Fit(IntakeFields.PointText, point.Text)
        ?? FieldRules.Fit(IntakeFields.Category, point.Category) ?? FieldRules.Fit(IntakeFields.Subcategory, point.Subcategory);

    internal static ComplaintError? Answer(GuideAnswer answer) =>
        FieldRules.Fit(IntakeFields.Question, answer.Question) ?? FieldRules.Fit(IntakeFields.Answer, answer.Value);

    private static ComplaintError? Attribute(string name, string? value) =>
        FieldRules.Fit(IntakeFields.AttributeName, name)
            ?? (value is null ? new ComplaintError("text.required", ("field", IntakeFields.Attributes)) : null)
            ?? FieldRules.Fit(IntakeFields.AttributeValue with { Name = $"attributes.{name}" }, value);
}

/// <summary>The rules of who complains.</summary>
internal sealed class ComplainantRules : AbstractValidator<Complainant>
{
    public ComplainantRules()
    {
        RuleFor(complainant => complainant.Name).Fits(IntakeFields.Name);
        RuleFor(complainant => complainant.AddressAs).Fits(IntakeFields.AddressAs);
        RuleFor(complainant => complainant.CustomerRef).Fits(IntakeFields.CustomerRef);
        RuleFor(complainant => complainant.Address).Fits(IntakeFields.Address);
        RuleFor(complainant => (IReadOnlyCollection<ContactPoint>)complainant.Contacts).FindsInEach(IntakeFields.Contacts, Contact);
    }

    /// <summary>What is wrong with a way to reach somebody, whatever kind it is of.</summary>
    public static ComplaintError? Contact(ContactPoint contact) =>
        FieldRules.Fit(IntakeFields.ContactKind, contact.Kind) ?? FieldRules.Fit(ValueOf(contact), contact.Value);

    /// <summary>The value's field by the kind: <c>contact.phone</c>.</summary>
    public static Field ValueOf(ContactPoint contact) => contact.Kind switch
    {
        ContactPoint.Phone => Phone,
        ContactPoint.Email => Email,
        _ => IntakeFields.ContactValue with { Name = $"contact.{contact.Kind}" },
    };

    private static readonly Field Phone = IntakeFields.ContactValue with { Name = "contact.phone", Label = new("Telephone", "电话") };

    private static readonly Field Email = IntakeFields.ContactValue with { Name = "contact.email", Label = new("E-mail", "电子邮件") };
}

/// <summary>The rules of what the customer says.</summary>
internal sealed class StatementRules : AbstractValidator<Statement>
{
    public StatementRules()
    {
        RuleFor(statement => statement.Narrative).Fits(IntakeFields.Narrative);
        RuleFor(statement => statement.DesiredOutcome).Fits(IntakeFields.DesiredOutcome);
        RuleFor(statement => statement.IncidentPlace).Fits(IntakeFields.IncidentPlace);
        RuleFor(statement => statement.IncidentTime).Fits(IntakeFields.IncidentTime);
    }
}

/// <summary>The rules of the product or service.</summary>
internal sealed class ItemRules : AbstractValidator<Item>
{
    public ItemRules()
    {
        RuleFor(item => item.Kind).Fits(IntakeFields.ItemKind);
        RuleFor(item => item.Ref).Fits(IntakeFields.ItemRef);
        RuleFor(item => item.Model).Fits(IntakeFields.ItemModel);
        RuleFor(item => item.Serial).Fits(IntakeFields.Serial);
        RuleFor(item => item.PurchasedOn).Finds(IntakeFields.PurchasedOn, static day => UtcTime.Check(IntakeFields.PurchasedOn, day));
    }
}

/// <summary>The rules of the id by which another system knows the complaint.</summary>
internal sealed class ExternalRefRules : AbstractValidator<ExternalRef>
{
    public ExternalRefRules()
    {
        RuleFor(external => external.Source).Fits(IntakeFields.Source);
        RuleFor(external => external.Id).Fits(IntakeFields.SourceId);
    }
}
