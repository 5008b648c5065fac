using System.Collections.Immutable;
using Complaints.Core.Sla;

namespace Complaints.Core;

/// <summary>The answer of the core: the events that happen and the state after them, or a refusal.</summary>
public sealed record Decision
{
    private Decision(Complaint? next, ImmutableArray<ComplaintEvent> events, EventMoment moment, ComplaintError? refusal) =>
        (Next, Events, Moment, Refusal) = (next, events, moment, refusal);

    /// <summary>The state after the events; the unchanged one after a refusal (<c>null</c> if there was none).</summary>
    public Complaint? Next { get; private init; }

    /// <summary>What happened, in order; empty after a refusal.</summary>
    public ImmutableArray<ComplaintEvent> Events { get; }

    /// <summary>When, and by whom.</summary>
    public EventMoment Moment { get; }

    /// <summary>Why not, or <c>null</c>.</summary>
    public ComplaintError? Refusal { get; }

    /// <summary>The state after the events.</summary>
    /// <exception cref="InvalidOperationException">The command was refused; the message says why.</exception>
    public Complaint Complaint => Refusal is null ? Next! : throw new InvalidOperationException($"{Refusal.Code}: {Refusal.Message}");

    /// <summary>The same as somebody sees it who is told less of a state.</summary>
    internal Decision Told(Func<Complaint, Complaint> told) => this with
    {
        Next = Next is null ? null : told(Next), Before = Before is null ? null : told(Before),
    };

    /// <summary>The parts of the case that came to be: <c>proposal/1</c>.</summary>
    internal ImmutableArray<Subject> Made => [.. Events.Select(happened => happened.Made).OfType<Subject>()];

    internal static Decision Refused(Complaint? state, ComplaintError refusal) => new(state, [], default, refusal);

    /// <summary>The clocks of the state after the events: projected with the decision, which is refused where they leave the
    /// calendar.</summary>
    internal ImmutableArray<Clock> Clocks { get; private init; } = [];

    /// <summary>The state before the events; <c>null</c> if there was none.</summary>
    internal Complaint? Before { get; private init; }

    internal static Decision Accepted(
        Complaint? before, Complaint next, ImmutableArray<ComplaintEvent> events, EventMoment moment, ImmutableArray<Clock> clocks) =>
        new(next, events, moment, null) { Before = before, Clocks = clocks };
}
