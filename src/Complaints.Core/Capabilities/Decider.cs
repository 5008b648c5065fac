using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>Asks in turn the aggregate's table, the roles, the command's precondition, its fields and its rule; the first refusal is the
/// answer.</summary>
internal class Decider<TState>(Catalogue<TState> catalogue, ISteps<TState> steps, ImmutableArray<string> readers = default)
    where TState : class, IAggregate<TState>
{
    private readonly RulePart<Permissions<TState>> _permissions = new(rules => new(catalogue, rules.Settings, readers));

    /// <summary>Who may do what in a tenant; compiled once.</summary>
    public Permissions<TState> PermissionsIn(Rulebook rules) => rules.Part(_permissions);

    protected Catalogue<TState> Catalogue => catalogue;

    /// <summary>Decides commands one after the other, each on what the one before left.</summary>
    /// <param name="state">The state; <c>null</c> for a command that begins an aggregate.</param>
    /// <param name="before">The same, or the unborn one.</param>
    /// <param name="parts">The commands.</param>
    /// <param name="context">The time, the actor, the rules.</param>
    /// <param name="isSequence">True to say which of them was refused.</param>
    protected Decided<TState> Run(
        TState? state, TState before, ImmutableArray<Command<TState>> parts, DecisionContext<TState> context, bool isSequence = false)
    {
        try
        {
            return Walk(state, before, parts, context, isSequence);
        }
        catch (CalendarRangeException e)
        {
            // A limit that is too long for what is left of 2100.
            return new(state, null, new(context.EffectiveAt, context.Now, context.Actor), e.Error);
        }
    }

    private Decided<TState> Walk(
        TState? state, TState before, ImmutableArray<Command<TState>> parts, DecisionContext<TState> context, bool isSequence)
    {
        var timeError = CheckTime(state, context);
        var whyLate = context.OccurredAt < context.Now ? context.BackdateReason : null;
        // A clock that was set back: time stands still for this aggregate until the clock has caught up, so that nothing happens before
        // what led to it.
        if (context.Now < before.UpdatedAt)
            context = context with { Now = before.UpdatedAt };
        var moment = new EventMoment(context.EffectiveAt, context.Now, context.Actor);
        var events = new EventSink<TState>(before, moment, steps);
        for (var i = 0; i < parts.Length; i++)
        {
            var type = catalogue.Of(parts[i]);
            var refusal = Check(state is null ? null : events.State, type, parts[i].About, context)
                ?? timeError ?? type.Check(parts[i], context.Rules) ?? (state is null ? null : Misassigned(events.State, type, parts[i]));
            if (refusal is null)
            {
                var earlier = events.State;
                events.Begin(type);
                refusal = parts[i].Decide(earlier, context, events)
                    ?? (type.Capability.IsInternal ? null : Overfull(earlier, events.State));
            }
            if (refusal is not null)
                return new(state, null, moment, isSequence ? PartRefused(i, type, refusal) : refusal);
        }
        // After what was commanded, so that a history begins with what began it; before what follows by itself.
        if (whyLate is not null)
            events.Add(TState.Backdated(Personal.Of(whyLate)));
        Finish(before, events, context);
        return new(events.State.At(before.Version + 1, moment.RecordedAt), events, moment, null);
    }

    /// <summary>Why somebody whom a command names gets no work by it; <c>null</c> where nothing speaks against it.</summary>
    protected virtual ComplaintError? Misassigned(TState before, CommandType<TState> command, Command<TState> sent) => null;

    /// <summary>Why an actor who has the role must not send a command to this very aggregate; <c>null</c> where nothing speaks against it.
    /// Asked for every page, it allocates only where it refuses.</summary>
    protected virtual ComplaintError? Barred(TState state, CommandType<TState> command, Actor actor) => null;

    /// <summary>What a command would hold more of than it may; <c>null</c> for nothing. What the system owes is carried out
    /// regardless.</summary>
    protected virtual ComplaintError? Overfull(TState before, TState after) => null;

    /// <summary>Appends what follows from the events of every command.</summary>
    protected virtual void Finish(TState before, EventSink<TState> events, DecisionContext<TState> context) { }

    /// <summary>Every command that a person may send to an existing aggregate, each thing that it may be about by itself.</summary>
    public ImmutableArray<PermittedCommand> PermittedCommands(TState state, DecisionContext<TState> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = ImmutableArray.CreateBuilder<PermittedCommand>(catalogue.Commands.Length);
        foreach (var command in catalogue.Commands)
        {
            if (command.Capability is { IsInternal: true } or { IsCreating: true })
                continue;
            var subjects = steps.Permits(state, command) ? command.Subjects(state, context.Rules) : [];
            if (subjects.IsEmpty || command.IsAboutWholeToo)
                all.Add(new(command.CommandName, null, Check(state, command, null, context)));
            foreach (var subject in subjects)
                all.Add(new(command.CommandName, subject, Check(state, command, subject, context)));
        }
        return all.ToImmutable();
    }

    /// <summary>Whether a command is permitted now, for anything; allocates only where its own precondition refuses.</summary>
    public bool IsPermitted(TState state, CommandType<TState> command, DecisionContext<TState> context) =>
        steps.Permits(state, command) && PermissionsIn(context.Rules).Allows(command, context.Actor)
        && Barred(state, command, context.Actor) is null && command.Precondition(state, null, context) is null
        && Gated(state, command, context) is null;

    /// <summary>What speaks against a command before anything besides the state is known: the table, the roles, its precondition and its
    /// values.</summary>
    public ComplaintError? Refused(TState? state, Command<TState> command, DecisionContext<TState> context)
    {
        var type = catalogue.Of(command);
        return Check(state, type, command.About, context) ?? type.Check(command, context.Rules);
    }

    /// <summary>Everything that can be said without the command's own values.</summary>
    private ComplaintError? Check(TState? state, CommandType<TState> command, Subject? subject, DecisionContext<TState> context)
    {
        if (state is not null && !steps.Permits(state, command))
        {
            var permitted = steps.Permitted(state);
            return NotPermitted(state, command, permitted) with { Permitted = permitted };
        }
        return PermissionsIn(context.Rules).Check(command, context.Actor)
            ?? (state is null ? null : Barred(state, command, context.Actor) ?? command.Precondition(state, subject, context)
                ?? Gated(state, command, context));
    }

    /// <summary>What the tenant wants to be there before a command, and is not; <c>null</c> for nothing.</summary>
    protected virtual ComplaintError? Gated(TState state, CommandType<TState> command, DecisionContext<TState> context) => null;

    /// <summary>What is said of a command that the table does not permit.</summary>
    protected virtual ComplaintError NotPermitted(TState state, CommandType<TState> command, ImmutableArray<CommandName> permitted) =>
        new("lifecycle.not_permitted", ("command", command.CommandName), ("state", state.Standing), ("permitted", permitted));

    private static ComplaintError PartRefused(int index, CommandType<TState> type, ComplaintError refusal) =>
        new("sequence.part_refused", ("position", index + 1), ("command", type.CommandName)) { Details = [refusal],
            Permitted = refusal.Permitted };

    /// <summary>Backdating stays inside its bounds and says why.</summary>
    private static ComplaintError? CheckTime(TState? state, DecisionContext<TState> context)
    {
        if (!UtcTime.Holds(context.Now))
            return new("clock.out_of_range", ("value", context.Now));
        if (context.OccurredAt is not { } occurred || occurred == context.Now)
            return null;
        if (occurred > context.Now)
            return new("time.in_future", ("field", "occurredAt"), ("value", occurred), ("bound", context.Now));
        if (state is not null && occurred < state.BeganAt)
            return new("time.before_receipt", ("value", occurred), ("bound", state.BeganAt));
        var days = context.Rules.Settings.MaxBackdateDays;
        var bound = context.Now - Duration.FromDays(days);
        if (occurred < bound)
            return new("time.too_far_back", ("value", occurred), ("days", days), ("bound", bound));
        return Text.Check("backdateReason", context.BackdateReason, Text.Short) is null ? null : new("time.reason_required");
    }
}

/// <summary>What came of a decision.</summary>
/// <param name="Next">The state after the events; after a refusal the one before.</param>
/// <param name="Sink">The events; <c>null</c> after a refusal.</param>
/// <param name="Moment">When, and by whom.</param>
/// <param name="Refusal">Why not, or <c>null</c>.</param>
internal readonly record struct Decided<TState>(TState? Next, EventSink<TState>? Sink, EventMoment Moment, ComplaintError? Refusal)
    where TState : class;
