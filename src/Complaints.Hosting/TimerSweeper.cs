using Complaints.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>
/// Fires what is due: warnings, breaches, escalations. Any number of nodes may sweep; each step takes effect once, because the command's id follows from the timer and the decision
/// is made from the state. What came due while nobody swept fires at the start.
/// </summary>
internal sealed partial class TimerSweeper(
    ComplaintDesk desk, TenantList tenants, ComplaintsDiagnostics diagnostics, SweepRecord sweeps, IOptions<BackgroundWorkOptions> options,
        TimeProvider time, Supervisor supervisor,
    ILogger<TimerSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        // What is due stays due.
        await supervisor.RunAsync(
            "timers", SweepAllAsync, async stopping => await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false), stoppingToken)
            .ConfigureAwait(false);
    }

    /// <summary>One round over all tenants.</summary>
    internal async Task SweepAllAsync(CancellationToken stoppingToken) => await Supervisor.EachAsync(
        await tenants.ReadAsync(stoppingToken).ConfigureAwait(false), tenant => SweepAsync(tenant, stoppingToken), stoppingToken)
        .ConfigureAwait(false);

    private async Task SweepAsync(TenantId tenant, CancellationToken stoppingToken)
    {
        using var activity = ComplaintsDiagnostics.Source.StartActivity("complaints.sweep");
        var result = await desk.For(Actor.System, tenant).SweepAsync(options.Value.SweepBatch, stoppingToken).ConfigureAwait(false);
        diagnostics.Swept(result);
        sweeps.Add(tenant, result.RefusedCount);
        foreach (var refused in result.Refused)
            TimerRefused(logger, refused.Of, refused.Timer.Clock, refused.Refusal.Code, refused.Cause);
    }

    [LoggerMessage(EventId = 3007, Level = LogLevel.Warning,
        Message = "Nothing could be done about the due timer {Clock} of the {Of}: {Code}; the next round tries again")]
    private static partial void TimerRefused(ILogger logger, AggregateId of, string clock, string code, Exception? exception);
}
