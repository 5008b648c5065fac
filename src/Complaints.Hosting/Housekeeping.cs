using Complaints.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>Every minute: measures how late the work is, and forgets messages that were delivered long ago.</summary>
internal sealed partial class Housekeeping(
    IOutboxStore outbox, TenantList tenants, ComplaintsDiagnostics diagnostics, IClock clock, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            try
            {
                foreach (var tenant in await tenants.ReadAsync(stoppingToken).ConfigureAwait(false))
                {
                    diagnostics.Ages(await outbox.AgesAsync(tenant, now: null, stoppingToken).ConfigureAwait(false));
                    await outbox.ForgetDeliveredAsync(tenant, clock.GetCurrentInstant() - Duration.FromTimeSpan(options.Value.KeepDelivered), stoppingToken).ConfigureAwait(false);
                }
            }
            catch (StoreException e)
            {
                Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning, Message = "Housekeeping failed; the next round tries again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
