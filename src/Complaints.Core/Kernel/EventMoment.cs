using NodaTime;

namespace Complaints.Core;

/// <summary>When an event happened, when it was written down, and by whom.</summary>
/// <param name="OccurredAt">When it happened; at most <paramref name="RecordedAt"/>.</param>
/// <param name="RecordedAt">When it was recorded; never decreases within a complaint.</param>
/// <param name="Actor">Who did it.</param>
public readonly record struct EventMoment(Instant OccurredAt, Instant RecordedAt, Actor Actor)
{
    /// <summary>The moment of one event of a decision.</summary>
    internal EventMoment Of(Instant? happenedAt) => happenedAt is { } at ? this with { OccurredAt = at } : this;
}
