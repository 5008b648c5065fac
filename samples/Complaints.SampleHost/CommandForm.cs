using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Complaints.SampleHost;

/// <summary>A command as a form, drawn from the library's catalogue: a new command of the library appears here by itself.</summary>
public sealed class CommandForm
{
    private static readonly Label Number = new("a number", "数字");
    private static readonly Label Moment = new("a date with a time", "日期和时间");
    private static readonly Label Date = new("a date", "日期");

    private readonly JsonObject _defaults;
    private readonly IFormCollection? _posted;

    /// <param name="command">The command.</param>
    /// <param name="case">The case, whose parts it may be about.</param>
    /// <param name="words">In which language and zone.</param>
    /// <param name="posted">What was typed, to be shown again after a refusal; <c>null</c> for an empty form.</param>
    public CommandForm(CommandInfo command, FormCase @case, Wording words, IFormCollection? posted)
    {
        (Command, _posted) = (command, posted);
        _defaults = (JsonObject)JsonNode.Parse(command.Defaults)!;
        Fields = [.. command.Fields.Where(field => field.Kind != FieldKind.Group).Select(field => new FormField(field, words.Say(field.Label), Choices(field, @case, words), Typed(field)))];
    }

    public CommandInfo Command { get; }

    public ImmutableArray<FormField> Fields { get; }

    /// <summary>The fields of the command as they were filled in, as JSON; or what is wrong with one.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="zone">The zone of the dates.</param>
    /// <param name="find">Finds a complaint by what people call it: its number.</param>
    public async Task<(string? Json, ComplaintError? Error)> ReadAsync(IFormCollection form, DateTimeZone zone, Func<string,
        Task<ComplaintId?>> find)
    {
        var json = new JsonObject();
        foreach (var field in Command.Fields.Where(field => field.Kind != FieldKind.Group))
        {
            var text = form[field.Name].ToString().Trim();
            if (field.Kind == FieldKind.Complaint)
            {
                if (text.Length == 0 || await find(text) is not { } found)
                    return (null, text.Length == 0 ? new("text.required", ("field", field)) : new("complaint.not_found", ("value", text)));
                json[field.Name] = found.Value;
                continue;
            }
            var (value, error) = ValueOf(field, form[field.Name], text, zone);
            if (error is not null)
                return (null, error);
            if (value is not null)
                json[field.Name] = value;
        }
        return (json.ToJsonString(), null);
    }

    private static (JsonNode? Value, ComplaintError? Error) ValueOf(Field field, StringValues posted, string text, DateTimeZone zone)
    {
        if (field.Kind == FieldKind.Codes)
            return (posted.Count == 0 ? null : new JsonArray([.. posted.Where(code => !string.IsNullOrWhiteSpace(code)).Select(code => (JsonNode?)code)]), null);
        if (field is { Kind: FieldKind.Flag, IsRequired: true })
            return (text is "true" or "on", null);
        if (text.Length == 0)
            return field is { IsRequired: true, Kind: FieldKind.Number or FieldKind.Moment or FieldKind.Date } || field is { Kind: FieldKind.Subject, MaxLength: null } ? (null, new("text.required", ("field", field))) : (null, null);
        return field.Kind switch
        {
            FieldKind.Flag => (text == "true", null),
            FieldKind.Number => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? (number, null) : Wrong(Number),
            FieldKind.Subject when field.MaxLength is null => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? (part, null) : Wrong(Number),
            FieldKind.Amount => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? (amount, null) : Wrong(Number),
            FieldKind.Date => LocalDatePattern.Iso.Parse(text).Success ? (text, null) : Wrong(Date),
            FieldKind.Moment => LocalDateTimePattern.GeneralIso.Parse(text.Length == 16 ? text + ":00" : text) is { Success: true } local
                ? (InstantPattern.ExtendedIso.Format(zone.AtLeniently(local.Value).ToInstant()), null)
                : Wrong(Moment),
            _ => (text, null),
        };

        (JsonNode?, ComplaintError?) Wrong(Label expected) => (null, new("text.format", ("field", field), ("value", text), ("expected", expected)));
    }

    /// <summary>What was typed, else the command's own default.</summary>
    private ImmutableArray<string> Typed(Field field)
    {
        if (_posted is not null)
            return [.. _posted[field.Name].OfType<string>()];
        return _defaults[field.Name] is JsonValue value && field.Kind is FieldKind.Text or FieldKind.Code or FieldKind.Flag or FieldKind.Amount ? [value.ToString()] : [];
    }

    private static ImmutableArray<(string Code, string Label)> Choices(Field field, FormCase @case, Wording words) => field.Kind switch
    {
        FieldKind.Person => [.. Visitor.Cast.Select(member => (member.Actor.Id, words.IsChinese ? member.Zh : member.En))],
        FieldKind.Subject => [.. @case.Subjects.Select(subject => (subject.Key, SubjectWords.Of(@case.Complaint, subject, @case.Rules, words)))],
        FieldKind.Flag when !field.IsRequired => [("true", words.IsChinese ? "是" : "yes"), ("false", words.IsChinese ? "否" : "no")],
        _ => [.. field.ChoicesIn(@case.Rules).Select(item => (item.Code, words.Say(item.Label)))],
    };
}

/// <summary>The case that a form is about.</summary>
/// <param name="Complaint">The case.</param>
/// <param name="Rules">Its tenant's definitions.</param>
/// <param name="Subjects">What the command may be about now.</param>
public sealed record FormCase(Complaint Complaint, Rulebook Rules, ImmutableArray<Subject> Subjects);

/// <summary>One field of a form.</summary>
public sealed record FormField(Field Field, string Label, ImmutableArray<(string Code, string Label)> Choices, ImmutableArray<string> Typed)
{
    public string Name => Field.Name;

    public bool Has(string code) => Typed.Contains(code);

    public string? Value => Typed.IsEmpty ? null : Typed[0];
}
