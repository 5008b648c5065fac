using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Complaints.Core.Investigation;

/// <summary>The investigation's part of a complaint: what was and is to be done, what was found, and who answers for it.</summary>
public sealed record Inquiry
{
    /// <summary>Nothing was planned and nothing found.</summary>
    public static Inquiry None { get; } = new();

    /// <summary>What is to be done by somebody, or was; over all rounds.</summary>
    public ImmutableArray<CaseStep> Steps { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was found, over all rounds.</summary>
    public ImmutableArray<Finding> Findings { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who answers for what was found. No member of the public state, so that nobody shows it without having asked: a desk tells
    /// it beside the complaint to who may see it.</summary>
    [JsonIgnore]
    internal ImmutableArray<Liability> Liabilities
    {
        get => LiabilitiesWritten ?? [];
        init => LiabilitiesWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored.</summary>
    [JsonInclude, JsonPropertyName("liabilities")]
    internal ImmutableArray<Liability>? LiabilitiesWritten { get; init; }
}
