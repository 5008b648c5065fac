using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>The wrapped keys of persons and tenants.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText KeepKey = new(
        "insert into subject_key (tenant, subject, wrapped) values (@tenant, @subject, @wrapped) on conflict do nothing",
        "select wrapped from subject_key where tenant = @tenant and subject = @subject");

    /// <summary>A tenant that has a history had a key: another in its place would find nothing that the first one hashed.</summary>
    private static readonly SqlText KeepTenantKey = new(
        """
        insert into subject_key (tenant, subject, wrapped) select @tenant, @subject, @wrapped
        where not exists (select 1 from event where tenant = @tenant) and not exists (select 1 from checkpoint where tenant = @tenant)
        on conflict do nothing
        """,
        "select wrapped from subject_key where tenant = @tenant and subject = @subject");

    private static readonly SqlText DeleteKey = new("delete from subject_key where tenant = @tenant and subject = @subject");

    private static readonly SqlText SelectKeyPage = new(
        "select tenant, subject, wrapped from subject_key where (tenant, subject) > (@tenant, @subject) "
        + "order by tenant, subject limit @max");

    /// <summary>An update and never an insert: a key that is gone stays gone.</summary>
    private static readonly SqlText ReplaceKey = new(
        "update subject_key set wrapped = @wrapped where tenant = @tenant and subject = @subject and wrapped = @seen");

    private static readonly SqlText DeleteLookups = new("delete from lookup where tenant = @tenant and person = @person");

    private static readonly SqlText ClearHashes = new(
        """
        update complaint set customer_hash = null, item_hash = null, repeat_hash = null
        where tenant = @tenant and person = @person and (customer_hash is not null or item_hash is not null or repeat_hash is not null)
        """);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return _sessions.ReadAsync(tenant, async (session, token) =>
        {
            var ids = _sessions.Dialect.Ids(subjects.Select(subject => subject.Value));
            var row = await session.QueryAsync(_keys, token, tenant.Value, ids).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var keys = ImmutableArray.CreateBuilder<WrappedKey>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                keys.Add(new(new(row.Id(0)), row.Bytes(1)));
            return keys.DrainToImmutable();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _sessions.WriteAsync(tenant, async session =>
        {
            var keep = key.Subject == SubjectId.Tenant ? KeepTenantKey : KeepKey;
            var row = await session.QueryAsync(keep, CancellationToken.None, tenant.Value, key.Subject.Value, Values.Of(key.Wrapped))
                .ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            if (!await row.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                throw new StoreException(new ComplaintError("keys.tenant_missing", ("value", tenant)).ToString());
            return key with { Wrapped = row.Bytes(0) };
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        ISubjectKeyStore.ThrowIfTenant(subject);
        return _sessions.WriteAsync(tenant, async session =>
        {
            // The key first: whoever writes under it now is waited for, and nobody begins to. All or nothing.
            var touched = await session.RunAllAsync(
            [
                new(DeleteKey, tenant.Value, subject.Value), new(DeleteLookups, tenant.Value, subject.Value),
                new(ClearHashes, tenant.Value, subject.Value),
            ]).ConfigureAwait(false);
            return touched[0] > 0;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 10_000);
        // Keyset paging; the first page begins behind what no tenant is called.
        var (tenant, subject) = (after?.Tenant.Value ?? "", after?.Subject.Value ?? Guid.Empty);
        return _sessions.ReadAsync(null, async (session, token) =>
        {
            var row = await session.QueryAsync(SelectKeyPage, token, tenant, subject, (long)max).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            var keys = ImmutableArray.CreateBuilder<StoredKey>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                keys.Add(new(new(new(row.GetString(0)), new(row.Id(1))), row.Bytes(2)));
            return keys.DrainToImmutable();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> ReplaceKeysAsync(TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replacements.Count, 10_000, nameof(replacements));
        if (replacements.Count == 0)
            return new(0);
        // In one order, so that two that replace the same keys wait for one another and never in a circle.
        var statements = replacements.OrderBy(one => one.Subject.Value).Select(one =>
            new Statement(ReplaceKey, Values.Of(one.Wrapped), tenant.Value, one.Subject.Value, Values.Of(one.Seen))).ToList();
        return _sessions.WriteAsync(
            tenant,
            async session => (await session.RunAllAsync(statements).ConfigureAwait(false)).Sum(),
            cancellationToken);
    }
}
