using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>Definitions in all their versions.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText SelectDefinitions = new(
        """
        select kind, id, version, content, published_at, published_by, hash, effective_from, sequence from definition
        where tenant = @tenant
        order by kind, id, version
        """);

    private static readonly SqlText SelectNewerDefinitions = new(
        """
        select kind, id, version, content, published_at, published_by, hash, effective_from, sequence from definition
        where tenant = @tenant and sequence > @since
        """);

    private static readonly SqlText HasDefinition = new(
        "select 1 from definition where tenant = @tenant and kind = @kind and id = @id and version = @version");

    // The place in the sequence is the next one that can be seen, and no two may have the same: of two that are added at once the second
    // waits for the first, and then finds its place taken. So whoever sees a place has seen all before it.
    private static readonly SqlText InsertDefinition = new(
        """
        insert into definition (tenant, kind, id, version, hash, content, published_at, published_by, effective_from, sequence)
        values (@tenant, @kind, @id, @version, @hash, @content, @published_at, @published_by, cast(@effective_from as bigint),
            coalesce((select max(sequence) from definition where tenant = @tenant), 0) + 1)
        on conflict do nothing
        """);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await NewerAsync(tenant, null, cancellationToken).ConfigureAwait(false)).Added;

    /// <inheritdoc/>
    public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var row = await (since is { } mark
                ? session.QueryAsync(SelectNewerDefinitions, token, tenant.Value, mark.Sequence)
                : session.QueryAsync(SelectDefinitions, token, tenant.Value)).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var definitions = ImmutableArray.CreateBuilder<Definition>();
            var last = since?.Sequence ?? 0;
            while (await row.ReadAsync(token).ConfigureAwait(false))
            {
                var reading = new RowReading(row);
                definitions.Add(new(
                    tenant, reading.Of("kind", 0, ColumnKind.Text, ""), reading.Of("id", 1, ColumnKind.Text, ""),
                    reading.Of("version", 2, ColumnKind.Number, 0), reading.Of("content", 3, ColumnKind.Text, ""),
                    reading.Of("published_at", 4, ColumnKind.Instant, default), reading.Of("published_by", 5, ColumnKind.Text, ""))
                {
                    Proof = reading.Of("hash", 6, ColumnKind.Text, ""),
                    EffectiveFrom = reading.Of("effective_from", 7, ColumnKind.InstantOrNull, null),
                });
                last = Math.Max(last, row.GetInt64(8));
            }
            var added = definitions.DrainToImmutable();
            // Places have no gaps: each is the next one, and nothing is ever taken away.
            return new NewDefinitions(added, new(last)) { Missing = since is null ? last - added.Length : 0 };
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return _sessions.WriteAsync(definition.Tenant, async session =>
        {
            while (true)
            {
                var added = await session.RunAsync(
                    InsertDefinition, definition.Tenant.Value, definition.Kind, definition.Id, (long)definition.Version,
                    definition.Proof, definition.Json, Values.Of(definition.PublishedAt), definition.PublishedBy,
                    Values.Of(definition.EffectiveFrom)).ConfigureAwait(false);
                if (added > 0)
                    return true;
                if (await IsThereAsync(session, definition).ConfigureAwait(false))
                    return false;
                // Another definition took the place: the next one is free.
            }
        }, cancellationToken);
    }

    private static async ValueTask<bool> IsThereAsync(SqlSession session, Definition definition)
    {
        var row = await session.QueryAsync(
            HasDefinition, CancellationToken.None, definition.Tenant.Value, definition.Kind, definition.Id, (long)definition.Version)
            .ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        return await row.ReadAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
