using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Compares the work, the links and who takes part with what the cases of each tenant ask for, now and then, and puts right what
/// has drifted: all of it follows from the cases. What cannot be read becomes work itself. A store without work has nothing to
/// compare.</summary>
internal sealed partial class WorkKeeper(
    IChainStore chains, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<WorkKeeper> logger, IWorkStore? work = null,
    ILinkStore? links = null, ITakingPartStore? parties = null)
{
    private readonly TenantSchedule _schedule = new(time);

    /// <summary>Looks if it is time. The start of a program is no time for it.</summary>
    public Task LookAsync(ComplaintDesk desk, CancellationToken cancellationToken) => work is null || links is null
        ? Task.CompletedTask
        : _schedule.RunAsync(
            desk.Tenant, options.Value.ReconcileEvery, options.Value.ReconcileEvery,
            () => KeepAsync(new WorkReconciliation(desk, work, links, chains, parties), desk.Tenant, cancellationToken));

    private async Task KeepAsync(WorkReconciliation reconciliation, TenantId tenant, CancellationToken cancellationToken)
    {
        var drifted = await reconciliation.RepairAsync(cancellationToken).ConfigureAwait(false);
        if (!drifted.IsEmpty)
            Repaired(logger, tenant, drifted.Length, drifted[0].Of);
    }

    [LoggerMessage(EventId = 3014, Level = LogLevel.Warning,
        Message = "Tenant {Tenant}: {Count} pieces of work, links or parties were not what their cases ask for, the first of the {Of}; "
            + "they were put right")]
    private static partial void Repaired(ILogger logger, TenantId tenant, int count, AggregateId of);
}
