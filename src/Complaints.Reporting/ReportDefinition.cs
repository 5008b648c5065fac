using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Reporting;

/// <summary>What a report counts beyond the figures that every report has: data that a host changes. What it names must be known.</summary>
public sealed record ReportDefinition
{
    private const int MostNumbers = 20;

    private static readonly ImmutableSortedDictionary<string, OutcomeGroup> NoGroups =
        ImmutableSortedDictionary.Create<string, OutcomeGroup>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoCategories =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Attributes to count by: a source's facts, such as <c>department</c>.</summary>
    public ImmutableArray<string> Attributes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Groups of outcomes, each a share, by name.</summary>
    public ImmutableSortedDictionary<string, OutcomeGroup> OutcomeGroups { get; init => field = value ?? NoGroups; } = NoGroups;

    /// <summary>Groups of categories, each a share of all complaints that have a category, by name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> CategoryGroups { get; init => field = value ?? NoCategories; } =
        NoCategories;

    /// <summary>What counts as a repeat.</summary>
    public RepeatWindow Repeat { get; init => field = value ?? new(); } = new();

    /// <summary>The periods of the figures by period; months by default.</summary>
    public ReportPeriod Period { get; init; }

    /// <summary>How many complaints make a customer one of many complaints, 2 to 1,000; <c>null</c> for 2.</summary>
    public int? CustomersWith { get; init => field = value ?? 2; } = 2;

    /// <summary>How many of the greatest to name, 1 to 1,000; <c>null</c> for 10.</summary>
    public int? Top { get; init => field = value ?? 10; } = 10;

    /// <summary>Numbers to sum up and to name the greatest of: at most 20 names of measures such as <c>cost</c> or
    /// <c>stage.Investigating</c>.</summary>
    public ImmutableArray<string> Numbers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Reads a definition from JSON; comments are allowed, unknown keys are not.</summary>
    /// <returns>The definition, or <c>definition.syntax</c>, <c>number.out_of_range</c>, <c>list.too_long</c>,
    /// <c>report.number_unknown</c>.</returns>
    public static (ReportDefinition? Definition, ComplaintError? Refusal) Read(string json)
    {
        try
        {
            var definition = JsonSerializer.Deserialize(json, ReportDefinitionJson.Default.ReportDefinition);
            var problem = definition is null
                ? new ComplaintError("definition.syntax", ("path", "$"), ("value", "null"))
                : definition.Problem();
            return problem is null ? (definition, null) : (null, problem);
        }
        catch (JsonException e)
        {
            return (null, new ComplaintError("definition.syntax", ("path", e.Path ?? "$"), ("value", e.Message)));
        }
    }

    /// <summary>What is wrong with it whatever complaints there are.</summary>
    internal ComplaintError? Problem()
    {
        var range = OutOfRange("repeat.windowDays", Repeat.WindowDays, 1, 3_660)
            ?? OutOfRange("customersWith", CustomersWith!.Value, 2, 1_000) ?? OutOfRange("top", Top!.Value, 1, 1_000);
        if (range is not null)
            return range;
        if (Numbers.Length > MostNumbers)
            return new("list.too_long", ("field", "numbers"), ("length", Numbers.Length), ("bound", MostNumbers));
        for (var i = 0; i < Numbers.Length; i++)
        {
            if (RecordedNumbers.LabelOf(Numbers[i], Rulebook.BuiltIn) is null)
                return new("report.number_unknown", ("path", $"$.numbers[{i}]"), ("value", Numbers[i]), ("known", RecordedNumbers.Known));
        }
        return null;
    }

    private static ComplaintError? OutOfRange(string field, int value, int low, int high) =>
        value >= low && value <= high
            ? null
            : new("number.out_of_range", ("field", field), ("value", value), ("low", low), ("high", high));
}

/// <summary>The length of the periods by which a report counts.</summary>
public enum ReportPeriod
{
    /// <summary>A calendar month: <c>2026-09</c>.</summary>
    Month,

    /// <summary>A day: <c>2026-09-05</c>.</summary>
    Day,

    /// <summary>A week from Monday by ISO 8601: <c>2026-W36</c>.</summary>
    Week,

    /// <summary>Three months: <c>2026-Q3</c>.</summary>
    Quarter,

    /// <summary>A year: <c>2026</c>.</summary>
    Year,
}

/// <summary>A share of outcomes: those of the numerator among those of the denominator.</summary>
/// <param name="Outcomes">The outcomes that count.</param>
/// <param name="Among">The outcomes among which they count; empty for every one.</param>
/// <param name="AmongPrefix">Besides <paramref name="Among"/>: every outcome that begins so.</param>
public sealed record OutcomeGroup(ImmutableArray<string> Outcomes, ImmutableArray<string> Among = default, string? AmongPrefix = null)
{
    /// <summary>The outcomes that count; never <c>default</c>.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = Outcomes.IsDefault ? [] : Outcomes;

    /// <summary>The outcomes among which they count; never <c>default</c>.</summary>
    public ImmutableArray<string> Among { get; init; } = Among.IsDefault ? [] : Among;

    internal bool Has(string outcome) => Outcomes.Contains(outcome, StringComparer.Ordinal);

    internal bool IsAmong(string outcome) =>
        Among.IsEmpty && AmongPrefix is null
        || Among.Contains(outcome, StringComparer.Ordinal)
        || AmongPrefix is { } prefix && outcome.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>A complaint is a repeat when the previous one with the same repeat key was received at most this long before, the bound
/// included.</summary>
/// <param name="WindowDays">Days of 24 hours, 1 to 3,660.</param>
public sealed record RepeatWindow(int WindowDays = 30);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportDefinition))]
internal sealed partial class ReportDefinitionJson : JsonSerializerContext;
