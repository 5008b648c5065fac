using System.Text.Json.Serialization;

namespace Complaints.Core.Capabilities;

/// <summary>What somebody wants done to one aggregate. It knows its rule; it carries clear text, which exists only in memory.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
public abstract record Command<TState> where TState : class
{
    private protected Command() { }

    /// <summary>The part of the aggregate that it is about; <c>null</c> for the whole.</summary>
    [JsonIgnore]
    public virtual Subject? About => null;

    /// <summary>It prints its type and none of its words, whatever log or message it strays into.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Decides: appends the events that happen, or refuses. Lifecycle, roles, fields and precondition have been checked.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="context">The time, the actor, the rules.</param>
    /// <param name="events">Where the events go, in order.</param>
    /// <returns><c>null</c>, or why not; then nothing of <paramref name="events"/> counts.</returns>
    internal abstract ComplaintError? Decide(TState state, DecisionContext<TState> context, EventSink<TState> events);
}
