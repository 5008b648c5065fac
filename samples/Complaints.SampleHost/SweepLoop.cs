using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.SampleHost;

/// <summary>Fires what is due every few seconds while the host runs. What passed while it was down fires at the start.</summary>
internal sealed partial class SweepLoop(ComplaintDesk desk, IClock clock, IConfiguration configuration, ILogger<SweepLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(configuration.GetValue("Sweep:Seconds", 5)));
        do
        {
            try
            {
                while (await desk.SweepAsync(clock.GetCurrentInstant(), cancellationToken: stoppingToken) > 0)
                {
                    // More may have come due meanwhile.
                }
            }
            catch (Exception e) when (e is StoreException or ConflictException)
            {
                // The next round tries again; nothing is lost, because what is due stays due.
                Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Warning, Message = "A sweep failed; the next one tries again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
