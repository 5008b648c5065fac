using System.Collections.Immutable;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>The states of rows that were loaded.</content>
public sealed partial class ComplaintDesk
{
    /// <exception cref="UnreadableException">It is damaged, and so is its history.</exception>
    /// <param name="stored">The row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="keep">False for whoever passes over everything, and would push out what commands use.</param>
    private async ValueTask<(Complaint State, string? Unknown)> StateAsync(
        StoredComplaint stored, CancellationToken cancellationToken, bool keep = true)
    {
        if (_services.States.Find(Tenant, stored) is { } known)
            return (OfItsPerson(known, stored), null);
        var read = await _services.Complaints.ReadAsync(Tenant, StateRow.Of(stored), cancellationToken).ConfigureAwait(false);
        if (keep && read.IsStored)
            _services.States.Keep(read.State, stored.Head);
        return (OfItsPerson(read.State, stored), read.Unknown);
    }

    /// <summary>Whose key seals the words is said by the history; by a row that names another they would be left out as those of somebody
    /// erased.</summary>
    private Complaint OfItsPerson(Complaint state, StoredComplaint stored)
    {
        if (state.Receipt.Person == stored.Person)
            return state;
        var error = new ComplaintError("row.altered", ("value", state.Number));
        _services.Damage.Met(Tenant, state.Number, error);
        throw new UnreadableException(error);
    }

    /// <summary>The same with a refusal for what is damaged.</summary>
    private async ValueTask<(Complaint? State, ComplaintError? Refusal)> StateOrRefusalAsync(
        StoredComplaint stored, CancellationToken cancellationToken)
    {
        try
        {
            return ((await StateAsync(stored, cancellationToken).ConfigureAwait(false)).State, null);
        }
        catch (UnreadableException e)
        {
            return (null, e.Error);
        }
    }

    /// <returns>With the complaint to which the command refers, and the keys of whom that is about.</returns>
    private async ValueTask<(DecisionContext Context, ImmutableArray<WrappedKey> Keys)> WithReferredAsync(
        DecisionContext context, ComplaintCommand command, CommandId commandId, CancellationToken cancellationToken)
    {
        string[] named = [.. command.PeopleNamed];
        var cards = await _services.Assignment.CardsAsync(Tenant, named, cancellationToken).ConfigureAwait(false);
        context = cards.IsEmpty ? context : context with { Staff = cards };
        if (command.RefersTo is not { } other)
            return (context, []);
        var loaded = await _services.Store.LoadAsync(Tenant, other, commandId, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored || !await IsInScopeAsync(stored, context.Rules, cancellationToken).ConfigureAwait(false))
            return (context, []);
        var (state, _) = await StateAsync(stored, cancellationToken).ConfigureAwait(false);
        context = context with { Referred = state };
        if (command.TakesPersonsOver)
            context = context with { Unopened = await UnopenedAsync(state, loaded.Keys, cancellationToken).ConfigureAwait(false) };
        return (context, loaded.Keys);
    }

    /// <summary>One key that is damaged keeps nobody else from being taken over. Who has none was erased.</summary>
    private async ValueTask<ImmutableArray<SubjectId>> UnopenedAsync(
        Complaint complaint, ImmutableArray<WrappedKey> keys, CancellationToken cancellationToken)
    {
        var unopened = ImmutableArray<SubjectId>.Empty;
        foreach (var participant in complaint.Participants)
        {
            if (participant.Person is not { } person || keys.FirstOrDefault(wrapped => wrapped.Subject == person) is not { } wrapped)
                continue;
            var opens = await _services.Keys.CanOpenAsync(Tenant, wrapped, cancellationToken).ConfigureAwait(false);
            if (opens && participant.Card is { } card)
            {
                var key = await _services.Keys.OpenAsync(Tenant, wrapped, complaint.Number, cancellationToken).ConfigureAwait(false);
                opens = card.TryReveal(key, out _);
            }
            if (!opens)
                unopened = unopened.Add(person);
        }
        return unopened;
    }
}
