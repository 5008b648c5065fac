using System.Collections.Concurrent;
using Complaints.Core;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Takes a keyed checkpoint of each tenant now and then, so that what is cut off or deleted later is missed.</summary>
internal sealed class CheckpointTaker(HistoryAudit audit, IOptions<BackgroundWorkOptions> options, TimeProvider time)
{
    private static readonly TimeSpan AfterTheStart = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<TenantId, (long Since, TimeSpan Wait)> _next = new();

    /// <summary>Takes one if it is time. Where nothing has changed since, or another node took it, nothing is written.</summary>
    public async Task TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var every = options.Value.CheckpointEvery;
        var (since, wait) = _next.GetOrAdd(tenant, _ => (time.GetTimestamp(), every < AfterTheStart ? every : AfterTheStart));
        if (time.GetElapsedTime(since) < wait)
            return;
        await audit.TakeCheckpointAsync(tenant, cancellationToken).ConfigureAwait(false);
        _next[tenant] = (time.GetTimestamp(), every);
    }
}
