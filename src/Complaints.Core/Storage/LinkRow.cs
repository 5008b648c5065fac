using System.Collections.Immutable;

namespace Complaints.Core.Storage;

/// <summary>How a complaint is linked with another case, as it is kept: a projection of the state, written with it.</summary>
/// <param name="Other">The other case.</param>
/// <param name="Kind">How: a code of <see cref="Intake.LinkKind"/>.</param>
public readonly record struct LinkRow(AggregateId Other, string Kind);

/// <summary>A link as it is stored.</summary>
/// <param name="Of">The complaint whose history says so.</param>
/// <param name="Row">The link.</param>
public readonly record struct StoredLink(ComplaintId Of, LinkRow Row);

/// <summary>Reads the links between cases, from either end. They are written with each commit.</summary>
public interface ILinkStore
{
    /// <summary>The links of a case in both directions, with the other end's number, in any order; at most
    /// <see cref="MostLinks"/>.</summary>
    ValueTask<ImmutableArray<LinkedCase>> LinksAsync(
        TenantId tenant, AggregateId of, CancellationToken cancellationToken);

    /// <summary>All links of a tenant by complaint, as they stand at one moment.</summary>
    IAsyncEnumerable<StoredLink> AllLinksAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts one link right, unless its complaint has moved on meanwhile: then nothing is changed.</summary>
    ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken);

    /// <summary>How many links of one case are told.</summary>
    const int MostLinks = 1_000;
}

/// <summary>A link as one end of it sees it.</summary>
/// <param name="Other">The other end.</param>
/// <param name="Number">Its number; <c>null</c> where it is not there.</param>
/// <param name="Kind">How they are linked.</param>
/// <param name="IsOurs">True where this case's own history says so; false where the other's does.</param>
public readonly record struct LinkedCase(AggregateId Other, string? Number, string Kind, bool IsOurs);

/// <summary>A link to be put right.</summary>
/// <param name="Of">The complaint whose history says so.</param>
/// <param name="Version">The version that it must still have; 0 for one that is not there.</param>
/// <param name="Row">The link.</param>
/// <param name="Remove">True when it must go.</param>
public sealed record LinkRepair(ComplaintId Of, int Version, LinkRow Row, bool Remove);
