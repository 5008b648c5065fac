using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>Who takes part in which complaint.</content>
public abstract partial class RelationalStore
{
    private readonly TakingPartSql _parties;

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(complaints);
        if (parties.IsDefaultOrEmpty || complaints.Count == 0)
            return new([]);
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var dialect = _sessions.Dialect;
            var row = await session.QueryAsync(
                _parties.InWhich, token, tenant.Value, dialect.Ids(complaints.Select(id => id.Value)), dialect.List(parties))
                .ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var found = ImmutableHashSet.CreateBuilder<ComplaintId>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                found.Add(new(row.Id(0)));
            return found.ToImmutable();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredParty> AllPartiesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.StreamAsync(tenant, (session, token) => AllPartiesAsync(session, tenant, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        var (id, version) = (repair.Of.Value, (long)repair.Version);
        await _sessions.WriteAsync(tenant, async session => repair.Remove
            ? await session.RunAsync(_parties.Remove, tenant.Value, id, repair.Party, version).ConfigureAwait(false)
            : await session.RunAsync(_parties.Repair, repair.Party, tenant.Value, id, version).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<StoredParty> AllPartiesAsync(
        SqlSession session, TenantId tenant, [EnumeratorCancellation] CancellationToken token)
    {
        var row = await session.QueryAsync(_parties.All, token, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var reading = new RowReading(row);
            yield return new(new(reading.Of("complaint", 0, ColumnKind.Id, default)), reading.Of("party", 1, ColumnKind.Text, ""));
        }
    }
}
