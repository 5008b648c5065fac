using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using FluentValidation;
using FluentValidation.Results;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>
/// Checks a draft against a tenant's definitions, all fields at once. Every finding carries a code, the field, the value (masked where it
/// is personal) and the
/// remedy, in English and Chinese. Built once a rulebook and thread-safe.
/// </summary>
public sealed partial class IntakeValidator : AbstractValidator<IntakeDraft>
{
    /// <summary>A validator for the definitions of one tenant.</summary>
    public IntakeValidator(Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Require("channel", draft => draft.Channel, (field, value) => rules.Channels.Check(field, value));
        Require("kind", draft => draft.Kind, (field, value) => rules.Kinds.Check(field, value));
        Require("title", draft => draft.Title, static (field, value) => Text.Check(field, value, Text.Title));
        Require("entryPoint", draft => draft.EntryPoint, Optional(Text.Id));
        Require("language", draft => draft.Language, Optional(35));
        Require("tier", draft => draft.Tier, Optional(Text.Id));
        Require("category", draft => draft, (_, draft) => rules.Categories.Value.Check(draft.Category, draft.Subcategory));
        Require("severity", draft => draft.Severity, (field, value) => value is null ? null : rules.Priorities.Value.Severity.Check(field, value));
        Require("urgency", draft => draft.Urgency, (field, value) => value is null ? null : rules.Priorities.Value.Urgency.Check(field, value));
        Require("impact", draft => draft.Impact, (field, value) => value is null ? null : rules.Priorities.Value.Impact.Check(field, value));
        Require("complainant", draft => draft, (_, draft) => CheckIdentified(draft, rules));
        Require("complainant.name", draft => draft.Complainant.Name, Optional(Text.Id));
        Require("complainant.customerRef", draft => draft.Complainant.CustomerRef, Optional(Text.Id));
        Require("complainant.address", draft => draft.Complainant.Address, Optional(Text.Short));
        Require("narrative", draft => draft.Statement.Narrative, Optional(Text.Narrative));
        Require("desiredOutcome", draft => draft.Statement.DesiredOutcome, Optional(Text.Long));
        Require("incidentPlace", draft => draft.Statement.IncidentPlace, Optional(Text.Short));
        Require("incidentTime", draft => draft.Statement.IncidentTime, Optional(Text.Id));
        Require("item.kind", draft => draft.Item?.Kind, Optional(Text.Id));
        Require("item.ref", draft => draft.Item?.Ref, Optional(Text.Title));
        Require("item.model", draft => draft.Item?.Model, Optional(Text.Title));
        Require("externalRef", draft => draft.ExternalRef, static (field, value) =>
            value is null ? null : Text.Check($"{field}.source", value.Source, Text.Id) ?? Text.Check($"{field}.id", value.Id, Text.Title));
        Require("contact", draft => draft.Contact, static (field, value) => value?.Check(field));
        RequireEach("risks", draft => draft.Risks, Text.Id);
        RuleForEach(draft => draft.Complainant.Contacts).Custom(static (contact, context) => Report(context, CheckContact(contact)));
        RuleForEach(draft => draft.Attributes).Custom(static (attribute, context) =>
            Report(context, Text.Check("attributes", attribute.Key, Text.Id) ?? Text.Check($"attributes.{attribute.Key}", attribute.Value, Text.Short, required: false)));
    }

    /// <summary>All that is wrong with a draft, as one refusal; <c>null</c> when nothing is.</summary>
    internal ComplaintError? Check(IntakeDraft draft, Instant now)
    {
        var result = Validate(draft);
        var future = draft.ReceivedAt is { } received && received > now ? new ComplaintError("time.in_future", ("field", "receivedAt"), ("value", received), ("bound", now)) : null;
        if (result.IsValid && future is null)
            return null;
        var details = result.Errors.Select(failure => (ComplaintError)failure.CustomState);
        return new ComplaintError("validation.failed") { Details = [.. details, .. future is null ? ImmutableArray<ComplaintError>.Empty : [future]] };
    }

    private void Require<T>(string field, Func<IntakeDraft, T> value, Func<string, T, ComplaintError?> check) =>
        RuleFor(draft => draft).Custom((draft, context) => Report(context, check(field, value(draft))));

    private void RequireEach(string field, Func<IntakeDraft, ImmutableArray<string>> values, int length) =>
        RuleFor(draft => draft).Custom((draft, context) =>
        {
            foreach (var value in values(draft))
                Report(context, Text.Check(field, value, length));
        });

    private static Func<string, string?, ComplaintError?> Optional(int length) =>
        (field, value) => Text.Check(field, value, length, required: false);

    private static ComplaintError? CheckIdentified(IntakeDraft draft, Rulebook rules) =>
        draft.Complainant.IsAnonymous && rules.Kinds.Find(draft.Kind) is { AnonymousAllowed: false }
            ? new("complainant.required", ("kind", draft.Kind))
            : null;

    private static ComplaintError? CheckContact(ContactPoint contact)
    {
        var field = $"contact.{contact.Kind}";
        if ((Text.Check("contact.kind", contact.Kind, Text.Id) ?? Text.Check(field, contact.Value, Text.Title)) is { } bad)
            return bad;
        return contact.Kind switch
        {
            ContactPoint.Phone when !PhonePattern().IsMatch(contact.Value) => Malformed("a phone number of 3 to 20 digits / 3 到 20 位的电话号码"),
            ContactPoint.Email when !EmailPattern().IsMatch(contact.Value) => Malformed("an e-mail address / 电子邮件地址"),
            _ => null,
        };

        ComplaintError Malformed(string expected) => new("text.format", ("field", field), ("value", Text.Mask(contact.Value)), ("expected", expected));
    }

    private static void Report(ValidationContext<IntakeDraft> context, ComplaintError? error)
    {
        if (error is null)
            return;
        context.AddFailure(new ValidationFailure(error.Data.GetValueOrDefault("field", ""), error.Message) { ErrorCode = error.Code, CustomState = error });
    }

    [GeneratedRegex(@"^\+?(?:[ ()\-./]*\d){3,20}[ ]*(?:[x#转][ ]*\d{1,6})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailPattern();
}
