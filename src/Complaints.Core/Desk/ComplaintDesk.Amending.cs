using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>What was told at the intake is corrected: only here a decision sees the complainant in the clear.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The context with the complainant, for a command that changes a part of what is sealed as a whole.</summary>
    /// <param name="context">What is known already.</param>
    /// <param name="command">The command.</param>
    /// <param name="state">The complaint.</param>
    /// <param name="wrapped">The person's key as it was loaded; <c>null</c> when it was destroyed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UnreadableException">The key or what it seals is damaged.</exception>
    private async ValueTask<DecisionContext> WithComplainantAsync(
        DecisionContext context, ComplaintCommand command, Complaint state, WrappedKey? wrapped, CancellationToken cancellationToken)
    {
        if (!command.ReadsComplainant)
            return context;
        if (wrapped is null)
            return context with { IsErased = true };
        var key = await _services.Keys.OpenAsync(Tenant, wrapped, state.Number, cancellationToken).ConfigureAwait(false);
        if (state.Receipt.Complainant is not { } complainant)
            return context;
        return complainant.TryReveal(key, out var told) ? context with { Complainant = told }
            : throw new UnreadableException(new("event.unreadable", ("value", state.Number)));
    }

    /// <summary>The same for a preview, which loads no keys.</summary>
    private async ValueTask<DecisionContext> WithComplainantAsync(
        DecisionContext context, ComplaintCommand command, Complaint state, CancellationToken cancellationToken)
    {
        if (!command.ReadsComplainant)
            return context;
        var loaded = await _services.Store.LoadAsync(Tenant, state.Id, default, cancellationToken).ConfigureAwait(false);
        return await WithComplainantAsync(
            context, command, state, loaded.Keys.FirstOrDefault(key => key.Subject == state.Receipt.Person), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What the commit gives anew, from the words before they are sealed; <c>null</c> where nothing was amended.</summary>
    private async ValueTask<AmendedIntake?> AmendedAsync(Decision decision, DecisionContext context, CancellationToken cancellationToken)
    {
        AmendedIntake? all = null;
        foreach (var amended in decision.Events.OfType<IntakeAmended>())
        {
            var own = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
            all ??= new();
            if (amended.Complainant?.TryReveal(null, out var told) == true)
            {
                var lookups = LookupText.Hashed(told, own.Lookups, context.Rules.Settings.PhoneRegion);
                all = all with { Lookups = lookups, CustomerHash = IntakeHashes.CustomerOf(lookups) };
            }
            // A reference that says nothing, such as "none", is told too: the item is not found by the wrong one any more.
            if (amended.Item?.TryReveal(null, out var item) == true && item!.Ref is not null)
                all = all with { ItemHash = IntakeHashes.OfItem(item, own.Repeats) ?? AmendedIntake.NoItem };
        }
        return all;
    }
}
