using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Whose work is done: the tenants of the options, or all that have anything.</summary>
internal sealed class TenantList(IOptions<BackgroundWorkOptions> options, IChainStore chains, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private ImmutableArray<TenantId> _known = [];
    private long _readAt;

    public async ValueTask<ImmutableArray<TenantId>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Tenants.IsDefaultOrEmpty)
            return options.Value.Tenants;
        if (_known.IsEmpty || time.GetElapsedTime(_readAt) > Fresh)
            (_known, _readAt) = (await chains.TenantsAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp());
        return _known;
    }
}
