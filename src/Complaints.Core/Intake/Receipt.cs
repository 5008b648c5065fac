using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>The intake's part of a complaint: how it was entered, and what came of that. What the customer said stays in the history; the
/// state keeps what decisions need.</summary>
public sealed record Receipt : IntakeEntry
{
    /// <summary>A receipt as a store kept it.</summary>
    public Receipt() { }

    /// <summary>The receipt of an entry.</summary>
    [SetsRequiredMembers]
    internal Receipt(IntakeEntry entry, Instant registeredAt) : base(entry) => RegisteredAt = registeredAt;

    /// <summary>When it was written down.</summary>
    public required Instant RegisteredAt { get; init; }

    /// <summary>The earlier complaint that this one repeats.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Similar complaints found at intake.</summary>
    public ImmutableArray<SimilarComplaint> Similar { get; init; } = [];

    /// <summary>The intake guide that was followed, in its version; <c>null</c> where there was none.</summary>
    public DefinitionRef? Guide { get; init; }

    /// <summary>What is not known and should be before the case is handled: codes of <see cref="GuideFields.All"/>, and of the guide's
    /// questions with <c>question.</c> before it.</summary>
    [JsonIgnore]
    public ImmutableArray<string> MissingFields
    {
        get => MissingWritten ?? [];
        init => MissingWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing where nothing is missing.</summary>
    [JsonInclude, JsonPropertyName("missing")]
    internal ImmutableArray<string>? MissingWritten { get; init; }

    /// <summary>When the receipt was confirmed to the customer.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>When a person first answered the customer.</summary>
    public Instant? FirstResponseAt { get; init; }

    /// <summary>True while a letter with a phone number waits for its call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CallbackPending { get; init; }

    /// <summary>Of which complaint it was a point before it was split off.</summary>
    public SplitOrigin? Split { get; init; }

    /// <summary>When an inquiry became a complaint.</summary>
    public Instant? ConvertedAt { get; init; }
}
