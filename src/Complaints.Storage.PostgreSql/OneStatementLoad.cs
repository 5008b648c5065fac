using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using NodaTime;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// What a command reads before it decides, as one statement: it sees one state of the database by itself, while several would need a transaction around them, and that costs as much as
/// what they read.
/// </summary>
internal sealed class OneStatementLoad(ISqlDialect dialect) : LoadSql(dialect, ScopedStore.Release)
{
    private static readonly SqlText Everything = new(
        """
        select c.version, c.schema, c.head, c.person, k.wrapped, c.body, t.clocks, t.purposes, t.dues, m.hash, m.answer, m.recorded_at
        from (values (1)) one
        left join complaint c on c.tenant = @tenant and c.id = @id
        left join subject_key k on k.tenant = c.tenant and k.subject = c.person
        left join command m on m.tenant = @tenant and m.id = @command
        cross join lateral (
          select array_agg(clock) as clocks, array_agg(purpose) as purposes, array_agg(due_at) as dues from timer where tenant = @tenant and complaint = @id) t
        """);

    public override async ValueTask<LoadedComplaint> ComplaintAsync(SqlSession session, TenantId tenant, ComplaintId id, CommandId command, CancellationToken token, bool isInside = false)
    {
        var row = await session.QueryAsync(Everything, token, tenant.Value, id.Value, command.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        await row.ReadAsync(token).ConfigureAwait(false);
        StoredComplaint? complaint = row.IsDBNull(0) ? null : new(id, row.GetInt32(0), row.GetInt32(1), row.Bytes(5), row.Bytes(2), new(row.Id(3)));
        var earlier = row.IsDBNull(9) ? null : new CommandRow(command, row.GetString(9), row.Bytes(10), row.Instant(11));
        var loaded = new LoadedComplaint(complaint, Timers(row), complaint is null ? null : KeyAt(row, 4), earlier);
        await row.NextResultAsync(token).ConfigureAwait(false);
        return loaded;
    }

    private static ImmutableArray<TimerRow> Timers(DbDataReader row)
    {
        if (row.IsDBNull(6))
            return [];
        var clocks = row.GetFieldValue<string[]>(6);
        var purposes = row.GetFieldValue<string[]>(7);
        var dues = row.GetFieldValue<long[]>(8);
        return [.. clocks.Select((clock, i) => new TimerRow(clock, purposes[i], Instant.FromUnixTimeTicks(dues[i] * 10)))
            .OrderBy(timer => timer.Clock, StringComparer.Ordinal).ThenBy(timer => timer.Purpose, StringComparer.Ordinal)];
    }
}
