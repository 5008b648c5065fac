using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>What happened to an aggregate, in the past tense: values and ids, never entities. An event knows how it changes the state and
/// is never changed itself.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
public abstract record Event<TState> where TState : class
{
    private protected Event() { }

    /// <summary>The personal values in it, which are sealed before the event is written, each under a name that never changes.</summary>
    internal virtual PersonalField[] PersonalValues => [];

    /// <summary>When it happened, if that is another instant than the command's: a breach happened when it was due.</summary>
    internal virtual Instant? HappenedAt => null;

    /// <summary>The part of the aggregate that came to be by it.</summary>
    internal virtual Subject? Made => null;

    /// <summary>The person who takes part in the aggregate from now on, with a key of their own.</summary>
    internal virtual SubjectId? Joins => null;

    /// <summary>Whether that person has the key already, from another aggregate; false for one that comes along.</summary>
    internal virtual bool JoinsWithKey => false;

    /// <summary>What it says to people, besides that it happened. Codes are given as the entries of their lists.</summary>
    internal virtual IEnumerable<Detail> Details(Rulebook rules) => [];

    /// <summary>The state after this event and everything that follows from it.</summary>
    internal abstract TState ApplyTo(TState state, EventMoment moment);
}

/// <summary>One thing that an event says.</summary>
/// <param name="Label">What it is; <c>null</c> where the value speaks for itself.</param>
/// <param name="Value">A text, a number, an instant, an entry of a list, or a <see cref="Personal{T}"/> text.</param>
internal readonly record struct Detail(Label? Label, object? Value);
