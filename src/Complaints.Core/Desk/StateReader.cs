using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Reads the state of a row. The events are the truth, and the state is only what they came to: where it is of another schema, damaged, or
/// another's that was put there, the history is read instead, and the next command writes the state anew.
/// </summary>
internal sealed class StateReader<TState>(
    StateBytes<TState> states, Catalogue<TState> catalogue, IComplaintReader reader, DamageRecord damage)
    where TState : class, IAggregate<TState>
{
    /// <exception cref="UnreadableException">The history is damaged too, or does not lead to the row.</exception>
    public async ValueTask<StateRead<TState>> ReadAsync(TenantId tenant, StateRow row, CancellationToken cancellationToken)
    {
        // On a head that is none nothing could be written: then the history says that it does not lead there.
        var isOurs = row.Schema == states.Schema && row.Head.Length == HashChain.Size;
        if (isOurs && states.ReadOf(tenant, row) is { } stored)
            return new(stored, null, IsStored: true);
        var history = await reader.HistoryAsync(tenant, new(row.Id), cancellationToken).ConfigureAwait(false);
        var (state, unknown) = Folded(tenant, row, history);
        if (isOurs)
            damage.Met(tenant, state.Number, new ComplaintError("state.unreadable", ("value", state.Number)));
        return new(state, unknown, IsStored: false);
    }

    private (TState State, string? Unknown) Folded(TenantId tenant, StateRow row, ImmutableArray<StoredEvent> history)
    {
        try
        {
            var (state, unknown) = states.Fold(tenant, history.Select(entry => EventCodec.Read(entry.Body.Span, catalogue)));
            if (state?.Version != row.Version || !history[^1].Hash.Span.SequenceEqual(row.Head.Span))
                throw new InvalidDataException($"it ends at version {state?.Version ?? 0}, the row is at {row.Version}");
            return (state, unknown);
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            var name = NumberIn(tenant, history) ?? row.Id.ToString("D");
            var error = new ComplaintError("history.unreadable", ("value", name));
            damage.Met(tenant, name, error);
            throw new UnreadableException(error, e);
        }
    }

    /// <summary>The number, which the first event gives; <c>null</c> where that one is damaged.</summary>
    private string? NumberIn(TenantId tenant, ImmutableArray<StoredEvent> history)
    {
        try
        {
            return states.Fold(tenant, history.Take(1).Select(entry => EventCodec.Read(entry.Body.Span, catalogue))).State?.Number;
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            return null;
        }
    }
}

/// <param name="State">The state.</param>
/// <param name="Unknown">The first type of event that this version does not know.</param>
/// <param name="IsStored">True where it is what was stored.</param>
internal readonly record struct StateRead<TState>(TState State, string? Unknown, bool IsStored);
