using Complaints.Core.History;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// What happened to a complaint, in the past tense: values and ids, never entities. An event knows how it changes the state and is never changed itself;
/// a new meaning is a new version of its type (see <see cref="EventCatalog"/>).
/// </summary>
public abstract record ComplaintEvent
{
    /// <summary>The personal values in it, which are sealed before the event is written.</summary>
    internal virtual IEnumerable<IPersonal?> PersonalValues => [];

    /// <summary>The state after this event.</summary>
    internal abstract Complaint Apply(Complaint complaint, EventMoment moment);
}

/// <summary>When an event happened, when it was written down, and by whom.</summary>
/// <param name="OccurredAt">When it happened; at most <paramref name="RecordedAt"/>.</param>
/// <param name="RecordedAt">When it was recorded; never decreases within a complaint.</param>
/// <param name="Actor">Who did it.</param>
public readonly record struct EventMoment(Instant OccurredAt, Instant RecordedAt, Actor Actor);
