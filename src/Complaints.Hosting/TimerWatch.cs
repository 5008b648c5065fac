using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Compares the timers of each tenant with what its complaints ask for, now and then. It only tells; putting right is left to people.</summary>
internal sealed partial class TimerWatch(
    ITimerStore timers, IChainStore chains, ComplaintsDiagnostics diagnostics, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<TimerWatch> logger)
{
    private const int Named = 100;
    private readonly ConcurrentDictionary<TenantId, int> _drifted = new();
    private readonly TenantSchedule _schedule = new(time);

    /// <summary>How many timers had drifted when they were last looked at.</summary>
    public int Drifted => _drifted.Values.Sum();

    /// <summary>Looks if it is time. The start of a program is no time for it.</summary>
    public Task LookAsync(ComplaintDesk desk, CancellationToken cancellationToken) => _schedule.RunAsync(
        desk.Tenant, options.Value.ReconcileEvery, options.Value.ReconcileEvery, () => LookNowAsync(desk, cancellationToken));

    internal async Task LookNowAsync(ComplaintDesk desk, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var drift in new TimerReconciliation(desk, timers, chains).FindAsync(cancellationToken).ConfigureAwait(false))
        {
            if (count++ < Named)
                TimerDrifted(logger, drift.Of, (drift.Expected ?? drift.Stored)?.Clock, drift.Kind);
        }
        _drifted[desk.Tenant] = count;
        diagnostics.Drifted(count);
    }

    [LoggerMessage(EventId = 3008, Level = LogLevel.Warning,
        Message = "The timer {Clock} of the {Of} is not what it must be: {Kind}; 'complaints reconcile --repair' puts it right")]
    private static partial void TimerDrifted(ILogger logger, AggregateId of, string? clock, TimerDriftKind kind);
}
