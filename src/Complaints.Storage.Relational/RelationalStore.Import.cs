using System.Collections.Immutable;
using Complaints.Core;

namespace Complaints.Storage.Relational;

/// <content>What an import asks first.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText FindSource = new(LoadSql.Existing);

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceHashes);
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(_known, token, tenant.Value, _sessions.Dialect.List(sourceHashes)).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var known = ImmutableHashSet.CreateBuilder<string>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                known.Add(row.GetString(0));
            return known.ToImmutable();
        }, cancellationToken);
    }
}
