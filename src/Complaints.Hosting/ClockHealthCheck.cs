using Complaints.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>Whether this host's clock agrees with the one by which deadlines are judged, and with what was written before.</summary>
internal sealed class ClockHealthCheck(IDeadlineClock deadlines, IClock clock, JumpWatch jumps) : IHealthCheck
{
    private static readonly Duration Bound = Duration.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var before = clock.GetCurrentInstant();
            var there = await deadlines.NowAsync(cancellationToken).ConfigureAwait(false);
            var after = clock.GetCurrentInstant();
            // The answer is from somewhere between the two.
            return before - there > Bound ? Off(before - there)
                : there - after > Bound ? Off(after - there)
                : jumps.Found is { } jumped ? HealthCheckResult.Degraded(jumped.Message)
                : HealthCheckResult.Healthy();
        }
        catch (StoreException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }

    private static HealthCheckResult Off(Duration skew) => HealthCheckResult.Degraded(string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"This host's clock is {skew.TotalSeconds:F1} s ahead of the database's (behind when negative); set it right."));
}
