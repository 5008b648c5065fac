using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core;

/// <summary>
/// What happened to a complaint, in the past tense: values and ids, never entities. An event knows how it changes the state and is never
/// changed itself;
/// a new meaning is a new version of its type.
/// </summary>
public abstract record ComplaintEvent : Event<Complaint>
{
    private protected ComplaintEvent() { }

    /// <summary>The same without the other cases and the improvements that it names; <c>null</c> where nothing is left to say.</summary>
    internal virtual ComplaintEvent? Alone => this;

    /// <summary>What starts, stops or restarts clocks.</summary>
    internal virtual IEnumerable<ClockFact> Facts(EventMoment moment) => [];

    /// <summary>The state after this event, clocks included.</summary>
    internal sealed override Complaint ApplyTo(Complaint state, EventMoment moment)
    {
        var next = Apply(state, moment);
        var clocks = next.Clocks;
        foreach (var fact in Facts(moment))
            clocks = clocks.With(fact);
        var course = Course.Follow(state, next, MovedAt(moment));
        return ReferenceEquals(clocks, next.Clocks) && ReferenceEquals(course, next.Course) ? next
            : next with { Clocks = clocks, Course = course };
    }

    /// <summary>When it moved the complaint on; <c>null</c> where a source does not say.</summary>
    internal virtual NodaTime.Instant? MovedAt(EventMoment moment) => moment.OccurredAt;

    /// <summary>The state after this event.</summary>
    internal abstract Complaint Apply(Complaint complaint, EventMoment moment);
}
