using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;

namespace Complaints.Core;

/// <summary>
/// What somebody wants done to one complaint. A command knows its rule; it carries clear text, which exists only in memory:
/// what is kept of it are the events that it leads to.
/// </summary>
public abstract record ComplaintCommand : Command<Complaint>
{
    private protected ComplaintCommand() { }

    /// <summary>Another complaint that the rule must see, such as the survivor of a merge.</summary>
    [JsonIgnore]
    public virtual ComplaintId? RefersTo => null;

    /// <summary>True when the decision holds only as long as that other complaint stays as it was seen.</summary>
    internal virtual bool NeedsReferredUnchanged => false;

    /// <summary>True when it says of clocks that they are past, which only the deadline clock may.</summary>
    internal virtual bool JudgesWhatIsPast => false;

    /// <summary>True for what comes from outside and does not know of a merge: it is taken in where the complaint is carried
    /// on.</summary>
    internal virtual bool FollowsMerge => false;

    /// <summary>True when somebody may take part by it who did not before.</summary>
    internal virtual bool BringsPersons => false;

    /// <summary>True when those who take part in the complaint to which it refers may take part here by it.</summary>
    internal virtual bool TakesPersonsOver => false;

    /// <summary>True when the rule must see the complainant as known now: what it changes is sealed as a whole.</summary>
    internal virtual bool ReadsComplainant => false;

    /// <summary>Members of the staff of whom the rule must know whether they are here, by the host's ids.</summary>
    internal virtual IEnumerable<string> PeopleNamed => [];

    internal sealed override ComplaintError? Decide(Complaint state, DecisionContext<Complaint> context, EventSink<Complaint> events) =>
        Decide(state, (DecisionContext)context, events);

    /// <inheritdoc cref="Command{TState}.Decide"/>
    internal abstract ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink<Complaint> events);
}
