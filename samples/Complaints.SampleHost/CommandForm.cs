using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
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

    private static readonly Label Separated = new("Numbers, separated by commas, blanks or new lines", "可填多个编号，用逗号、顿号、空格或换行分隔");

    /// <summary>What people put between numbers, in whichever width their keyboard has.</summary>
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n', '，', '；', '、', '\u3000'];

    private readonly JsonObject _defaults;
    private readonly IFormCollection? _posted;

    /// <param name="command">The command.</param>
    /// <param name="case">What the case says to a form.</param>
    /// <param name="words">In which language and zone.</param>
    /// <param name="posted">What was typed, to be shown again after a refusal; <c>null</c> for an empty form.</param>
    public CommandForm(CommandInfo command, FormCase @case, Wording words, IFormCollection? posted)
    {
        (Command, _posted) = (command, posted);
        _defaults = (JsonObject)JsonNode.Parse(command.Defaults)!;
        Fields = [.. command.Fields.Where(field => field.Kind != FieldKind.Group && !IsAboutNothing(field, @case))
            .Select(field => new FormField(field, words.Say(field.Label), Choices(field, @case, words), Typed(field))
            {
                Hint = field.Kind == FieldKind.Complaints ? words.Say(Separated) : null,
            })];
    }

    /// <summary>What it may be about, and there is none of it.</summary>
    private static bool IsAboutNothing(Field field, FormCase @case) =>
        field is { Kind: FieldKind.Subject or FieldKind.Subjects, IsRequired: false } && @case.Subjects.IsEmpty;

    public CommandInfo Command { get; }

    public ImmutableArray<FormField> Fields { get; }

    /// <summary>False when it asks for a code of which the case has none.</summary>
    public bool CanBeFilledIn =>
        Fields.All(asked => asked is not { Field: { IsRequired: true, Kind: FieldKind.Code }, Choices.IsEmpty: true });

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
            var (value, error) = field.Kind switch
            {
                FieldKind.Complaint => await ComplaintAsync(field, text, find),
                FieldKind.Complaints => await ComplaintsAsync(field, text, find),
                _ => ValueOf(field, form[field.Name], text, zone),
            };
            if (error is not null)
                return (null, error);
            if (value is not null)
                json[field.Name] = value;
        }
        return (json.ToJsonString(), null);
    }

    private static async Task<(JsonNode? Value, ComplaintError? Error)> ComplaintAsync(
        Field field, string number, Func<string, Task<ComplaintId?>> find)
    {
        if (number.Length == 0)
            return (null, field.IsRequired || field.Kind == FieldKind.Complaints ? new("text.required", ("field", field)) : null);
        return await find(number) is { } found ? (found.Value, null) : (null, new("complaint.not_found", ("value", number)));
    }

    private static async Task<(JsonNode? Value, ComplaintError? Error)> ComplaintsAsync(
        Field field, string text, Func<string, Task<ComplaintId?>> find)
    {
        var numbers = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        if (numbers.Count > field.Highest)
        {
            var low = field.IsRequired ? 1 : 0;
            return (null, new("number.out_of_range", ("field", field), ("value", numbers.Count), ("low", low), ("high", field.Highest)));
        }
        var complaints = new JsonArray();
        foreach (var number in numbers)
        {
            var (complaint, error) = await ComplaintAsync(field, number, find);
            if (error is not null)
                return (null, error);
            complaints.Add(complaint);
        }
        return (complaints, null);
    }

    private static (JsonNode? Value, ComplaintError? Error) ValueOf(Field field, StringValues posted, string text, DateTimeZone zone)
    {
        if (field.Kind == FieldKind.Codes)
            return (posted.Count == 0 ? null : new JsonArray([.. posted.Where(code => !string.IsNullOrWhiteSpace(code)).Select(code => (JsonNode?)code)]), null);
        if (field.Kind == FieldKind.Subjects)
            return (new JsonArray([.. posted.SelectMany(Part)]), null);
        if (field is { Kind: FieldKind.Flag, IsRequired: true })
            return (text is "true" or "on", null);
        if (text.Length == 0)
            return field is { IsRequired: true, Kind: FieldKind.Number or FieldKind.Moment or FieldKind.Date }
                || field is { IsRequired: true, Kind: FieldKind.Subject, MaxLength: null } ? (null, new("text.required", ("field", field)))
                : (null, null);
        return field.Kind switch
        {
            FieldKind.Flag => (text == "true", null),
            FieldKind.Number => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? (number, null) : Wrong(Number),
            FieldKind.Subject when field is { MaxLength: null, IsNamedInFull: false } =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? (part, null) : Wrong(Number),
            FieldKind.Amount => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? (amount, null) : Wrong(Number),
            FieldKind.Date => LocalDatePattern.Iso.Parse(text).Success ? (text, null) : Wrong(Date),
            FieldKind.Moment => LocalDateTimePattern.GeneralIso.Parse(text.Length == 16 ? text + ":00" : text) is { Success: true } local
                ? (InstantPattern.ExtendedIso.Format(zone.AtLeniently(local.Value).ToInstant()), null)
                : Wrong(Moment),
            _ => (text, null),
        };

        (JsonNode?, ComplaintError?) Wrong(Label expected) => (null, new("text.format", ("field", field), ("value", text), ("expected", expected)));
    }

    /// <summary>The number of a part of the case, if it is one.</summary>
    private static IEnumerable<JsonNode?> Part(string? number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? [part] : [];

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
        FieldKind.Subject or FieldKind.Subjects =>
            [.. @case.Subjects.Select(subject => (field.IsNamedInFull ? subject.ToString() : subject.Key, @case.About(subject)))],
        FieldKind.Flag when !field.IsRequired => [("true", words.IsChinese ? "是" : "yes"), ("false", words.IsChinese ? "否" : "no")],
        _ => [.. @case.ChoicesOf(field).Select(item => (item.Code, words.Say(item.Label)))],
    };
}

/// <summary>What a case says to the form of a command.</summary>
/// <param name="Rules">Its tenant's definitions.</param>
/// <param name="Subjects">What the command may be about now.</param>
/// <param name="About">What one of them is called.</param>
public sealed record FormCase(Rulebook Rules, ImmutableArray<Subject> Subjects, Func<Subject, string> About)
{
    /// <summary>The codes that a field may take here; what the tenant has, unless the case narrows it.</summary>
    public Func<Field, IEnumerable<ICodeItem>> ChoicesOf { get; init; } = field => field.ChoicesIn(Rules);
}

/// <summary>One field of a form.</summary>
public sealed record FormField(
    Field Field, string Label, ImmutableArray<(string Code, string Label)> Choices, ImmutableArray<string> Typed)
{
    public string Name => Field.Name;

    /// <summary>How to fill it in, where that does not go without saying.</summary>
    public string? Hint { get; init; }

    public bool Has(string code) => Typed.Contains(code);

    public string? Value => Typed.IsEmpty ? null : Typed[0];
}
