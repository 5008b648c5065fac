using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>Everything a decision may know besides the state and the command. Built at the edge, once a command.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
public abstract record DecisionContext<TState> where TState : class
{
    private protected DecisionContext() { }

    /// <summary>The instant of the decision, in whole microseconds.</summary>
    public required Instant Now { get; init; }

    /// <summary>
    /// The instant by which it is judged what is past: <see cref="Now"/>, unless it is given. It stays where it is when the decision is
    /// moved behind what happened last, because that may bear
    /// the time of a node whose clock is ahead, and nothing may be early.
    /// </summary>
    public Instant DueBy { get => _dueBy ?? Now; init => _dueBy = value; }

    private readonly Instant? _dueBy;

    /// <summary>Who commands.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The tenant's definitions in force.</summary>
    public Rulebook Rules { get; init; } = Rulebook.BuiltIn;

    /// <summary>When it really happened, if the caller says that it was earlier than <see cref="Now"/>.</summary>
    public Instant? OccurredAt { get; init; }

    /// <summary>Why <see cref="OccurredAt"/> lies in the past; required with it, and kept sealed in the history.</summary>
    public string? BackdateReason { get; init; }

    /// <summary>The state of the other aggregate that the command refers to, if it refers to one and it was found.</summary>
    public TState? Referred { get; init; }

    /// <summary>When the command's events happened.</summary>
    internal Instant EffectiveAt => OccurredAt ?? Now;
}
