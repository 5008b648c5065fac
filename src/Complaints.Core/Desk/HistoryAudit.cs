using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Proves the histories of a tenant, and takes checkpoints of them, under the tenant's own key, which stays inside.</summary>
/// <param name="chains">Where the histories are. What lies beside them is proved where it is an <see cref="ISideRowStore"/>, an
/// <see cref="IDefinitionStore"/>, an <see cref="ITimerStore"/> and an <see cref="ITakingPartStore"/> too, as every store of ours
/// is.</param>
/// <param name="keys">The tenants' keys.</param>
/// <param name="clock">When a checkpoint is taken.</param>
public sealed class HistoryAudit(IChainStore chains, PersonKeys keys, IClock clock)
{
    /// <summary>Walks every history of a tenant, as <see cref="ChainVerifier"/> does, and its checkpoints.</summary>
    public async Task<VerificationReport> VerifyAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        // Found and never made: whoever proves changes nothing.
        var (own, lost) = await FoundAsync(tenant, cancellationToken).ConfigureAwait(false);
        var report = own is not null && chains is ISideRowStore rows and IDefinitionStore definitions and ITimerStore timers
            and ITakingPartStore parties
            ? await WithAllBesideAsync(new(chains, rows, definitions, timers, parties, keys, tenant, own), tenant, own, cancellationToken)
                .ConfigureAwait(false)
            : await ChainVerifier.VerifyAsync(chains, tenant, own, cancellationToken).ConfigureAwait(false);
        if (lost is not null)
        {
            return report is { Events: 0, Checkpoints: 0 }
                ? report
                : report with { Findings = report.Findings.Add(ChainFinding.Said(lost)) };
        }
        var damaged = report.Findings.ToBuilder();
        await foreach (var (_, error) in keys.UnreadableAsync(tenant, cancellationToken).ConfigureAwait(false))
            damaged.Add(ChainFinding.Said(error));
        return report with { Findings = damaged.ToImmutable() };
    }

    private async Task<VerificationReport> WithAllBesideAsync(
        SideRowAudit beside, TenantId tenant, TenantKeys own, CancellationToken cancellationToken)
    {
        await using var _ = beside.ConfigureAwait(false);
        await beside.BeginAsync(cancellationToken).ConfigureAwait(false);
        var report = await ChainVerifier.VerifyAsync(chains, tenant, own, beside, cancellationToken).ConfigureAwait(false);
        var (found, unproven) = await beside.EndAsync(cancellationToken).ConfigureAwait(false);
        return report with
        {
            Findings = report.Findings.AddRange(found),
            Unproven = report.Unproven.Remove(ChainVerifier.NotProvedBeside).AddRange(unproven),
        };
    }

    /// <summary>Takes a checkpoint, as <see cref="Checkpoints"/> does. One that is taken of a history which was altered does not make it
    /// good.</summary>
    /// <returns>The newest part; <c>null</c> when there is nothing to authenticate yet, or no key to do it with.</returns>
    public async Task<CheckpointPart?> TakeCheckpointAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        await keys.FindAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false) is { } own
            ? await Checkpoints.TakeAsync(chains, tenant, new TenantKeys(own).Checkpoints, clock.GetCurrentInstant(), cancellationToken)
                .ConfigureAwait(false)
            : null;

    private async ValueTask<(TenantKeys? Keys, ComplaintError? Lost)> FoundAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.FindAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false) is { } found
                ? (new TenantKeys(found), null)
                : (null, new ComplaintError("keys.tenant_missing", ("value", tenant)));
        }
        catch (MasterKeyException e)
        {
            return (null, e.Error);
        }
    }
}
