using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Npgsql;

namespace Complaints.Faults.Tests.Roles;

/// <summary>The fault that R08's control plants: a queue that lets whoever says what became of a message have its way, whoever has it now.</summary>
internal sealed class Unfenced(IOutboxStore inner, string database) : IOutboxStore
{
    public ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) => inner.ClaimAsync(tenant, query, cancellationToken);

    public async ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select distinct owner from complaints.outbox where id = any($1) and owner is not null");
        command.Parameters.Add(new NpgsqlParameter { Value = fates.Select(fate => fate.Id).ToArray() });
        var owners = new List<string>();
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
                owners.Add(row.GetString(0));
        }
        var settled = 0;
        foreach (var owner in owners)
            settled += await inner.SettleAsync(tenant, owner, fates, now, cancellationToken);
        return settled;
    }

    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => inner.DeadAsync(tenant, max, cancellationToken);

    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken) => inner.ReplayAsync(tenant, messages, now, cancellationToken);

    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken) => inner.AgesAsync(tenant, now, cancellationToken);

    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) => inner.ForgetDeliveredAsync(tenant, before, cancellationToken);
}
