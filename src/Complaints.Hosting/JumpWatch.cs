using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>Looks at the start, and then now and then, for what a host wrote whose clock stood ahead. Where the database has a clock of its
/// own, it has refused that already.</summary>
internal sealed partial class JumpWatch(IDeadlineClock deadlines, IOptions<BackgroundWorkOptions> options, TimeProvider time,
    ILogger<JumpWatch> logger)
{
    private readonly ConcurrentDictionary<TenantId, ComplaintError> _found = new();
    private readonly TenantSchedule _schedule = new(time);

    /// <summary>What was found last, of any tenant.</summary>
    public ComplaintError? Found => _found.Values.FirstOrDefault();

    public Task LookAsync(ComplaintDesk desk, CancellationToken cancellationToken) => deadlines is IComplaintStore
        ? Task.CompletedTask
        : _schedule.RunAsync(desk.Tenant, TimeSpan.Zero, options.Value.ReconcileEvery, () => LookNowAsync(desk, cancellationToken));

    private async Task LookNowAsync(ComplaintDesk desk, CancellationToken cancellationToken)
    {
        var now = await deadlines.NowAsync(cancellationToken).ConfigureAwait(false);
        if (await ClockJump.FindAsync(desk, now, cancellationToken).ConfigureAwait(false) is { } found)
        {
            _found[desk.Tenant] = found;
            Jumped(logger, desk.Tenant, found.Message);
        }
        else
            _found.TryRemove(desk.Tenant, out _);
    }

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning, Message = "Tenant {Tenant}: {Found}")]
    private static partial void Jumped(ILogger logger, TenantId tenant, string found);
}
