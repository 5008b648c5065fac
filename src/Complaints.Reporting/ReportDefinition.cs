using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core;

namespace Complaints.Reporting;

/// <summary>What a report counts beyond the figures that every report has: data that a host changes.</summary>
public sealed record ReportDefinition
{
    /// <summary>Attributes to count by: a source's facts, such as <c>department</c>.</summary>
    public ImmutableArray<string> Attributes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Groups of outcomes, each a share, by name.</summary>
    public ImmutableSortedDictionary<string, OutcomeGroup> OutcomeGroups { get; init => field = value ?? NoGroups; } = NoGroups;

    /// <summary>What counts as a repeat.</summary>
    public RepeatWindow Repeat { get; init => field = value ?? new(); } = new();

    private static readonly ImmutableSortedDictionary<string, OutcomeGroup> NoGroups = ImmutableSortedDictionary.Create<string, OutcomeGroup>(StringComparer.Ordinal);

    /// <summary>Reads a definition from JSON; comments are allowed, unknown keys are not.</summary>
    /// <returns>The definition, or <c>definition.syntax</c>.</returns>
    public static (ReportDefinition? Definition, ComplaintError? Refusal) Read(string json)
    {
        try
        {
            var definition = JsonSerializer.Deserialize(json, ReportDefinitionJson.Default.ReportDefinition);
            return definition is null
                ? (null, new ComplaintError("definition.syntax", ("path", "$"), ("value", "null")))
                : definition.Repeat.WindowDays is < 1 or > 3_660
                    ? (null, new ComplaintError("number.out_of_range", ("field", "repeat.windowDays"), ("value", definition.Repeat.WindowDays), ("low", 1), ("high", 3_660)))
                    : (definition, null);
        }
        catch (JsonException e)
        {
            return (null, new ComplaintError("definition.syntax", ("path", e.Path ?? "$"), ("value", e.Message)));
        }
    }
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
        Among.IsEmpty && AmongPrefix is null || Among.Contains(outcome, StringComparer.Ordinal) || AmongPrefix is { } prefix && outcome.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>A complaint is a repeat when the previous one with the same repeat key was received at most this long before, the bound included.</summary>
/// <param name="WindowDays">Days of 24 hours, 1 to 3,660.</param>
public sealed record RepeatWindow(int WindowDays = 30);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportDefinition))]
internal sealed partial class ReportDefinitionJson : JsonSerializerContext;
