using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Capabilities;
using Complaints.Core.Contact;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>Decides on complaints: also several commands at once, and after each what its clocks ask for.</summary>
internal sealed class ComplaintDecider(Catalogue<Complaint> catalogue, Machine machine) : Decider<Complaint>(catalogue, machine)
{
    private static readonly CommandName SequenceName = new("sequence");

    public Decision Decide(Complaint? complaint, ComplaintCommand command, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        var sequence = command as Sequence;
        ImmutableArray<ComplaintCommand> parts = sequence?.Commands ?? [command];
        if (sequence is not null && WrongPart(parts) is { } wrong)
            return Decision.Refused(complaint, wrong);
        var isNew = sequence is null && Catalogue.Of(command).Capability.IsCreating;
        if (isNew != complaint is null)
        {
            return Decision.Refused(complaint, isNew
                ? new ComplaintError("complaint.exists", ("value", complaint!.Number))
                : new ComplaintError("complaint.not_found", ("value", "?")));
        }
        var before = complaint ?? Complaint.Unborn(context.Intake!.Tenant, context.Intake.Id);
        var decided = Run(complaint, before, ImmutableArray<Command<Complaint>>.CastUp(parts), context, sequence is not null);
        if (decided.Sink is not { } events)
            return Decision.Refused(complaint, decided.Refusal!);
        try
        {
            var clocks = Clocks.Project(decided.Next!, context.Rules);
            return Decision.Accepted(complaint, decided.Next!, events.ToImmutable<ComplaintEvent>(), decided.Moment, clocks);
        }
        catch (CalendarRangeException e)
        {
            return Decision.Refused(complaint, e.Error);
        }
    }

    /// <summary>Whoever writes to a merged complaint is told where it is carried on.</summary>
    protected override ComplaintError NotPermitted(
        Complaint state, CommandType<Complaint> command, ImmutableArray<CommandName> permitted) =>
        state.Progress is { State: ComplaintState.Merged, Merged.IntoNumber: { } survivor }
            ? MergeRefusals.CarriedOn.With(("value", survivor))
            : base.NotPermitted(state, command, permitted);

    /// <summary>Who must keep out of a case decides nothing in it, whatever the command is, unless the command says that it is
    /// open.</summary>
    protected override ComplaintError? Barred(Complaint state, CommandType<Complaint> command, Actor actor) =>
        command.Capability.IsOpenToInvolved || actor.Is(Role.System) ? null : ConflictRules.Against(state, actor);

    /// <summary>Whoever a field names gets work by it, unless the field says that it only names them.</summary>
    protected override ComplaintError? Misassigned(Complaint before, CommandType<Complaint> command, Command<Complaint> sent)
    {
        foreach (var field in command.Capability.Fields)
        {
            if (field.GivesWorkTo?.Invoke(sent) is { } person && ConflictRules.WorkFor(before, person) is { } conflict)
                return conflict;
        }
        return null;
    }

    protected override ComplaintError? Gated(
        Complaint state, CommandType<Complaint> command, DecisionContext<Complaint> context) =>
        command.Capability.IsInternal ? null : context.Rules.GateBook.Check(state, command.Name);

    protected override ComplaintError? Overfull(Complaint before, Complaint after) => CaseBounds.Check(before, after);

    /// <summary>Signals first: clocks may start and stop by them.</summary>
    protected override void Finish(Complaint before, EventSink<Complaint> events, DecisionContext<Complaint> context)
    {
        SignalKeeper.Append(before, events, (DecisionContext)context);
        var signalled = events.State;
        ClockKeeper.Append(before, events, (DecisionContext)context);
        // A clock of which it is written down only now that it ended may be what a rule waits for.
        if (!SignalClocks.Changed(signalled, events.State, context.Rules.Signals.Rules))
            return;
        var kept = events.State;
        SignalKeeper.Append(signalled, events, (DecisionContext)context);
        ClockKeeper.Append(kept, events, (DecisionContext)context);
    }

    private ComplaintError? WrongPart(ImmutableArray<ComplaintCommand> parts)
    {
        if (parts.Length is < 2 or > Sequence.Most)
            return new("sequence.length", ("value", parts.Length), ("bound", Sequence.Most));
        foreach (var part in parts)
        {
            if (part is Sequence)
                return new("sequence.not_allowed", ("command", SequenceName));
            if (part.RefersTo is not null || Catalogue.Of(part).Capability is { IsCreating: true } or { IsInternal: true })
                return new("sequence.not_allowed", ("command", Catalogue.Of(part).CommandName));
        }
        return null;
    }
}
