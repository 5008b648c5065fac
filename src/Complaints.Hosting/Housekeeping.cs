using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>
/// Every minute: measures how late the work is, and forgets messages that were delivered long ago. When definitions were published: takes up calendars that have gained years of
/// holidays, for clocks that are due in those years. Once a day: compares the timers with what the complaints ask for.
/// </summary>
internal sealed partial class Housekeeping(
    IOutboxStore outbox, TimerWatch timers, ComplaintDesk desk, DefinitionLibrary definitions, TenantList tenants, ComplaintsDiagnostics diagnostics, IDeadlineClock clock, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private readonly Dictionary<TenantId, Rulebook> _seen = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            try
            {
                foreach (var tenant in await tenants.ReadAsync(stoppingToken).ConfigureAwait(false))
                {
                    await TakeUpYearsAsync(tenant, stoppingToken).ConfigureAwait(false);
                    await timers.LookAsync(desk.For(Actor.System, tenant), stoppingToken).ConfigureAwait(false);
                    diagnostics.Ages(await outbox.AgesAsync(tenant, now: null, stoppingToken).ConfigureAwait(false));
                    await outbox.ForgetDeliveredAsync(tenant, await clock.NowAsync(stoppingToken).ConfigureAwait(false) - Duration.FromTimeSpan(options.Value.KeepDelivered), stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is StoreException or ConflictException)
            {
                Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Once for each state of the definitions: complaints that are taken up already are left alone.</summary>
    internal async Task<int> TakeUpYearsAsync(TenantId tenant, CancellationToken stoppingToken)
    {
        var rules = await definitions.RulesAsync(tenant, stoppingToken).ConfigureAwait(false);
        if (_seen.TryGetValue(tenant, out var seen) && ReferenceEquals(seen, rules))
            return 0;
        var (reason, remark) = WhyYearsAreTakenUp(rules);
        var taken = await new Recalculation(desk.For(Actor.System, tenant))
            .ApplyAsync(reason, RecalculationScope.GrownCalendars, remark, stoppingToken).ConfigureAwait(false);
        _seen[tenant] = rules;
        return taken;
    }

    /// <summary>The library's own reason; a tenant that has none of that code is told in words, in its first language.</summary>
    private static (string Reason, string? Remark) WhyYearsAreTakenUp(Rulebook rules)
    {
        if (rules.ReasonsFor(new CommandName("recalculate")).Has("holidays-known"))
            return ("holidays-known", null);
        var isChinese = rules.Settings.Languages is [var first, ..] && first.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        return (ReasonBook.Other, isChinese ? "已公布更多年份的节假日。" : "Holidays of more years were published.");
    }

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning, Message = "Housekeeping failed; the next round tries again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
