using System.Collections.Concurrent;
using Complaints.Core;

namespace Complaints.Hosting;

/// <summary>When each tenant has its turn: first a while after it was met, then now and then. What failed is due again at once.</summary>
internal sealed class TenantSchedule(TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, (long Since, TimeSpan Wait)> _next = new();

    /// <summary>Does it if it is time.</summary>
    /// <param name="tenant">Whose turn it may be.</param>
    /// <param name="first">How long after it was met.</param>
    /// <param name="every">How long after it was done last.</param>
    /// <param name="work">What is done.</param>
    public async Task RunAsync(TenantId tenant, TimeSpan first, TimeSpan every, Func<Task> work)
    {
        var (since, wait) = _next.GetOrAdd(tenant, _ => (time.GetTimestamp(), first));
        if (time.GetElapsedTime(since) < wait)
            return;
        await work().ConfigureAwait(false);
        _next[tenant] = (time.GetTimestamp(), every);
    }
}
