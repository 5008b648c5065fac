using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Makes look-ups anew, now and then, that were made from an older normal form. Nothing waits for it: an intake finds them by
/// their own form, too.</summary>
internal sealed partial class LookupKeeper(
    IChainStore chains, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<LookupKeeper> logger)
{
    private readonly TenantSchedule _schedule = new(time);

    /// <summary>Looks if it is time. The start of a program is no time for it.</summary>
    public Task LookAsync(ComplaintDesk desk, CancellationToken cancellationToken) => chains is ISideRowStore rows
        ? _schedule.RunAsync(
            desk.Tenant, options.Value.ReconcileEvery, options.Value.ReconcileEvery, () => RenewAsync(desk, rows, cancellationToken))
        : Task.CompletedTask;

    private async Task RenewAsync(ComplaintDesk desk, ISideRowStore rows, CancellationToken cancellationToken)
    {
        var renewed = await new LookupRenewal(desk, rows).RenewAsync(cancellationToken).ConfigureAwait(false);
        if (renewed > 0)
            Renewed(logger, desk.Tenant, renewed);
    }

    [LoggerMessage(EventId = 3013, Level = LogLevel.Information,
        Message = "Tenant {Tenant}: the look-ups of {Count} complaints were made anew, in the normal form of this version")]
    private static partial void Renewed(ILogger logger, TenantId tenant, int count);
}
