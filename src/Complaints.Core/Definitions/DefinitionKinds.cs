using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Calendars;
using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Definitions;

/// <summary>The kinds of definitions: their names, and how each is read and checked.</summary>
public static class DefinitionKinds
{
    /// <summary>Zone, languages, numbers of the tenant.</summary>
    public const string Tenant = "tenant";

    /// <summary>Channels.</summary>
    public const string Channels = "channels";

    /// <summary>Kinds of cases.</summary>
    public const string CaseKinds = "kinds";

    /// <summary>Outcomes.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>Hold reasons.</summary>
    public const string HoldReasons = "hold-reasons";

    /// <summary>Remedies.</summary>
    public const string Remedies = "remedies";

    /// <summary>The category catalogue.</summary>
    public const string Categories = "categories";

    /// <summary>The priority table.</summary>
    public const string Priorities = "priorities";

    /// <summary>Rules that suggest a classification.</summary>
    public const string ClassificationRules = "classification-rules";

    /// <summary>The repeat rule.</summary>
    public const string Repeats = "repeats";

    /// <summary>Business calendars; many ids.</summary>
    public const string Calendar = "calendar";

    /// <summary>SLA policies; many ids.</summary>
    public const string Policy = "policy";

    /// <summary>When customers may be contacted.</summary>
    public const string ContactHours = "contact-hours";

    private static readonly FrozenDictionary<string, Reader> Readers = new Reader[]
    {
        new(Tenant, DefinitionJson.Default.TenantSettings, (value, _, _) => ((TenantSettings)value).Problems()),
        new(Channels, DefinitionJson.Default.CodeListCodeItem, (value, _, _) => ListProblems((CodeList<CodeItem>)value)),
        new(CaseKinds, DefinitionJson.Default.CodeListCaseKind, (value, _, _) => ListProblems((CodeList<CaseKind>)value)),
        new(Outcomes, DefinitionJson.Default.CodeListCodeItem, (value, _, _) => ListProblems((CodeList<CodeItem>)value)),
        new(HoldReasons, DefinitionJson.Default.CodeListHoldReason, (value, _, _) => HoldProblems((CodeList<HoldReason>)value)),
        new(Remedies, DefinitionJson.Default.CodeListCodeItem, (value, _, _) => ListProblems((CodeList<CodeItem>)value)),
        new(Categories, DefinitionJson.Default.CategoryCatalogue, (value, _, _) => ((CategoryCatalogue)value).Problems()),
        new(Priorities, DefinitionJson.Default.PriorityTable, (value, _, _) => ((PriorityTable)value).Problems()),
        new(ClassificationRules, DefinitionJson.Default.ClassificationRules, (value, _, rules) => ((ClassificationRules)value).Problems(rules.Categories.Value)),
        new(Repeats, DefinitionJson.Default.RepeatRule, (value, _, _) => RepeatProblems((RepeatRule)value)),
        new(Calendar, DefinitionJson.Default.CalendarDefinition, (value, id, rules) => rules.CalendarSet.Problems(id, (CalendarDefinition)value)),
        new(Policy, DefinitionJson.Default.SlaPolicy, (value, id, rules) => PolicyRules.Problems(id, (SlaPolicy)value, rules)),
        new(ContactHours, DefinitionJson.Default.ContactHours, (value, _, _) => ((FollowUp.ContactHours)value).Problems()),
    }.ToFrozenDictionary(reader => reader.Kind, StringComparer.Ordinal);

    /// <summary>All kinds.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Checks a definition before it is published: kind, syntax, content, and what it refers to.</summary>
    /// <returns><c>null</c>, or <c>definition.invalid</c> with one detail a finding, or <c>definition.kind_unknown</c>.</returns>
    public static ComplaintError? Check(string kind, string id, string json, Rulebook rules)
    {
        if (!Readers.TryGetValue(kind, out var reader))
            return new("definition.kind_unknown", ("value", kind), ("known", string.Join(", ", Names)));
        if (Text.Check("id", id, Text.Id) is { } badId)
            return badId;
        ImmutableArray<ComplaintError> problems;
        try
        {
            problems = [.. reader.Problems(Parse(reader, json), id, rules)];
        }
        catch (JsonException e)
        {
            problems = [new("definition.syntax", ("path", e.Path ?? "$"), ("value", e.Message))];
        }
        return problems.IsEmpty ? null : new("definition.invalid", ("kind", kind), ("id", id)) { Details = problems };
    }

    /// <summary>Reads a definition that was checked, by this program or by a newer one: members that this one does not know are passed
    /// over.</summary>
    internal static object Read(Definition definition)
    {
        try
        {
            return JsonSerializer.Deserialize(definition.Json, Lenient.GetTypeInfo(Readers[definition.Kind].Type.Type)!) ?? throw new JsonException("The definition is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The definition {definition.Kind}/{definition.Id} v{definition.Version} does not parse: {e.Message}", e);
        }
    }

    /// <summary>What a definition says that this program does not know; <c>null</c> when it understands all of it.</summary>
    internal static string? NotUnderstood(Definition definition)
    {
        if (!Readers.TryGetValue(definition.Kind, out var reader))
            return $"the kind '{definition.Kind}'";
        try
        {
            return Parse(reader, definition.Json) is TenantSettings settings ? settings.UnknownCommand : null;
        }
        catch (JsonException e)
        {
            return e.Path ?? "$";
        }
    }

    private static readonly DefinitionJson Lenient = new(new JsonSerializerOptions(DefinitionJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip });

    private static object Parse(Reader reader, string json) =>
        JsonSerializer.Deserialize(json, reader.Type) ?? throw new JsonException("The definition is null.");

    private static IEnumerable<ComplaintError> ListProblems<T>(CodeList<T> list) where T : class, ICodeItem
    {
        foreach (var problem in CodeListRules.Problems(list.Items, "items", mustHaveOne: true))
            yield return problem;
        if (list.DefaultCode is { } code && !list.Has(code))
            yield return new("definition.missing", ("path", "defaultCode"), ("value", code), ("known", list.Known()));
    }

    private static IEnumerable<ComplaintError> HoldProblems(CodeList<HoldReason> reasons) =>
        ListProblems(reasons).Concat(reasons.Items.SelectMany((reason, i) => reason.Ceiling?.Problems($"items[{i}].ceiling") ?? []));

    private static IEnumerable<ComplaintError> RepeatProblems(RepeatRule rule)
    {
        if (rule.WindowDays is < 1 or > 3_660)
            yield return new("number.out_of_range", ("field", "windowDays"), ("value", rule.WindowDays), ("low", 1), ("high", 3_660));
    }

    private sealed record Reader(string Kind, JsonTypeInfo Type, Func<object, string, Rulebook, IEnumerable<ComplaintError>> Problems);
}
