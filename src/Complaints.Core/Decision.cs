using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core;

/// <summary>Everything a decision may know besides the state and the command. Built at the edge, once a command.</summary>
public sealed record DecisionContext
{
    /// <summary>The instant of the decision, in whole microseconds.</summary>
    public required Instant Now { get; init; }

    /// <summary>
    /// The instant by which it is judged what is past: <see cref="Now"/>, unless it is given. It stays where it is when the decision is moved behind what happened last to the complaint, because
    /// that may bear the time of a node whose clock is ahead, and nothing may be early.
    /// </summary>
    public Instant DueBy { get => _dueBy ?? Now; init => _dueBy = value; }

    private readonly Instant? _dueBy;

    /// <summary>Who commands.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The tenant's definitions in force.</summary>
    public Rulebook Rules { get; init; } = Rulebook.BuiltIn;

    /// <summary>When it really happened, if the caller says that it was earlier than <see cref="Now"/>.</summary>
    public Instant? OccurredAt { get; init; }

    /// <summary>Why <see cref="OccurredAt"/> lies in the past; required with it.</summary>
    public string? BackdateReason { get; init; }

    /// <summary>What a new complaint is given at the edge: id, number, subject, similar complaints. <c>null</c> for an existing one.</summary>
    public IntakeTicket? Intake { get; init; }

    /// <summary>The state of the complaint that the command refers to, if it refers to one and it was found.</summary>
    public Complaint? Referred { get; init; }

    /// <summary>When the command's events happened.</summary>
    internal Instant EffectiveAt => OccurredAt ?? Now;
}

/// <summary>The answer of the core: the events that happen and the state after them, or a refusal.</summary>
public sealed record Decision
{
    private Decision(Complaint? next, ImmutableArray<ComplaintEvent> events, EventMoment moment, ComplaintError? refusal) =>
        (Next, Events, Moment, Refusal) = (next, events, moment, refusal);

    /// <summary>The state after the events; the unchanged one after a refusal (<c>null</c> if there was none).</summary>
    public Complaint? Next { get; }

    /// <summary>What happened, in order; empty after a refusal.</summary>
    public ImmutableArray<ComplaintEvent> Events { get; }

    /// <summary>When, and by whom.</summary>
    public EventMoment Moment { get; }

    /// <summary>Why not, or <c>null</c>.</summary>
    public ComplaintError? Refusal { get; }

    /// <summary>The state after the events.</summary>
    /// <exception cref="InvalidOperationException">The command was refused; the message says why.</exception>
    public Complaint Complaint => Refusal is null ? Next! : throw new InvalidOperationException($"{Refusal.Code}: {Refusal.Message}");

    internal static Decision Refused(Complaint? state, ComplaintError refusal) => new(state, [], default, refusal);

    internal static Decision Accepted(Complaint next, ImmutableArray<ComplaintEvent> events, EventMoment moment) => new(next, events, moment, null);
}

/// <summary>Collects the events of one decision and shows the state as it stands after each.</summary>
internal sealed class EventSink(Complaint state, EventMoment moment)
{
    private readonly ImmutableArray<ComplaintEvent>.Builder _events = ImmutableArray.CreateBuilder<ComplaintEvent>(2);

    public Complaint State { get; private set; } = state;

    public EventMoment Moment => moment;

    public void Add(ComplaintEvent happened)
    {
        State = happened.ApplyTo(State, Moment.Of(happened));
        _events.Add(happened);
    }

    public ImmutableArray<ComplaintEvent> ToImmutable() => _events.DrainToImmutable();
}
