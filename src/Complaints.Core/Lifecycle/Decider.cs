using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>Asks in turn the lifecycle table, the roles, the command's precondition, its fields and its rule; the first refusal is the
/// answer.</summary>
internal sealed class Decider(Catalogue<Complaint> catalogue, Machine machine)
{
    private static readonly CommandName SequenceName = new("sequence");
    private readonly RulePart<Permissions> _permissions = new(rules => new(catalogue, rules.Settings));

    /// <summary>Who may do what in a tenant; compiled once.</summary>
    public Permissions PermissionsIn(Rulebook rules) => rules.Part(_permissions);

    public Decision Decide(Complaint? complaint, ComplaintCommand command, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        var parts = command is Sequence sequence ? sequence.Commands : [command];
        if (command is Sequence && WrongPart(parts) is { } wrong)
            return Decision.Refused(complaint, wrong);
        var isNew = command is not Sequence && catalogue.Of(command).Capability.IsCreating;
        if (isNew != complaint is null)
        {
            return Decision.Refused(complaint, isNew
                ? new ComplaintError("complaint.exists", ("value", complaint!.Number))
                : new ComplaintError("complaint.not_found", ("value", "?")));
        }
        var before = complaint ?? Complaint.Unborn(context.Intake!.Tenant, context.Intake.Id);
        var timeError = CheckTime(complaint, context);
        // A clock that was set back: time stands still for this complaint until the clock has caught up, so that nothing happens before what led to it.
        if (context.Now < before.UpdatedAt)
            context = context with { Now = before.UpdatedAt };
        var moment = new EventMoment(context.EffectiveAt, context.Now, context.Actor);
        var events = new EventSink<Complaint>(before, moment, machine);
        for (var i = 0; i < parts.Length; i++)
        {
            var type = catalogue.Of(parts[i]);
            var refusal = Check(isNew ? null : events.State, type, parts[i].About, context) ?? timeError ?? type.Check(parts[i], context.Rules);
            if (refusal is null)
            {
                events.Begin(type);
                refusal = parts[i].Decide(events.State, context, events);
            }
            if (refusal is not null)
                return Decision.Refused(complaint, command is Sequence ? PartRefused(i, type, refusal) : refusal);
        }
        ClockKeeper.Append(before, events, context);
        return Decision.Accepted(events.State with { Version = before.Version + 1, UpdatedAt = moment.RecordedAt }, events.ToImmutable<ComplaintEvent>(), moment);
    }

    /// <summary>Every command that a person may send to an existing complaint, each thing that it may be about by itself.</summary>
    public ImmutableArray<PermittedCommand> PermittedCommands(Complaint complaint, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = ImmutableArray.CreateBuilder<PermittedCommand>(catalogue.Commands.Length);
        foreach (var command in catalogue.Commands)
        {
            if (command.Capability is { IsInternal: true } or { IsCreating: true })
                continue;
            var subjects = machine.Permits(complaint, command) ? command.Subjects(complaint, context.Rules) : [];
            if (subjects.IsEmpty)
                all.Add(new(command.CommandName, null, Check(complaint, command, null, context)));
            foreach (var subject in subjects)
                all.Add(new(command.CommandName, subject, Check(complaint, command, subject, context)));
        }
        return all.ToImmutable();
    }

    /// <summary>Whether a command is permitted now, for anything; allocates only where its own precondition refuses.</summary>
    public bool IsPermitted(Complaint complaint, CommandType<Complaint> command, DecisionContext context) =>
        machine.Permits(complaint, command) && PermissionsIn(context.Rules).Allows(command, context.Actor)
        && command.Precondition(complaint, null, context) is null;

    /// <summary>Everything that can be said without the command's own values.</summary>
    private ComplaintError? Check(Complaint? complaint, CommandType<Complaint> command, Subject? subject, DecisionContext context)
    {
        if (complaint is not null && !machine.Permits(complaint, command))
        {
            var permitted = machine.Permitted(complaint.State);
            return new("lifecycle.not_permitted", ("command", command.CommandName), ("state", complaint.State), ("permitted", permitted)) { Permitted = permitted };
        }
        return PermissionsIn(context.Rules).Check(command, context.Actor)
            ?? (complaint is null ? null : command.Precondition(complaint, subject, context));
    }

    private ComplaintError? WrongPart(ImmutableArray<ComplaintCommand> parts)
    {
        if (parts.Length is < 2 or > Sequence.Most)
            return new("sequence.length", ("value", parts.Length), ("bound", Sequence.Most));
        foreach (var part in parts)
        {
            if (part is Sequence)
                return new("sequence.not_allowed", ("command", SequenceName));
            if (part.RefersTo is not null || catalogue.Of(part).Capability is { IsCreating: true } or { IsInternal: true })
                return new("sequence.not_allowed", ("command", catalogue.Of(part).CommandName));
        }
        return null;
    }

    private static ComplaintError PartRefused(int index, CommandType<Complaint> type, ComplaintError refusal) =>
        new("sequence.part_refused", ("position", index + 1), ("command", type.CommandName)) { Details = [refusal], Permitted = refusal.Permitted };

    /// <summary>Backdating stays inside its bounds and says why.</summary>
    private static ComplaintError? CheckTime(Complaint? complaint, DecisionContext context)
    {
        if (context.OccurredAt is not { } occurred || occurred == context.Now)
            return null;
        if (occurred > context.Now)
            return new("time.in_future", ("field", "occurredAt"), ("value", occurred), ("bound", context.Now));
        if (complaint is not null && occurred < complaint.Receipt.ReceivedAt)
            return new("time.before_receipt", ("value", occurred), ("bound", complaint.Receipt.ReceivedAt));
        var days = context.Rules.Settings.MaxBackdateDays;
        var bound = context.Now - Duration.FromDays(days);
        if (occurred < bound)
            return new("time.too_far_back", ("value", occurred), ("days", days), ("bound", bound));
        return Text.Check("backdateReason", context.BackdateReason, Text.Short) is null ? null : new("time.reason_required");
    }
}
