using Complaints.Core;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Takes a keyed checkpoint of each tenant now and then, so that what is cut off or deleted later is missed.</summary>
internal sealed class CheckpointTaker(HistoryAudit audit, IOptions<BackgroundWorkOptions> options, TimeProvider time)
{
    private static readonly TimeSpan AfterTheStart = TimeSpan.FromHours(1);
    private readonly TenantSchedule _schedule = new(time);

    /// <summary>Takes one if it is time. Where nothing has changed since, or another node took it, nothing is written.</summary>
    public Task TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var every = options.Value.CheckpointEvery;
        return _schedule.RunAsync(
            tenant, every < AfterTheStart ? every : AfterTheStart, every, () => audit.TakeCheckpointAsync(tenant, cancellationToken));
    }
}
