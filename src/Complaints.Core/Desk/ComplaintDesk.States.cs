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
}
