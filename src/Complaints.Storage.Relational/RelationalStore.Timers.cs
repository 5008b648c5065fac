using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <content>Timers. How they are claimed is each database's own affair.</content>
public abstract partial class RelationalStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(_timers.Due, token, tenant.Value, Values.Of(now), (long)max).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var due = ImmutableArray.CreateBuilder<DueTimer>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                due.Add(new(new(row.Id(0)), new TimerRow(row.GetString(1), row.GetString(2), row.Instant(3))));
            return due.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => TimersAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        object?[] values = repair.Remove
            ? [tenant.Value, repair.Complaint.Value, (long)repair.Version, repair.Timer.Clock, repair.Timer.Purpose]
            : [tenant.Value, repair.Complaint.Value, (long)repair.Version, repair.Timer.Clock, repair.Timer.Purpose, Values.Of(repair.Timer.Due)];
        await _sessions.WriteAsync(
            tenant, async session => await session.RunAsync(repair.Remove ? _timers.Remove : _timers.Set, values).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<DueTimer> TimersAsync(SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(_timers.All, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            // What of it is damaged is no timer that anything asks for, and is found as that.
            var reading = new RowReading(row);
            yield return new(
                new(reading.Of("complaint", 0, ColumnKind.Id, default)),
                new(reading.Of("clock", 1, ColumnKind.Text, ""), reading.Of("purpose", 2, ColumnKind.Text, ""),
                    reading.Of("due_at", 3, ColumnKind.Instant, default)));
        }
    }
}
