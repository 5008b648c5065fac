using System.Text.Json.Serialization;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>
/// What somebody wants done to one complaint. A command knows its rule; it carries clear text, which exists only in memory:
/// what is kept of it are the events that it leads to.
/// </summary>
public abstract record ComplaintCommand
{
    /// <summary>The trigger of the lifecycle table that permits or refuses this command.</summary>
    [JsonIgnore]
    public abstract ComplaintTrigger Trigger { get; }

    /// <summary>Another complaint that the rule must see, such as the survivor of a merge.</summary>
    [JsonIgnore]
    public virtual ComplaintId? RefersTo => null;

    /// <summary>True when the decision holds only as long as that other complaint stays as it was seen.</summary>
    internal virtual bool NeedsReferredUnchanged => false;

    /// <summary>True when it says of clocks that they are past, which only the deadline clock may.</summary>
    internal virtual bool JudgesWhatIsPast => false;

    /// <summary>Decides: appends the events that happen, or refuses. The lifecycle, the role and the precondition have been checked.</summary>
    /// <param name="complaint">The state before.</param>
    /// <param name="context">The time, the actor, the rules.</param>
    /// <param name="events">Where the events go, in order.</param>
    /// <returns><c>null</c>, or why not; then nothing of <paramref name="events"/> counts.</returns>
    internal abstract ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events);
}
