using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <content>What lies beside histories, to prove it.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText SelectCommands = new("select id, hash, answer, recorded_at from command where tenant = @tenant");

    private static readonly SqlText SelectMessages =
        new("select id, complaint, channel, topic, payload, created_at from outbox where tenant = @tenant");

    private static readonly SqlText SelectLookups =
        new("select complaint, person, hash, kind, form from lookup where tenant = @tenant order by complaint");

    private const string UnderKey = "exists (select 1 from subject_key where tenant = @tenant and subject = @person)";

    private const string AtVersion = "exists (select 1 from complaint where tenant = @tenant and id = @complaint and version = @version)";

    private static readonly SqlText HoldKey =
        new("update subject_key set wrapped = wrapped where tenant = @tenant and subject = @person");

    private static readonly SqlText HoldComplaint =
        new("update complaint set version = version where tenant = @tenant and id = @complaint and version = @version");

    private static readonly SqlText DeleteLookupsOf =
        new($"delete from lookup where tenant = @tenant and person = @person and complaint = @complaint and {AtVersion}");

    private static readonly SqlText InsertLookupUnderKey = new(
        $"""
        insert into lookup (tenant, hash, complaint, person, kind, form)
        select @tenant, @hash, @complaint, @person, @kind, @form where {UnderKey} and {AtVersion} on conflict do nothing
        """);

    private static readonly SqlText ReplaceCustomer = new(
        $"""
        update complaint set customer_hash = nullif(@customer, '')
        where tenant = @tenant and id = @complaint and version = @version and person = @person and customer_hash is not null and {UnderKey}
        """);

    /// <inheritdoc/>
    public IAsyncEnumerable<CommandRow> CommandsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        RowsAsync(tenant, SelectCommands, static row => new CommandRow(
            new(row.Of("id", 0, ColumnKind.Id, default)), row.Of("hash", 1, ColumnKind.Text, ""),
            row.Of("answer", 2, ColumnKind.ByteArray, []), row.Of("recorded_at", 3, ColumnKind.Instant, default)), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptMessage> MessagesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        RowsAsync(tenant, SelectMessages, static row => new KeptMessage(
            row.Of("id", 0, ColumnKind.Id, default), row.Of("complaint", 1, ColumnKind.Id, default),
            row.Of("channel", 2, ColumnKind.Text, ""), row.Of("topic", 3, ColumnKind.Text, ""),
            row.Of("payload", 4, ColumnKind.ByteArray, []), row.Of("created_at", 5, ColumnKind.Instant, default)), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptLookup> LookupsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        RowsAsync(tenant, SelectLookups, static row => new KeptLookup(
            new(row.Of("complaint", 0, ColumnKind.Id, default)), new(row.Of("person", 1, ColumnKind.Id, default)),
            row.Of("hash", 2, ColumnKind.Text, ""), row.Of("kind", 3, ColumnKind.Text, ""),
            (int)row.Of("form", 4, ColumnKind.Number, 0)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RenewLookupsAsync(TenantId tenant, RenewedLookups renewed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(renewed);
        var (own, id, person, version) = (tenant.Value, renewed.Complaint.Value, renewed.Person.Value, (long)renewed.Version);
        Statement[] statements =
        [
            // The key first, then the complaint, as every commit does: whoever destroys the one or changes the other waits for us, or is
            // done and nothing below is written.
            new(HoldKey, own, person), new(HoldComplaint, own, id, version), new(DeleteLookupsOf, own, person, id, version),
            .. renewed.Lookups.Select(lookup => new Statement(
                InsertLookupUnderKey, own, lookup.Hash, id, person, lookup.Kind, (long)lookup.Form, version)),
            new(ReplaceCustomer, renewed.CustomerHash ?? "", own, id, version, person),
        ];
        return _sessions.WriteAsync(
            tenant, async session => await session.RunAllAsync(statements).ConfigureAwait(false) is [> 0, > 0, ..],
            cancellationToken, isRepeatable: true);
    }

    private IAsyncEnumerable<T> RowsAsync<T>(TenantId tenant, SqlText select, Func<RowReading, T> read, CancellationToken cancellationToken)
    {
        return _sessions.StreamAsync(tenant, Rows, cancellationToken);

        async IAsyncEnumerable<T> Rows(SqlSession session, [EnumeratorCancellation] CancellationToken token)
        {
            var row = await session.QueryAsync(select, token, tenant.Value).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            while (await row.ReadAsync(token).ConfigureAwait(false))
                yield return read(new RowReading(row));
        }
    }
}
