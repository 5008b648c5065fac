using System.Collections.Concurrent;
using Complaints.Core;

namespace Complaints.Hosting;

/// <summary>What the last sweep of each tenant on this node could do nothing about, for health.</summary>
internal sealed class SweepRecord
{
    private readonly ConcurrentDictionary<TenantId, int> _refused = new();

    public int Refused => _refused.Values.Sum();

    public void Add(TenantId tenant, int refused) => _refused[tenant] = refused;
}
