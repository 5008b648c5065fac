using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>A command by its trigger, permitted or with the reason why not.</summary>
/// <param name="Trigger">The command.</param>
/// <param name="Refusal">Why not; <c>null</c> when permitted.</param>
public sealed record PermittedCommand(ComplaintTrigger Trigger, ComplaintError? Refusal)
{
    /// <summary>True when nothing speaks against it but its own values.</summary>
    public bool IsPermitted => Refusal is null;
}

/// <summary>Asks in turn the lifecycle table, the roles, the command's precondition and its rule; the first refusal is the answer.</summary>
internal static class Decider
{
    public static Decision Decide(Complaint? complaint, ComplaintCommand command, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        var isNew = command.Trigger is ComplaintTrigger.Register or ComplaintTrigger.Import;
        if (isNew != complaint is null)
        {
            return Decision.Refused(complaint, isNew
                ? new ComplaintError("complaint.exists", ("value", complaint!.Number))
                : new ComplaintError("complaint.not_found", ("value", "?")));
        }
        var refusal = isNew ? CheckRole(command.Trigger, context) : Check(complaint!, command.Trigger, context);
        refusal ??= CheckTime(complaint, context);
        if (refusal is not null)
            return Decision.Refused(complaint, refusal);

        var before = complaint ?? Complaint.Unborn(context.Intake!.Tenant, context.Intake.Id);
        // A clock that was set back: time stands still for this complaint until the clock has caught up, so that nothing happens before what led to it.
        if (context.Now < before.UpdatedAt)
            context = context with { Now = before.UpdatedAt };
        var moment = new EventMoment(context.EffectiveAt, context.Now, context.Actor);
        var events = new EventSink(before, moment);
        if (command.Decide(before, context, events) is { } why)
            return Decision.Refused(complaint, why);
        ClockKeeper.Append(before, events, context);
        return Decision.Accepted(events.State with { Version = before.Version + 1, UpdatedAt = moment.RecordedAt }, events.ToImmutable(), moment);
    }

    public static IReadOnlyList<PermittedCommand> PermittedCommands(Complaint complaint, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return [.. Enum.GetValues<ComplaintTrigger>()
            .Where(trigger => trigger is not (ComplaintTrigger.Register or ComplaintTrigger.Import or ComplaintTrigger.FireClocks or ComplaintTrigger.AbsorbMerged or ComplaintTrigger.ConfirmAbsorbed))
            .Select(trigger => new PermittedCommand(trigger, Check(complaint, trigger, context)))];
    }

    /// <summary>Everything that can be said without the command's own values.</summary>
    private static ComplaintError? Check(Complaint complaint, ComplaintTrigger trigger, DecisionContext context)
    {
        if (!LifecycleMachine.Permits(complaint.State, trigger))
        {
            var permitted = LifecycleMachine.Permitted(complaint.State);
            return new("lifecycle.not_permitted", ("trigger", trigger), ("state", complaint.State), ("permitted", string.Join(", ", permitted))) { Permitted = permitted };
        }
        return CheckRole(trigger, context) ?? Precondition(complaint, trigger, context);
    }

    private static ComplaintError? Precondition(Complaint complaint, ComplaintTrigger trigger, DecisionContext context) => trigger switch
    {
        ComplaintTrigger.Acknowledge => Acknowledge.Precondition(complaint, context),
        ComplaintTrigger.ConvertToComplaint => ConvertToComplaint.Precondition(complaint, context),
        ComplaintTrigger.AcceptProposal => AcceptProposal.Precondition(complaint, context),
        ComplaintTrigger.LapseConsent => LapseConsent.Precondition(complaint, context),
        ComplaintTrigger.Approve => Approve.Precondition(complaint, context),
        ComplaintTrigger.RejectApproval => RejectApproval.Precondition(complaint, context),
        ComplaintTrigger.RecallApproval => RecallApproval.Precondition(complaint, context),
        ComplaintTrigger.Resolve => Resolve.Precondition(complaint, context),
        ComplaintTrigger.DecideNotEstablished => DecideNotEstablished.Precondition(complaint, context),
        ComplaintTrigger.CompleteRemedy => CompleteRemedy.Precondition(complaint, context),
        ComplaintTrigger.ConfirmSolved => ConfirmSolved.Precondition(complaint, context),
        ComplaintTrigger.Close => Close.Precondition(complaint, context),
        ComplaintTrigger.Reopen => Reopen.Precondition(complaint, context),
        ComplaintTrigger.GrantReview => GrantReview.Precondition(complaint, context),
        ComplaintTrigger.Archive => Archive.Precondition(complaint, context),
        ComplaintTrigger.Adopt => Adopt.Precondition(complaint, context),
        ComplaintTrigger.DecideExtension => DecideExtension.Precondition(complaint),
        ComplaintTrigger.SettleCommitment => SettleCommitment.Precondition(complaint),
        ComplaintTrigger.Recalculate => Recalculate.Precondition(complaint),
        _ => null,
    };

    private static ComplaintError? CheckRole(ComplaintTrigger trigger, DecisionContext context)
    {
        var roles = context.Rules.Settings.RolesFor(trigger);
        return roles.IsEmpty || context.Actor.Is(Role.System) || roles.Any(context.Actor.Is)
            ? null
            : new("authority.role", ("trigger", trigger), ("roles", string.Join(", ", roles)), ("value", string.Join(", ", context.Actor.Roles)));
    }

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
