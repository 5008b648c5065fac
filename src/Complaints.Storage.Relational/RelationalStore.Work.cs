using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>What waits for whom, and how cases are linked.</content>
public abstract partial class RelationalStore
{
    private readonly WorkSql _work;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var (text, values) = _work.Page(tenant, filter);
            var row = await session.QueryAsync(text, token, values).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            return await WorkSql.ItemsAsync(row, token).ConfigureAwait(false);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        filter.ThrowIfUnusable();
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var (text, values) = _work.Count(tenant, filter);
            var row = await session.QueryAsync(text, token, values).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var counts = ImmutableArray.CreateBuilder<WorkCount>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                counts.Add(new(row.GetString(0), row.GetInt32(1), row.GetInt32(2)));
            return counts.DrainToImmutable();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredWork> AllWorkAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => AllWorkAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        await _sessions.WriteAsync(tenant, async session => repair.Remove
            ? await session.RunAsync(_work.Remove, tenant.Value, repair.Of.Value, (long)repair.Version, WorkSql.Name(repair.Row.Subject),
                repair.Row.Work).ConfigureAwait(false)
            : await session.RunAsync(_work.Repair, [tenant.Value, repair.Of.Value, (long)repair.Version,
                .. WorkSql.ValuesOf(repair.Of, repair.Row).Skip(1)]).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LinkedCase>> LinksAsync(TenantId tenant, AggregateId of, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(LinkSql.Both, token, tenant.Value, of.Value, of.Noun).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            return await LinkSql.ReadAsync(row, token).ConfigureAwait(false);
        }, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredLink> AllLinksAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => AllLinksAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        var (id, version, other, kind) = (repair.Of.Value, (long)repair.Version, repair.Row.Other, repair.Row.Kind);
        await _sessions.WriteAsync(tenant, async session => repair.Remove
            ? await session.RunAsync(LinkSql.Remove, tenant.Value, id, other.Value, kind, version).ConfigureAwait(false)
            : await session.RunAsync(LinkSql.Repair, tenant.Value, id, other.Value, other.Noun, kind, version).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<StoredWork> AllWorkAsync(
        SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(_work.All, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var (of, work, _) = WorkSql.Read(row);
            yield return new(of, work);
        }
    }

    private static async IAsyncEnumerable<StoredLink> AllLinksAsync(
        SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(LinkSql.All, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var reading = new RowReading(row);
            yield return new(new(reading.Of("complaint", 0, ColumnKind.Id, default)), new(
                new(reading.Of("noun", 2, ColumnKind.Text, "?"), reading.Of("other", 1, ColumnKind.Id, default)),
                reading.Of("kind", 3, ColumnKind.Text, "")));
        }
    }
}
