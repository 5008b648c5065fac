using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>The wrapped keys of persons and tenants.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText SelectKey = new("select wrapped from subject_key where tenant = @tenant and subject = @subject");

    private static readonly SqlText KeepKey = new(
        "insert into subject_key (tenant, subject, wrapped) values (@tenant, @subject, @wrapped) on conflict do nothing");

    private static readonly SqlText DeleteKey = new("delete from subject_key where tenant = @tenant and subject = @subject");

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return _sessions.ReadAsync(async (session, token) =>
        {
            var ids = _sessions.Dialect.List(subjects.Select(subject => Convert.ToHexStringLower(Values.Of(subject.Value))));
            var row = await session.Bind(_keys, tenant.Value, ids).ExecuteReaderAsync(token).ConfigureAwait(false);
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
        return _sessions.WriteAsync(async session =>
        {
            var subject = Values.Of(key.Subject.Value);
            await RunAsync(session.Bind(KeepKey, tenant.Value, subject, Values.Of(key.Wrapped))).ConfigureAwait(false);
            var kept = await session.Bind(SelectKey, tenant.Value, subject).ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
            return new Written<WrappedKey>(key with { Wrapped = (byte[])kept! }, Keep: true);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        _sessions.WriteAsync(async session =>
        {
            var destroyed = await RunAsync(session.Bind(DeleteKey, tenant.Value, Values.Of(subject.Value))).ConfigureAwait(false) > 0;
            return new Written<bool>(destroyed, Keep: destroyed);
        }, cancellationToken);
}
