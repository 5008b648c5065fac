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
