using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.SampleHost;

/// <summary>A command as a form, made from the constructor of its record: a new command of the library appears here by itself.</summary>
public sealed class CommandForm
{
    private static readonly FrozenDictionary<ComplaintTrigger, ConstructorInfo> Constructors = typeof(ComplaintCommand).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ComplaintCommand)) && !type.IsAbstract && Enum.TryParse<ComplaintTrigger>(type.Name, out _))
        .ToFrozenDictionary(type => Enum.Parse<ComplaintTrigger>(type.Name), type => type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!);

    private static readonly HashSet<string> Long = ["Note", "Summary", "Comment", "Description", "Amendment", "Promise"];

    private readonly ConstructorInfo _constructor;

    private CommandForm(ConstructorInfo constructor, ImmutableArray<Field> fields) => (_constructor, Fields) = (constructor, fields);

    public ImmutableArray<Field> Fields { get; }

    /// <summary>The form of a command on a complaint, with the choices that the definitions offer.</summary>
    public static CommandForm For(ComplaintTrigger trigger, Complaint complaint, Rulebook rules, CultureInfo culture)
    {
        var constructor = Constructors[trigger];
        return new(constructor, [.. constructor.GetParameters().Where(FitsAField).Select(parameter => new Field(
            parameter.Name!,
            KindOf(parameter),
            IsOptional(parameter),
            parameter.HasDefaultValue ? parameter.DefaultValue : null,
            Choices(trigger, parameter, complaint, rules, culture)))]);
    }

    /// <summary>The command that was filled in, or the field that does not parse.</summary>
    public (ComplaintCommand? Command, string? WrongField) Read(IFormCollection form, DateTimeZone zone)
    {
        var values = new List<object?>();
        foreach (var parameter in _constructor.GetParameters())
        {
            if (!TryParse(parameter, form[parameter.Name!], zone, out var value))
                return (null, parameter.Name);
            values.Add(value);
        }
        return ((ComplaintCommand)_constructor.Invoke([.. values]), null);
    }

    private static bool TryParse(ParameterInfo parameter, Microsoft.Extensions.Primitives.StringValues posted, DateTimeZone zone, out object? value)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var text = posted.ToString().Trim();
        value = null;
        if (type == typeof(ImmutableArray<string>))
        {
            value = posted.Count == 0 && parameter.HasDefaultValue ? null : posted.Where(item => !string.IsNullOrWhiteSpace(item)).Select(item => item!).ToImmutableArray();
            return true;
        }
        if (parameter.ParameterType == typeof(bool))
        {
            value = text is "true" or "on";
            return true;
        }
        if (text.Length == 0)
        {
            value = type == typeof(string) && !IsOptional(parameter) ? "" : null;
            return value is not null || IsOptional(parameter) && !(parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null) || Fallback(parameter, out value);
        }
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => text == "true",
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ when type == typeof(decimal) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null,
            _ when type == typeof(ComplaintId) => Guid.TryParse(text, out var id) ? new ComplaintId(id) : null,
            _ when type == typeof(LocalDate) => LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null,
            _ when type == typeof(Instant) => LocalDateTimePattern.GeneralIso.Parse(text.Length == 16 ? text + ":00" : text) is { Success: true } local ? zone.AtLeniently(local.Value).ToInstant() : null,
            _ when type.IsEnum => Enum.TryParse(type, text, out var code) && Enum.IsDefined(type, code!) ? code : null,
            _ => null,
        };
        return value is not null;
    }

    private static bool Fallback(ParameterInfo parameter, out object? value)
    {
        value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return parameter.HasDefaultValue;
    }

    private static bool IsOptional(ParameterInfo parameter) =>
        parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    /// <summary>False for what is made of several values, such as a customer's wishes about contacts: it is optional and left out here.</summary>
    private static bool FitsAField(ParameterInfo parameter) => parameter.ParameterType.IsValueType || parameter.ParameterType == typeof(string);

    private static FieldKind KindOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type switch
        {
            _ when parameter.ParameterType == typeof(bool) => FieldKind.Check,
            _ when type == typeof(ImmutableArray<string>) => FieldKind.Many,
            _ when type == typeof(LocalDate) => FieldKind.Date,
            _ when type == typeof(decimal) => FieldKind.Amount,
            _ when type == typeof(Instant) => FieldKind.Moment,
            _ when type == typeof(string) && Long.Contains(parameter.Name!) => FieldKind.Long,
            _ => FieldKind.Short,
        };
    }

    private static ImmutableArray<(string Code, string Label)> Choices(ComplaintTrigger trigger, ParameterInfo parameter, Complaint complaint, Rulebook rules, CultureInfo culture)
    {
        var chinese = culture.TwoLetterISOLanguageName == "zh";
        var priorities = rules.Priorities.Value;
        return parameter.Name switch
        {
            "Channel" => Items(rules.Channels.Items),
            "Kind" => Items(rules.Kinds.Items.Where(kind => !kind.Inquiry)),
            "Category" => Items(rules.Categories.Value.Categories),
            "Subcategory" => [.. rules.Categories.Value.Categories.SelectMany(category => category.Subcategories.Select(item => (item.Code, $"{category.Label.In(culture)} / {item.Label.In(culture)}")))],
            "Severity" => Items(priorities.Severity.Items),
            "Urgency" => Items(priorities.Urgency.Items),
            "Impact" => Items(priorities.Impact.Items),
            "Remedies" => Items(rules.Remedies.Items),
            "Outcome" when trigger == ComplaintTrigger.LapseConsent => Items(rules.Outcomes.Items.Where(item => item.Code is "no-answer" or "no-agreement")),
            "Outcome" => Items(rules.Outcomes.Items),
            "Reason" when trigger == ComplaintTrigger.PlaceOnHold => Items(rules.HoldReasons.Items),
            "Reason" when trigger == ComplaintTrigger.ReleaseHold => [.. complaint.Progress.Holds.Select(hold => (hold.Reason, rules.HoldReasons.Find(hold.Reason)?.Label.In(culture) ?? hold.Reason))],
            "Owner" or "Reviewer" => [.. Visitor.Cast.Select(member => (member.Actor.Id, chinese ? member.Zh : member.En))],
            "Proposal" => [.. complaint.Settlement.Proposals.Select(proposal => ($"{proposal.Number}", $"{proposal.Number}: {string.Join(", ", proposal.Remedies)} ({proposal.Status})"))],
            "Approval" => [.. complaint.Settlement.Approvals.Where(approval => approval.Status == ApprovalStatus.Pending).Select(approval => ($"{approval.Number}", $"{approval.Number}: {Words.Of("field.Proposal", chinese)} {approval.Proposal}"))],
            "Satisfied" => [("true", Words.Of("yes", chinese)), ("false", Words.Of("no", chinese))],
            "Clock" => [.. Clocks.Project(complaint, rules).Where(clock => clock.IsRunning && clock.Subject is null).Select(clock => (clock.Id, Words.Of(clock.Objective, chinese)))],
            "Extension" => [.. complaint.Clocks.Extensions.Where(extension => extension.Status == ExtensionStatus.Pending).Select(extension => ($"{extension.Number}", $"{extension.Number}: {Words.Of(extension.Clock.Split('/')[0], chinese)}"))],
            "Commitment" => [.. complaint.Clocks.Commitments.Where(commitment => commitment.IsOpen).Select(commitment => ($"{commitment.Number}", $"{commitment.Number}: {Words.Of("due", chinese)} {commitment.Due}"))],
            "Scope" => [.. Enum.GetNames(parameter.ParameterType).Select(name => (name, Words.Of(name, chinese)))],
            "Direction" => [.. Enum.GetNames(parameter.ParameterType).Reverse().Select(name => (name, Words.Of(name, chinese)))],
            _ => [],
        };

        ImmutableArray<(string Code, string Label)> Items(IEnumerable<ICodeItem> items) => [.. items.Select(item => (item.Code, item.Label.In(culture)))];
    }
}

/// <summary>One field of a form.</summary>
public sealed record Field(string Name, FieldKind Kind, bool Optional, object? Default, ImmutableArray<(string Code, string Label)> Choices);

public enum FieldKind
{
    Short,
    Long,
    Check,
    Many,
    Date,
    Moment,
    Amount,
}
