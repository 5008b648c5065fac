using System.Text.RegularExpressions;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using FluentValidation;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// Checks a draft that is to be registered against a tenant's definitions, all fields at once: by the rules of every draft, and its codes
/// must be the tenant's. Every finding carries a code, the field, the value (masked where it is personal) and the remedy, in English and
/// Chinese. Built once a rulebook and thread-safe.
/// </summary>
public sealed partial class IntakeValidator : AbstractValidator<IntakeDraft>
{
    private readonly Rulebook _rules;

    /// <summary>A validator for the definitions of one tenant.</summary>
    public IntakeValidator(Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        var priorities = rules.Priorities.Value;
        RuleFor(draft => draft.Channel).IsOneOf(IntakeFields.Channel, rules.Channels);
        RuleFor(draft => draft.Kind).IsOneOf(IntakeFields.Kind, rules.Kinds);
        RuleFor(draft => draft.EntryPoint).IsOneOf(IntakeFields.EntryPoint, rules.EntryPoints);
        RuleFor(draft => draft.Tier).IsOneOf(IntakeFields.Tier, rules.Tiers);
        RuleFor(draft => draft.Area).Finds(IntakeFields.Area, area => rules.Organisation.CheckArea(IntakeFields.Area, area));
        RuleFor(draft => draft.InteractionKind).IsOneOf(IntakeFields.InteractionKind, rules.InteractionKinds);
        RuleFor(draft => draft).Finds(IntakeFields.ItemKind, draft => KindOfItem(draft, rules));
        Include(IntakeRules.All);
        RuleFor(draft => draft.Goals).FindsEach(IntakeFields.Goals, goals => goals.Length > IntakeFields.Goals.Highest ? []
            : goals.Select(goal => IntakeRules.Goal(goal) is not null ? null : rules.Goals.Check(IntakeFields.Goals, goal)));
        RuleFor(draft => draft).FindsEach(IntakeFields.Points, draft => draft.Points.Length > IntakeFields.Points.Highest ? []
            : draft.Points.Where(point => IntakeRules.Point(point) is null).Select(
                point => rules.Categories.Value.Check(point.CategoryIn(draft.Category), Why.Given(point.Subcategory))));
        RuleFor(draft => draft).FindsEach(IntakeFields.Answers, draft => draft.Answers.Length > IntakeFields.Answers.Highest ? []
            : GuideBook.Problems(GuideFor(draft), [.. draft.Answers.Where(answer => IntakeRules.Answer(answer) is null)]));
        RuleFor(draft => draft).Finds(IntakeFields.Category, draft => rules.Categories.Value.Check(draft.Category, draft.Subcategory));
        RuleFor(draft => draft.Severity).IsOneOf(IntakeFields.Severity, priorities.Severity);
        RuleFor(draft => draft.Urgency).IsOneOf(IntakeFields.Urgency, priorities.Urgency);
        RuleFor(draft => draft.Impact).IsOneOf(IntakeFields.Impact, priorities.Impact);
        RuleFor(draft => draft).Finds(IntakeFields.Complainant, draft => Identified(draft, rules));
        RuleFor(draft => draft.Complainant).FindsEach(IntakeFields.Contacts, static complainant => complainant.Contacts.Select(
            contact => Format(contact)));
    }

    /// <summary>All that is wrong with a draft, as one refusal; <c>null</c> when nothing is.</summary>
    internal ComplaintError? Check(IntakeDraft draft, Instant now)
    {
        // First of all: whoever is in danger is not asked to fill in a form.
        if (GuideBook.StoppedBy(GuideFor(draft), draft.Answers) is { } stopped)
            return stopped;
        var result = Validate(draft);
        List<ComplaintError> early = [.. IntakeTimes.Early(draft, now, _rules.Settings.Zone)];
        if (draft.ReceivedAt is { } received && received > now)
            early.Add(new("time.in_future", ("field", IntakeFields.ReceivedAt), ("value", received), ("bound", now)));
        return result.IsValid && early.Count == 0 ? null
            : new ComplaintError("validation.failed") { Details = [.. result.Findings(), .. early] };
    }

    private Guide? GuideFor(IntakeDraft draft) => draft.Answers.IsEmpty ? null : _rules.Guides.For(draft, _rules)?.Guide;

    private static ComplaintError? KindOfItem(IntakeDraft draft, Rulebook rules) =>
        draft.Item is { Kind: { Length: > 0 } kind } ? rules.Items.Check(IntakeFields.ItemKind, kind) : null;

    private static ComplaintError? Identified(IntakeDraft draft, Rulebook rules) =>
        draft.Complainant.IsAnonymous && rules.Kinds.Find(draft.Kind) is { AnonymousAllowed: false } kind
            ? new("complainant.required", ("kind", kind))
            : null;

    /// <summary>A number that can be dialled, an address that can be written to. A ledger's are taken as they are.</summary>
    internal static ComplaintError? Format(ContactPoint contact, string? field = null)
    {
        if (ComplainantRules.Contact(contact) is not null)
            return null;
        return contact.Kind switch
        {
            ContactPoint.Phone when !PhoneText.IsWritten(contact.Value) =>
                Malformed(new("a phone number of 3 to 20 digits", "3 到 20 位的电话号码")),
            ContactPoint.Email when !EmailPattern().IsMatch(contact.Value) => Malformed(new("an e-mail address", "电子邮件地址")),
            _ => null,
        };

        ComplaintError Malformed(Label expected) =>
            new("text.format", ("field", Named(contact, field)), ("value", Text.Mask(contact.Value)), ("expected", expected));
    }

    private static Field Named(ContactPoint contact, string? field)
    {
        var known = ComplainantRules.ValueOf(contact);
        return field is null ? known : known with { Name = field };
    }

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailPattern();
}
