using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>
/// Every minute: measures how late the work is, and forgets messages that were delivered long ago. When definitions were published: takes
/// up calendars that have gained years of holidays, for clocks that are due in those years. Once a day: compares the timers with what the
/// complaints ask for, puts work and links right, takes a checkpoint, and makes look-ups of an older normal form anew.
/// </summary>
internal sealed class Housekeeping(
    IOutboxStore outbox, TimerWatch timers, JumpWatch jumps, CheckpointTaker checkpoints, LookupKeeper lookups, WorkKeeper work,
    ComplaintDesk desk, DefinitionLibrary definitions, TenantList tenants, ComplaintsDiagnostics diagnostics, IDeadlineClock clock,
    IOptions<BackgroundWorkOptions> options, TimeProvider time, Supervisor supervisor) : BackgroundService
{
    private readonly Dictionary<TenantId, Rulebook> _seen = [];
    private readonly Dictionary<TenantId, long> _tried = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        await supervisor.RunAsync(
            "housekeeping",
            async stopping => await Supervisor.EachAsync(
                await tenants.ReadAsync(stopping).ConfigureAwait(false), tenant => KeepAsync(tenant, stopping), stopping).ConfigureAwait(
                    false),
            async stopping => await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false),
            stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Each piece has its turn, whatever became of the one before.</summary>
    private Task KeepAsync(TenantId tenant, CancellationToken stopping) => Supervisor.EachAsync<Func<Task>>(
        [
            () => TakeUpYearsAsync(tenant, stopping),
            () => jumps.LookAsync(desk.For(Actor.System, tenant), stopping),
            () => timers.LookAsync(desk.For(Actor.System, tenant), stopping),
            () => checkpoints.TakeAsync(tenant, stopping),
            () => lookups.LookAsync(desk.For(Actor.System, tenant), stopping),
            () => work.LookAsync(desk.For(Actor.System, tenant), stopping),
            async () => diagnostics.Ages(await outbox.AgesAsync(tenant, now: null, stopping).ConfigureAwait(false)),
            async () => await outbox.ForgetDeliveredAsync(tenant, await DeliveredBeforeAsync(stopping).ConfigureAwait(false), stopping)
                .ConfigureAwait(false),
        ],
        piece => piece(), stopping);

    private async ValueTask<Instant> DeliveredBeforeAsync(CancellationToken stopping) =>
        await clock.NowAsync(stopping).ConfigureAwait(false) - Duration.FromTimeSpan(options.Value.KeepDelivered);

    /// <summary>Once for each state of the definitions: complaints that are taken up already are left alone.</summary>
    internal async Task<int> TakeUpYearsAsync(TenantId tenant, CancellationToken stoppingToken)
    {
        var rules = await definitions.RulesAsync(tenant, stoppingToken).ConfigureAwait(false);
        if (_seen.TryGetValue(tenant, out var seen) && ReferenceEquals(seen, rules) || !MayTry(tenant))
            return 0;
        var (reason, remark) = WhyYearsAreTakenUp(rules);
        var taken = await new Recalculation(desk.For(Actor.System, tenant))
            .ApplyAsync(reason, RecalculationScope.GrownCalendars, remark, stoppingToken).ConfigureAwait(false);
        _seen[tenant] = rules;
        _tried.Remove(tenant);
        return taken;
    }

    /// <summary>A walk that failed is tried again in an hour, for it may be long.</summary>
    private bool MayTry(TenantId tenant)
    {
        if (_tried.TryGetValue(tenant, out var before) && time.GetElapsedTime(before) < TimeSpan.FromHours(1))
            return false;
        _tried[tenant] = time.GetTimestamp();
        return true;
    }

    /// <summary>The library's own reason; a tenant that has none of that code is told in words, in its first language.</summary>
    private static (string Reason, string? Remark) WhyYearsAreTakenUp(Rulebook rules)
    {
        if (rules.ReasonsFor(new CommandName("recalculate")).Has("holidays-known"))
            return ("holidays-known", null);
        var isChinese = rules.Settings.Languages is [var first, ..] && first.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        return (ReasonBook.Other, isChinese ? "已公布更多年份的节假日。" : "Holidays of more years were published.");
    }
}
