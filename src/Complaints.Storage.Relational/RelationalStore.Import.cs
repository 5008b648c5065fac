using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>Many new complaints at once.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText FindSource = new(Existing);

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, string source, IReadOnlyCollection<string> sourceIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceIds);
        return _sessions.ReadAsync(async (session, token) =>
        {
            var row = await session.Bind(_known, tenant.Value, source, _sessions.Dialect.List(sourceIds)).ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var known = ImmutableHashSet.CreateBuilder<string>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                known.Add(row.GetString(0));
            return known.ToImmutable();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">A complaint's id, number or key is taken; nothing of the batch was written.</exception>
    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return _sessions.WriteAsync(async session =>
        {
            var written = 0;
            foreach (var commit in commits)
            {
                // Asked first, because a refused row cannot be told from another taken key, and a savepoint a row would cost more than the look-up.
                if (commit.Summary.SourceId is { } sourceId && await IsKnownAsync(session, commit.Tenant, commit.Summary.Source, sourceId).ConfigureAwait(false))
                    continue;
                if (!await TryWriteAsync(session, commit).ConfigureAwait(false))
                    throw new StoreException($"Complaint {commit.Id} with number {commit.Summary.Number} cannot be imported: its id, its number or its key is taken.");
                written++;
            }
            return new Written<int>(written, Keep: true);
        }, cancellationToken);
    }

    private static async ValueTask<bool> IsKnownAsync(SqlSession session, TenantId tenant, string? source, string sourceId) =>
        await session.Bind(FindSource, tenant.Value, source, sourceId).ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) is not null;
}
