using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>How complaints come in.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>Records a new complaint; similar ones are shown in <see cref="CommandResult.Similar"/>, never merged.</summary>
    /// <param name="draft">What is known.</param>
    /// <param name="options">Command id and backdating; <see cref="CommandOptions.ExpectedVersion"/> does not apply.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome may then be unknown.</param>
    /// <exception cref="ConflictException">Other registrations stood in the way each time that this one was decided: once inside a
    /// transaction of the host, often elsewhere.</exception>
    /// <exception cref="HostValidatorException">A validator of the host failed by itself: nothing was done.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was answered: repeat with the same command id.</exception>
    public Task<CommandResult> RegisterAsync(IntakeDraft draft, CommandOptions? options = null,
        CancellationToken cancellationToken = default) => RegisterAsync(draft, options, split: null, cancellationToken);

    private async Task<CommandResult> RegisterAsync(
        IntakeDraft draft, CommandOptions? options, SplitOrigin? split, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var command = new Register(draft);
        var (context, id, mark, large) = await OpenAsync(null, command, options ?? CommandOptions.None, cancellationToken)
            .ConfigureAwait(false);
        if (large is not null)
            return CommandResult.Refused(large);
        // First of all: whoever may not register learns nothing of what is there.
        if (_services.Rooms.Decider.PermissionsIn(context.Rules).Check(_services.Rooms.Catalogue.Of(command), Actor) is { } forbidden)
            return await AnsweredAsync(id, mark, cancellationToken).ConfigureAwait(false) ?? CommandResult.Refused(forbidden);
        if (context.Rules.IntakeValidator.Check(draft, context.Now) is { } invalid)
            return await AnsweredAsync(id, mark, cancellationToken).ConfigureAwait(false) ?? CommandResult.Refused(invalid);
        var refused = await _services.Validators.CheckAsync(draft, HostValidators.Registration, cancellationToken).ConfigureAwait(false);
        if (refused is not null)
            return await AnsweredAsync(id, mark, cancellationToken).ConfigureAwait(false) ?? CommandResult.Refused(refused);
        var accused = await _services.Assignment.CardsAsync(Tenant, Accusation.Of(draft), cancellationToken).ConfigureAwait(false);
        context = accused.IsEmpty ? context : context with { Staff = accused };
        var plan = await _services.Assignment.PlanAsync(Tenant, draft, context, cancellationToken).ConfigureAwait(false);
        using var turn = await _services.Intake.TurnAsync(Tenant, context.Rules.Settings, cancellationToken).ConfigureAwait(false);
        TakenNumber? tried = null;
        (SubjectKey Key, WrappedKey? New)? made = null;
        for (int attempt = 1, lost = 0; ; attempt++)
        {
            var picked = await PickedAsync(draft, context.Rules, cancellationToken).ConfigureAwait(false);
            var (ticket, number, loaded, hashes) = await _services.Intake
                .TicketAsync(Tenant, draft, context, id, made?.Key.Subject, picked.Key?.Subject, plan?.LoadsOf ?? [], cancellationToken)
                .ConfigureAwait(false);
            if (loaded.Earlier is { } earlier)
                return Answered(earlier, mark);
            if (loaded.Existing is { } existing)
                return CommandResult.Refused(
                    new ComplaintError("complaint.exists", ("value", ScopeIn(context.Rules).IsAll ? existing : draft.ExternalRef)));
            if (picked.Refusal is { } wrong)
                return CommandResult.Refused(wrong);
            ticket = ticket with { Split = split };
            var origin = split is null ? null : await PartingAsync(split, cancellationToken).ConfigureAwait(false);
            if (split is not null && origin is null)
                return CommandResult.Refused(Splitting.Pending.With(("value", split.Point)));
            if (plan is not null)
            {
                var placement = await _services.Assignment.PlaceAsync(plan, loaded.Loads, cancellationToken).ConfigureAwait(false);
                ticket = ticket with { Placement = placement };
            }
            var decision = _services.Rooms.Decider.Decide(null, command, context with { Intake = ticket });
            if (decision.Refusal is { } refusal)
                return CommandResult.Refused(refusal);
            var (key, newKey) = made is { } kept && kept.Key.Subject == ticket.Person
                ? kept
                : await _services.Intake
                    .KeyAsync(Tenant, ticket.Person, picked.Key?.Wrapped ?? loaded.Key, cancellationToken).ConfigureAwait(false);
            made = newKey is null ? made : (key, newKey);
            var own = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
            var keys = new KeyRing(own).With(key, newKey);
            var built = CommitBuilder.Build(_services.Rooms.Catalogue, decision, null, id, keys, context.Rules);
            var commit = hashes.Beside(built) with
            {
                Command = RowOf(decision, built, id, mark), Number = number, Unchanged = origin,
            };
            if (await _services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) == CommitOutcome.Committed)
            {
                return Committed(decision, commit, context.Rules) with
                {
                    Similar = ScopeIn(context.Rules).IsAll ? decision.Complaint.Receipt.Similar : [],
                };
            }

            // Another node was faster with the number: that one got on, and says nothing about this complaint.
            if (number is not null && number != tried && lost++ < IntakeOffice.MostNumbersLost)
                (tried, attempt) = (number, 1);
            if (attempt == Attempts)
                return await AnsweredOrConflictAsync(ticket.Id, 0, id, mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The person of the complaint that somebody picked as the same person's, with the key; or why it cannot be that
    /// one.</summary>
    private async ValueTask<(WrappedKey? Key, ComplaintError? Refusal)> PickedAsync(
        IntakeDraft draft, Rulebook rules, CancellationToken cancellationToken)
    {
        if (draft.SamePersonAs is not { } id)
            return default;
        var loaded = await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored || !await IsInScopeAsync(stored, rules, cancellationToken).ConfigureAwait(false))
            return (null, new ComplaintError("complaint.not_found", ("value", id)));
        if (loaded.Keys.FirstOrDefault(key => key.Subject == stored.Person) is not { } wrapped)
            return (null, new ComplaintError("person.erased"));
        var (state, unreadable) = await StateOrRefusalAsync(stored, cancellationToken).ConfigureAwait(false);
        if (state is null)
            return (null, unreadable);
        if (state.State == ComplaintState.Merged)
            return (null, new ComplaintError("person.picked_merged", ("value", state.Number)));
        // Complaints of an import that name nobody share one key: whoever joined them would be erased with all their titles.
        return state.Receipt.Complainant is null
            ? (null, new ComplaintError("person.picked_nobody", ("value", state.Number)))
            : (wrapped, null);
    }

    /// <summary>The first answer to a command that was registered already; a host that would refuse it today does not take that
    /// back.</summary>
    private async ValueTask<CommandResult?> AnsweredAsync(CommandId command, CommandMark mark, CancellationToken cancellationToken)
    {
        var loaded = await _services.Store.LoadAsync(Tenant, default, command, cancellationToken).ConfigureAwait(false);
        return loaded.Earlier is { } earlier ? Answered(earlier, mark) : null;
    }

    /// <summary>Registers what waits at a source and tells the source what came of each draft. One that was taken in before is recognised
    /// by its
    /// <see cref="IntakeDraft.ExternalRef"/> and answered with <c>complaint.exists</c>.</summary>
    /// <returns>How many were registered.</returns>
    public async Task<int> TakeInAsync(IIntakeSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var taken = 0;
        await foreach (var draft in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var result = draft.ExternalRef is null
                ? CommandResult.Refused(new ComplaintError("text.required", ("field", "externalRef")))
                : await RegisterAsync(draft, cancellationToken: cancellationToken).ConfigureAwait(false);
            taken += result.IsSuccess ? 1 : 0;
            await source.AnswerAsync(draft, result, cancellationToken).ConfigureAwait(false);
        }
        return taken;
    }
}
