using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
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

    private static readonly FrozenDictionary<string, Reader> Readers = new Reader[]
    {
        new(Tenant, DefinitionJson.Default.TenantSettings, (value, _) => ((TenantSettings)value).Problems()),
        new(Channels, DefinitionJson.Default.CodeListCodeItem, (value, _) => ListProblems((CodeList<CodeItem>)value)),
        new(CaseKinds, DefinitionJson.Default.CodeListCaseKind, (value, _) => ListProblems((CodeList<CaseKind>)value)),
        new(Outcomes, DefinitionJson.Default.CodeListCodeItem, (value, _) => ListProblems((CodeList<CodeItem>)value)),
        new(HoldReasons, DefinitionJson.Default.CodeListHoldReason, (value, _) => HoldProblems((CodeList<HoldReason>)value)),
        new(Remedies, DefinitionJson.Default.CodeListCodeItem, (value, _) => ListProblems((CodeList<CodeItem>)value)),
        new(Categories, DefinitionJson.Default.CategoryCatalogue, (value, _) => ((CategoryCatalogue)value).Problems()),
        new(Priorities, DefinitionJson.Default.PriorityTable, (value, _) => ((PriorityTable)value).Problems()),
        new(ClassificationRules, DefinitionJson.Default.ClassificationRules, (value, rules) => ((ClassificationRules)value).Problems(rules.Categories.Value)),
        new(Repeats, DefinitionJson.Default.RepeatRule, (value, _) => RepeatProblems((RepeatRule)value)),
        new(Calendar, DefinitionJson.Default.CalendarDefinition, (value, _) => ((CalendarDefinition)value).Problems()),
        new(Policy, DefinitionJson.Default.SlaPolicy, (value, rules) => PolicyProblems((SlaPolicy)value, rules)),
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
            problems = [.. reader.Problems(Parse(reader, json), rules)];
        }
        catch (JsonException e)
        {
            problems = [new("definition.syntax", ("path", e.Path ?? "$"), ("value", e.Message))];
        }
        return problems.IsEmpty ? null : new("definition.invalid", ("kind", kind), ("id", id)) { Details = problems };
    }

    /// <summary>Reads a definition that was checked.</summary>
    internal static object Read(Definition definition)
    {
        try
        {
            return Parse(Readers[definition.Kind], definition.Json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The definition {definition.Kind}/{definition.Id} v{definition.Version} does not parse: {e.Message}", e);
        }
    }

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

    private static IEnumerable<ComplaintError> PolicyProblems(SlaPolicy policy, Rulebook rules)
    {
        foreach (var problem in policy.Problems())
            yield return problem;
        for (var i = 0; i < policy.Objectives.Length; i++)
        {
            if (policy.Objectives[i].Calendar is { } calendar && !rules.HasCalendar(calendar))
                yield return new("definition.missing", ("path", $"objectives[{i}].calendar"), ("value", calendar), ("known", string.Join(", ", rules.CalendarIds)));
            else if (TimeLimit.TryParse(policy.Objectives[i].Limit, out var limit))
            {
                foreach (var problem in limit.Problems($"objectives[{i}].limit", rules.Calendar(policy.Objectives[i].Calendar ?? rules.Settings.Calendar)))
                    yield return problem;
            }
        }
        if (policy.AppliesTo is not { } selection)
            yield break;
        foreach (var (path, codes, known) in new[]
        {
            ("appliesTo.kinds", selection.Kinds, rules.Kinds.Items.Select(item => item.Code)),
            ("appliesTo.categories", selection.Categories, rules.Categories.Value.Categories.Select(item => item.Code)),
            ("appliesTo.priorities", selection.Priorities, rules.Priorities.Value.Priority.Items.Select(item => item.Code)),
            ("appliesTo.channels", selection.Channels, rules.Channels.Items.Select(item => item.Code)),
        })
        {
            foreach (var code in codes.IsDefault ? [] : codes.Where(code => !known.Contains(code)))
                yield return new("definition.missing", ("path", path), ("value", code), ("known", string.Join(", ", known)));
        }
    }

    private sealed record Reader(string Kind, JsonTypeInfo Type, Func<object, Rulebook, IEnumerable<ComplaintError>> Problems);
}
