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
    private readonly ConcurrentDictionary<TenantId, long> _lookedAt = new();

    /// <summary>What was found last, of any tenant.</summary>
    public ComplaintError? Found => _found.Values.FirstOrDefault();

    public async Task LookAsync(ComplaintDesk desk, CancellationToken cancellationToken)
    {
        if (deadlines is IComplaintStore
            || _lookedAt.TryGetValue(desk.Tenant, out var before) && time.GetElapsedTime(before) < options.Value.ReconcileEvery)
            return;
        var now = await deadlines.NowAsync(cancellationToken).ConfigureAwait(false);
        if (await ClockJump.FindAsync(desk, now, cancellationToken).ConfigureAwait(false) is { } found)
        {
            _found[desk.Tenant] = found;
            Jumped(logger, desk.Tenant, found.Message);
        }
        else
            _found.TryRemove(desk.Tenant, out _);
        _lookedAt[desk.Tenant] = time.GetTimestamp();
    }

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning, Message = "Tenant {Tenant}: {Found}")]
    private static partial void Jumped(ILogger logger, TenantId tenant, string found);
}
