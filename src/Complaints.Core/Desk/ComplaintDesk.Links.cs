using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>How cases are linked.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The links of a case in both directions: what it says of others, and what others say of it; at most
    /// <see cref="ILinkStore.MostLinks"/>. None for an actor who sees nothing.</summary>
    public async ValueTask<ImmutableArray<LinkedCase>> LinksAsync(AggregateId of, CancellationToken cancellationToken = default) =>
        await MaySeeAsync(cancellationToken).ConfigureAwait(false)
            ? await _services.Links.LinksAsync(Tenant, of, cancellationToken).ConfigureAwait(false)
            : [];
}
