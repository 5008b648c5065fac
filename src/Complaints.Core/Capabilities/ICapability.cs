using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>
/// A command that says everything about itself, so that its file is all that a new one costs beside two lines in its room. Implemented
/// explicitly: the public surface stays as it is.
/// </summary>
/// <typeparam name="TSelf">The command.</typeparam>
/// <typeparam name="TState">The aggregate's state.</typeparam>
internal interface ICapability<TSelf, TState> where TSelf : Command<TState>, ICapability<TSelf, TState> where TState : class
{
    /// <summary>Name, words, roles, fields, states and refusals.</summary>
    static abstract Capability Capability { get; }

    /// <summary>A command that is right where the lifecycle permits it.</summary>
    static abstract TSelf Example(Occasion occasion);

    /// <summary>What it may be about now, one by one; empty when it is about the whole.</summary>
    static virtual ImmutableArray<Subject> Subjects(TState state, Rulebook rules) => [];

    /// <summary>What speaks against it whatever its values are. The decider asks it too, for what the command says that it is
    /// about.</summary>
    /// <param name="state">The state.</param>
    /// <param name="subject">What it would be about; <c>null</c> to ask whether it is possible for anything.</param>
    /// <param name="context">The time, the actor, the rules.</param>
    static virtual ComplaintError? Precondition(TState state, Subject? subject, DecisionContext<TState> context) => null;
}

/// <summary>An event that says everything about itself.</summary>
/// <typeparam name="TSelf">The event.</typeparam>
/// <typeparam name="TState">The aggregate's state.</typeparam>
internal interface IHappening<TSelf, TState> where TSelf : Event<TState>, IHappening<TSelf, TState> where TState : class
{
    /// <summary>Stored name, version, words, and whether it leaves the house.</summary>
    static abstract EventType EventType { get; }
}

/// <summary>For what an example is made.</summary>
/// <param name="About">What it is about, where a command has several subjects.</param>
/// <param name="Now">When; what is promised is later.</param>
/// <param name="Other">The other complaint, for a command that refers to one.</param>
/// <param name="Variant">Another number, other values.</param>
public readonly record struct Occasion(Instant Now, ComplaintId Other, Subject? About = null, int Variant = 0)
{
    /// <summary>How long a day of the examples is: shorter where a year must pass in a minute.</summary>
    public Duration Day { get; init; } = Duration.FromDays(1);

    /// <summary>An instant that is promised.</summary>
    internal Instant InDays(int days) => Now + Day * days;

    /// <summary>The number of what it is about; 1 where nothing is said.</summary>
    internal int Number =>
        About is { } about && int.TryParse(about.Key, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 1;
}
