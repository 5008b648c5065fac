using System.Collections.Immutable;
using Complaints.Core.Assignment;

namespace Complaints.Core.Storage;

/// <summary>Who takes part in which complaint, by parties such as <c>department/logistics</c>: a projection of the state, written with each
/// commit. Here it is read, and put right where something else has changed it.</summary>
public interface ITakingPartStore
{
    /// <summary>Those of some complaints in which one of some parties takes part.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="parties">At most <see cref="MostParties"/>; none for none of the complaints.</param>
    /// <param name="complaints">Which complaints; at most 1,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints, CancellationToken cancellationToken);

    /// <summary>All rows of a tenant by complaint, as they stand at one moment.</summary>
    IAsyncEnumerable<StoredParty> AllPartiesAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts one row right, unless its complaint has moved on meanwhile: then nothing is changed.</summary>
    ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken);

    /// <summary>How many parties may be asked for at once.</summary>
    const int MostParties = TakingPart.Most;
}

/// <summary>A party as it is stored.</summary>
/// <param name="Of">The complaint in which it takes part.</param>
/// <param name="Party">The party: its kind, a slash and its code.</param>
public readonly record struct StoredParty(ComplaintId Of, string Party);

/// <summary>A party to be put right.</summary>
/// <param name="Of">The complaint.</param>
/// <param name="Version">The version that it must still have; 0 for one that is not there.</param>
/// <param name="Party">The party.</param>
/// <param name="Remove">True when it must go.</param>
public sealed record PartyRepair(ComplaintId Of, int Version, string Party, bool Remove);
