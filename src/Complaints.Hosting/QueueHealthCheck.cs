using Complaints.Core;
using Complaints.Core.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>Judges by age: how long the oldest due timer and the oldest due message have waited, and whether the database answers. Tells timers that nothing can be done about, and timers that have drifted.</summary>
internal sealed class QueueHealthCheck(IOutboxStore outbox, TenantList tenants, SweepRecord sweeps, TimerWatch timers,
    DamageRecord damage, Supervisor supervisor,
    IOptions<BackgroundWorkOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var oldest = new QueueAges(Duration.Zero, Duration.Zero, 0);
        try
        {
            foreach (var tenant in await tenants.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var ages = await outbox.AgesAsync(tenant, now: null, cancellationToken).ConfigureAwait(false);
                oldest = new(Duration.Max(oldest.OldestDueMessage, ages.OldestDueMessage), Duration.Max(oldest.OldestDueTimer, ages.OldestDueTimer), oldest.Dead + ages.Dead)
                {
                    FarAhead = oldest.FarAhead + ages.FarAhead,
                };
            }
        }
        catch (StoreException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
        var late = Duration.Max(oldest.OldestDueMessage, oldest.OldestDueTimer);
        var bound = Duration.FromTimeSpan(options.Value.LateAfter);
        var data = new Dictionary<string, object>
        {
            ["oldestDueMessageSeconds"] = oldest.OldestDueMessage.TotalSeconds,
            ["oldestDueTimerSeconds"] = oldest.OldestDueTimer.TotalSeconds,
            ["deadMessages"] = oldest.Dead,
            ["messagesFarAhead"] = oldest.FarAhead,
            ["refusedTimers"] = sweeps.Refused,
            ["driftedTimers"] = timers.Drifted,
            ["damaged"] = damage.Known.Length,
        };
        return Verdicts().MinBy(verdict => verdict.Status);

        IEnumerable<HealthCheckResult> Verdicts()
        {
            foreach (var (work, why, since) in supervisor.Failing)
            {
                var said = $"The background work '{work}' has failed for {since:c} ({why.GetType().Name}); the log says why.";
                yield return since > options.Value.LateAfter * 5
                    ? HealthCheckResult.Unhealthy(said, why, data)
                    : HealthCheckResult.Degraded(said, why, data);
            }
            // Timers that nothing can be done about stay due: they are told as what they are, and hide no other delay.
            var waited = sweeps.Refused > 0 ? oldest.OldestDueMessage : late;
            if (waited > bound * 5)
                yield return HealthCheckResult.Unhealthy($"Work is {waited.ToTimeSpan()} late: is anything sweeping and dispatching?",
                    data: data);
            else if (waited > bound)
                yield return HealthCheckResult.Degraded($"Work is {waited.ToTimeSpan()} late.", data: data);
            if (sweeps.Refused > 0)
                yield return HealthCheckResult.Degraded(
                    $"Nothing can be done about the due timers of {sweeps.Refused} complaints; the log names them.", data: data);
            if (oldest.Dead > 0)
                yield return HealthCheckResult.Degraded(
                    $"{oldest.Dead} messages were given up: look at them with their reasons, and replay them.", data: data);
            if (oldest.FarAhead > 0)
                yield return HealthCheckResult.Degraded(
                    $"{oldest.FarAhead} messages were put off by a clock that stood ahead; where one dispatches they are given back.",
                    data: data);
            if (timers.Drifted > 0)
                yield return HealthCheckResult.Degraded(
                    $"{timers.Drifted} timers are not what their complaints ask for: look at 'complaints reconcile'.", data: data);
            if (damage.Known is { IsEmpty: false } known)
                yield return HealthCheckResult.Degraded(
                    $"{known.Length} things cannot be read, and are stepped over: "
                    + string.Join(" ", known.Take(10).Select(met => met.Error)),
                    data: data);
            yield return HealthCheckResult.Healthy(data: data);
        }
    }
}
