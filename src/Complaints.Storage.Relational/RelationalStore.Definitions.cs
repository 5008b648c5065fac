using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Storage.Relational;

/// <content>Definitions in all their versions.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText SelectDefinitions = new(
        """
        select kind, id, version, content, published_at, published_by, hash from definition where tenant = @tenant
        order by kind, id, version
        """);

    private static readonly SqlText InsertDefinition = new(
        """
        insert into definition (tenant, kind, id, version, hash, content, published_at, published_by)
        values (@tenant, @kind, @id, @version, @hash, @content, @published_at, @published_by)
        on conflict do nothing
        """);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await session.QueryAsync(SelectDefinitions, token, tenant.Value).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var definitions = ImmutableArray.CreateBuilder<Definition>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
            {
                var reading = new RowReading(row);
                definitions.Add(new(
                    tenant, reading.Of("kind", 0, ColumnKind.Text, ""), reading.Of("id", 1, ColumnKind.Text, ""),
                    reading.Of("version", 2, ColumnKind.Number, 0), reading.Of("content", 3, ColumnKind.Text, ""),
                    reading.Of("published_at", 4, ColumnKind.Instant, default), reading.Of("published_by", 5, ColumnKind.Text, ""))
                {
                    Proof = reading.Of("hash", 6, ColumnKind.Text, ""),
                });
            }
            return definitions.DrainToImmutable();
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return _sessions.WriteAsync(
            definition.Tenant,
            async session => await session.RunAsync(
                InsertDefinition, definition.Tenant.Value, definition.Kind, definition.Id, (long)definition.Version,
                definition.Proof, definition.Json, Values.Of(definition.PublishedAt), definition.PublishedBy).ConfigureAwait(false) > 0,
            cancellationToken);
    }
}
