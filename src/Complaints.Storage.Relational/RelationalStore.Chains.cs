using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>Whole histories, to prove them.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText SelectTenants = new(
        """
        select tenant from complaint union select tenant from aggregate union select tenant from event union select tenant from definition
        union select tenant from subject_key union select tenant from checkpoint
        order by tenant
        """);

    private static string SelectHead(ISqlDialect dialect) =>
        $"""
        select {ComplaintRow.HeadColumns}, {StateRow.Selected},
            (select {dialect.JoinIds("p.person")} from participant p where p.tenant = c.tenant and p.complaint = c.id)
        from complaint c {StateRow.Join}
        """;

    private static string SelectHeads(ISqlDialect dialect) => $"{SelectHead(dialect)} where c.tenant = @tenant order by c.id";

    private static readonly SqlText SelectEvents = new(
        "select complaint, version, idx, body, hash from event where tenant = @tenant order by complaint, version, idx");

    private static string HeadOf(ISqlDialect dialect) => $"{SelectHead(dialect)} where c.tenant = @tenant and c.id = @id";

    private const string EventsOf = "select version, idx, body, hash from event where tenant = @tenant and complaint = @id order by version, idx";

    private static readonly SqlText SelectCheckpoints = new("select sequence, taken_at, body, mac from checkpoint where tenant = @tenant order by sequence");

    private static readonly SqlText InsertCheckpoint = new(
        "insert into checkpoint (tenant, sequence, taken_at, body, mac) values (@tenant, @sequence, @taken_at, @body, @mac) on conflict do nothing");

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken) =>
        _sessions.ReadAsync(null, async (session, token) =>
        {
            var row = await session.QueryAsync(SelectTenants, token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var tenants = ImmutableArray.CreateBuilder<TenantId>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                tenants.Add(new(row.GetString(0)));
            return tenants.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoreFinding>> InspectAsync(CancellationToken cancellationToken) =>
        _sessions.ReadAsync(null, async (session, token) =>
        {
            var row = await session.QueryAsync(_inspect, token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var found = ImmutableArray.CreateBuilder<StoreFinding>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
            {
                var (kind, name) = (row.GetString(0), row.GetString(1));
                found.Add(kind == "damage"
                    ? new("store.damaged", new(
                        $"The database is damaged: {name}. Restore it from a backup.", $"数据库已损坏：{name}。请从备份恢复。"))
                    : new("store.foreign", new(
                        $"The {kind} {name} is not ours, and acts on what is ours: take it away.",
                        $"{KindOf(kind)} {name} 不属于本库，却作用于本库的数据：请将其移除。")));
            }
            return found.DrainToImmutable();
        }, cancellationToken);

    private static string KindOf(string kind) => kind switch { "trigger" => "触发器", "view" => "视图", _ => kind };

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => HeadsAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => EventsAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid of, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(_chain, token, tenant.Value, of).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var head = await row.ReadAsync(token).ConfigureAwait(false) ? Head(row, tenant) : null;
            await row.NextResultAsync(token).ConfigureAwait(false);
            head = await row.ReadAsync(token).ConfigureAwait(false) ? AggregateSql.Head(row, tenant) : head;
            await row.NextResultAsync(token).ConfigureAwait(false);
            var events = ImmutableArray.CreateBuilder<StoredEvent>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                events.Add(Event(row, 0));
            await row.NextResultAsync(token).ConfigureAwait(false);
            return new StoredChain(head, events.DrainToImmutable());
        }, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreException">That part is there already: somebody else took a checkpoint at the same time.</exception>
    public async ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        var saved = await _sessions.WriteAsync(
            tenant,
            async session => await session.RunAsync(
                InsertCheckpoint, tenant.Value, (long)part.Sequence, Values.Of(part.TakenAt), Values.Of(part.Body), Values.Of(part.Mac)).ConfigureAwait(false) > 0,
            cancellationToken).ConfigureAwait(false);
        if (!saved)
            throw new StoreException($"Checkpoint {part.Sequence} of tenant {tenant} is there already: somebody else took one at the same time. Take it again.");
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => CheckpointsAsync(session, tenant, token), cancellationToken);

    private async IAsyncEnumerable<ChainHead> HeadsAsync(SqlSession session, TenantId tenant,
        [EnumeratorCancellation] CancellationToken token)
    {
        // The small aggregates are few, and put among the complaints by their ids, whose order in the database is that of their text.
        var others = await AggregateSql.HeadsAsync(session, tenant, token).ConfigureAwait(false);
        var next = 0;
        var row = await session.QueryAsync(_heads, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var head = Head(row, tenant);
            while (next < others.Count && string.CompareOrdinal(others[next].Of.Value.ToString("D"), head.Of.Value.ToString("D")) < 0)
                yield return others[next++];
            yield return head;
        }
        while (next < others.Count)
            yield return others[next++];
    }

    private static async IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(
        SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(SelectEvents, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            yield return (new RowReading(row).Of("complaint", 0, ColumnKind.Id, default), Event(row, 1));
    }

    /// <summary>An event; what of it is damaged cannot fit its chain.</summary>
    private static StoredEvent Event(DbDataReader row, int at)
    {
        var reading = new RowReading(row);
        return new(reading.Of("version", at, ColumnKind.Number, 0), reading.Of("idx", at + 1, ColumnKind.Number, 0),
            reading.Of("body", at + 2, ColumnKind.ByteArray, []), reading.Of("hash", at + 3, ColumnKind.ByteArray, []));
    }

    private static async IAsyncEnumerable<CheckpointPart> CheckpointsAsync(SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(SelectCheckpoints, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var reading = new RowReading(row);
            yield return new(reading.Of("sequence", 0, ColumnKind.Number, 0), reading.Of("taken_at", 1, ColumnKind.Instant, default),
                reading.Of("body", 2, ColumnKind.ByteArray, []), reading.Of("mac", 3, ColumnKind.ByteArray, []));
        }
    }

    private static ImmutableArray<SubjectId> Persons(string? joined) =>
        joined is null ? [] : [.. joined.Split(',').Select(id => new SubjectId(Guid.TryParse(id, out var known) ? known : Guid.Empty))];

    private static ChainHead Head(DbDataReader row, TenantId tenant)
    {
        var summary = ComplaintRow.Read(row, tenant);
        var (schema, body) = StateRow.Read(row, ComplaintRow.Width);
        return new ChainHead(AggregateId.Of(summary.Id), summary.Number, summary.Version, ComplaintRow.ReadHead(row),
            new StoredRow(schema, body, summary) { Persons = Persons(row.TextOrNull(ComplaintRow.Width + 2)) });
    }
}
