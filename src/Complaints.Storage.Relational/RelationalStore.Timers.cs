using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <content>The timers that are due.</content>
public abstract partial class RelationalStore
{
    private const string SelectDue = "select complaint, clock, purpose, due_at from timer where tenant = @tenant and due_at <= @now order by due_at limit @max";

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(_due, token, tenant.Value, Values.Of(now), (long)max).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var due = ImmutableArray.CreateBuilder<DueTimer>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                due.Add(new(new(row.Id(0)), new TimerRow(row.GetString(1), row.GetString(2), row.Instant(3))));
            return due.DrainToImmutable();
        }, cancellationToken);
}
