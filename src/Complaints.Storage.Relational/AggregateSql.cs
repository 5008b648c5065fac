using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>
/// The statements of the small aggregates. A commit is its row first, and everything else only where that row is as it was just written: so
/// that a stale version writes nothing at all, in one round trip, on every database.
/// </summary>
internal sealed class AggregateSql(ISqlDialect dialect)
{
    private const string Columns =
        "noun, id, number, version, kind, status, owner, team, subject, title, opened_at, updated_at, due_at, ended_at, look_at";

    private static readonly ColumnKind<Envelope?> Envelopes = new(ColumnType.Bytes, false, static title => JsonColumns.Sealed(title) ?? [],
        static (row, at) => row.Bytes(at) is { Length: > 0 } title ? JsonColumns.Sealed(title) : null);

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    private const int Width = 15;

    private const string HeadColumns = $"{Columns}, schema, body, head, year, serial";

    private const string Written = "from aggregate where tenant = @tenant and id = @of and version = @version and head = @head";

    /// <summary>The row, its key, and what a command was answered.</summary>
    private static readonly string[] OneOf =
    [
        "select noun, version, schema, body, head, subject from aggregate where tenant = @tenant and id = @id",
        "select wrapped from subject_key where tenant = @tenant and subject = "
            + "(select subject from aggregate where tenant = @tenant and id = @id)",
        "select hash, answer, recorded_at from command where tenant = @tenant and id = @command",
    ];

    private static readonly SqlText Insert = new(
        """
        insert into aggregate (tenant, noun, id, number, year, serial, version, kind, status, owner, team, subject, title, opened_at,
            updated_at, due_at, ended_at, look_at, schema, body, head)
        values (@tenant, @noun, @id, @number, @year, @serial, 1, @kind, @status, @owner, @team, @subject, @title, @opened_at,
            @updated_at, cast(@due_at as bigint), cast(@ended_at as bigint), cast(@look_at as bigint), @schema, @body, @head)
        """);

    private static readonly SqlText InsertCommand = new(
        $"insert into command (tenant, id, hash, answer, recorded_at) select @tenant, @id, @hash, @answer, @recorded_at {Written}");

    private static readonly SqlText InsertEvent = new(
        $"insert into event (tenant, complaint, version, idx, hash, body) select @tenant, @of, @version, @idx, @hash, @body {Written}");

    private static readonly SqlText InsertMessage = new(
        "insert into outbox (tenant, id, complaint, topic, payload, created_at, due_at) "
        + $"select @tenant, @id, @of, @topic, @payload, @created_at, @due_at {Written}");

    private static readonly SqlText InsertKey = new(
        $"insert into subject_key (tenant, subject, wrapped) select @tenant, @subject, @wrapped {Written}");

    private static readonly SqlText SetWork = new(WorkSql.Set(
        "select @tenant, @of, @noun, @subject, @work, cast(@person as text), cast(@team as text), cast(@duty as text), @amount, "
        + $"cast(@not_for as text), cast(@area as text), @due_at, @since {Written}"));

    private static readonly SqlText RemoveWork = new(
        "delete from work where tenant = @tenant and aggregate = @of and subject = @subject and work = @work "
        + $"and exists (select 1 {Written})");

    private static readonly SqlText Highest = new(
        "select coalesce(max(serial), 0) from aggregate where tenant = @tenant and noun = @noun and year = @year");

    private static readonly SqlText Due = new(
        """
        select id, version, look_at from aggregate
        where tenant = @tenant and noun = @noun and look_at <= @now and (look_at > @at or (look_at = @at and id > @after))
        order by look_at, id limit @max
        """);

    /// <summary>Says when to look again, unless the aggregate has moved on.</summary>
    private static readonly SqlText Look = new(
        "update aggregate set look_at = cast(@look_at as bigint) where tenant = @tenant and id = @id and version = @version");

    private static readonly SqlText Heads = new($"select {HeadColumns} from aggregate where tenant = @tenant order by id");

    /// <summary>The head of one chain, beside <see cref="Heads"/>.</summary>
    public const string HeadOf = $"select {HeadColumns} from aggregate where tenant = @tenant and id = @id";

    /// <summary>A key that is needed is kept until the end: whoever destroys it waits for us, or we find it gone.</summary>
    private readonly SqlText _update = new(
        $"""
        update aggregate set version = @version, kind = @kind, status = @status, owner = @owner, team = @team, title = @title,
            updated_at = @updated_at, due_at = cast(@due_at as bigint), ended_at = cast(@ended_at as bigint),
            look_at = cast(@look_at as bigint), schema = @schema, body = @body, head = @head
        where tenant = @tenant and id = @id and version = @version - 1
            and (@needs_key = 0 or exists (select 1 from subject_key where tenant = @tenant and subject = @subject {dialect.KeepKey}))
        """);

    private readonly SqlText _load = new([dialect.BeginRead, .. OneOf, dialect.EndRead]);

    /// <summary>The same inside a transaction that somebody else began.</summary>
    private readonly SqlText _loadInside = new(OneOf);

    private readonly SqlText _list = new(
        $"""
        select {Columns} from aggregate
        where tenant = @tenant and noun = @noun and (@any_status = 1 or {dialect.IsOneOf("status", "@statuses")})
            and (@kind = '' or kind = @kind) and (@owner = '' or owner = @owner) and (@number = '' or number = @number)
            and (@first = 1 or id < @after)
        order by id desc limit @take
        """);

    public async ValueTask<LoadedAggregate> LoadAsync(
        SqlSession session, TenantId tenant, AggregateId id, CommandId command, bool isInside, CancellationToken cancellationToken)
    {
        var row = await session.QueryAsync(isInside ? _loadInside : _load, cancellationToken, tenant.Value, id.Value, command.Value)
            .ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        StoredAggregate? stored = null;
        if (await row.ReadAsync(cancellationToken).ConfigureAwait(false) && row.GetString(0) == id.Noun)
        {
            var reading = new RowReading(row);
            stored = new(id, reading.Of("version", 1, ColumnKind.Number, 0), reading.Of("schema", 2, ColumnKind.Number, 0),
                reading.Of("body", 3, ColumnKind.ByteArray, []), reading.Of("head", 4, ColumnKind.ByteArray, []),
                new(reading.Of("subject", 5, ColumnKind.Id, default)));
        }
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        // With the cast, because a null array would become empty bytes instead of none.
        var key = await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? (ReadOnlyMemory<byte>?)row.Bytes(0) : null;
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var earlier = await row.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? LoadSql.Earlier(row, command)
            : null;
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return new(stored, key, earlier);
    }

    public static async ValueTask<long> NextNumberAsync(
        SqlSession session, TenantId tenant, string noun, int year, CancellationToken cancellationToken)
    {
        var row = await session.QueryAsync(Highest, cancellationToken, tenant.Value, noun, (long)year).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return row.GetInt64(0) + 1;
    }

    public async ValueTask<ImmutableArray<AggregateSummary>> ListAsync(
        SqlSession session, TenantId tenant, AggregateQuery query, CancellationToken cancellationToken) => await ReadAsync(
            session, _list, tenant, cancellationToken, tenant.Value, query.Noun, query.Statuses.IsEmpty ? 1L : 0L,
                dialect.List(query.Statuses), query.Kind ?? "",
            query.Owner ?? "", query.Number ?? "", query.After is null ? 1L : 0L, query.After ?? Guid.Empty, (long)query.Take)
                .ConfigureAwait(false);

    public static async ValueTask<ImmutableArray<AggregateLook>> DueAsync(
        SqlSession session, TenantId tenant, LookQuery query, CancellationToken cancellationToken)
    {
        var (at, after) = (query.After?.At is { } last ? Values.Of(last) : long.MinValue, query.After?.Id.Value ?? Guid.Empty);
        var row = await session.QueryAsync(Due, cancellationToken, tenant.Value, query.Noun, Values.Of(query.Now), at, after,
            (long)query.Max)
            .ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var due = ImmutableArray.CreateBuilder<AggregateLook>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var reading = new RowReading(row);
            var look = new AggregateLook(new(query.Noun, reading.Of("id", 0, ColumnKind.Id, default)),
                reading.Of("version", 1, ColumnKind.Number, 0), reading.Of("look_at", 2, ColumnKind.Instant, default));
            if (reading.Unreadable.IsEmpty)
                due.Add(look);
        }
        return due.DrainToImmutable();
    }

    public static async ValueTask<int> LookAgainAsync(SqlSession session, TenantId tenant, AggregateLook look) =>
        await session.RunAsync(Look, Values.Of(look.At), tenant.Value, look.Id.Value, (long)look.Version).ConfigureAwait(false);

    /// <summary>Every head, by id.</summary>
    public static async ValueTask<List<ChainHead>> HeadsAsync(SqlSession session, TenantId tenant, CancellationToken cancellationToken)
    {
        var row = await session.QueryAsync(Heads, cancellationToken, tenant.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var heads = new List<ChainHead>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            heads.Add(Head(row, tenant));
        return heads;
    }

    /// <summary>A head, of <see cref="HeadOf"/> or <see cref="Heads"/>.</summary>
    public static ChainHead Head(DbDataReader row, TenantId tenant)
    {
        var summary = Read(row, tenant);
        var reading = new RowReading(row);
        var state = new StoredRow(reading.Of("schema", Width, ColumnKind.Number, 0),
            reading.Of("body", Width + 1, ColumnKind.ByteArray, []),
            null, summary)
        {
            Taken = new(reading.Of("year", Width + 3, ColumnKind.Number, 0), reading.Of("serial", Width + 4, ColumnKind.Number, 0)),
        };
        return new(summary.Id, summary.Number, summary.Version, reading.Of("head", Width + 2, ColumnKind.ByteArray, []), state);
    }

    /// <summary>The statements of a commit. The first touches no row where the version is another, or the key is gone; then none
    /// does.</summary>
    public List<Statement> StatementsOf(AggregateCommit commit)
    {
        var summary = commit.Summary;
        var tenant = commit.Tenant.Value;
        object?[] written = [(long)commit.Version, Values.Of(commit.Head)];
        var statements = new List<Statement>
        {
            commit.ExpectedVersion == 0
                ? new(Insert, tenant, summary.Id.Noun, summary.Id.Value, summary.Number, (long)commit.Number!.Year, commit.Number.Number,
                    summary.Kind, summary.Status,
                    summary.Owner, summary.Team, summary.Subject.Value, Title(summary), Values.Of(summary.OpenedAt),
                        Values.Of(summary.UpdatedAt),
                    Values.Of(summary.DueAt), Values.Of(summary.EndedAt), Values.Of(summary.LookAt), (long)commit.Schema,
                        Values.Of(commit.State), Values.Of(commit.Head))
                : new(_update, (long)commit.Version, summary.Kind, summary.Status, summary.Owner, summary.Team, Title(summary),
                    Values.Of(summary.UpdatedAt),
                    Values.Of(summary.DueAt), Values.Of(summary.EndedAt), Values.Of(summary.LookAt), (long)commit.Schema,
                        Values.Of(commit.State), Values.Of(commit.Head),
                    tenant, summary.Id.Value, commit.NeedsKey ? 1L : 0L, summary.Subject.Value),
            new(InsertCommand, tenant, commit.Command.Id.Value, commit.Command.Hash, Values.Of(commit.Command.Answer),
                Values.Of(commit.Command.RecordedAt),
                summary.Id.Value, (long)commit.Version, Values.Of(commit.Head)),
        };
        foreach (var happened in commit.Events)
            statements.Add(new(InsertEvent, tenant, summary.Id.Value, (long)happened.Version, (long)happened.Index,
                Values.Of(happened.Hash), Values.Of(happened.Body), Values.Of(commit.Head)));
        foreach (var done in commit.WorkToRemove)
            statements.Add(new(RemoveWork, [tenant, summary.Id.Value, WorkSql.Name(done.Subject), done.Work, .. written]));
        foreach (var waiting in commit.WorkToSet)
            statements.Add(new(SetWork, [tenant, .. WorkSql.ValuesOf(summary.Id, waiting), .. written]));
        foreach (var message in commit.Outbox)
        {
            statements.Add(new(InsertMessage,
                [tenant, message.Id, summary.Id.Value, message.Topic, Values.Of(message.Payload), Values.Of(message.CreatedAt),
                    Values.Of(message.DueAt), .. written]));
        }
        if (commit.NewKey is { } key)
            statements.Add(new(InsertKey, [tenant, key.Subject.Value, Values.Of(key.Wrapped), summary.Id.Value, .. written]));
        return statements;
    }

    private static async ValueTask<ImmutableArray<AggregateSummary>> ReadAsync(
        SqlSession session, SqlText sql, TenantId tenant, CancellationToken cancellationToken, params object?[] values)
    {
        var row = await session.QueryAsync(sql, cancellationToken, values).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var found = ImmutableArray.CreateBuilder<AggregateSummary>();
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            found.Add(Read(row, tenant));
        return found.DrainToImmutable();
    }

    private static AggregateSummary Read(DbDataReader row, TenantId tenant)
    {
        var reading = new RowReading(row);
        var id = new AggregateId(reading.Of("noun", 0, ColumnKind.Text, "?"), reading.Of("id", 1, ColumnKind.Id, default));
        var title = reading.Of("title", 9, Envelopes, null);
        return new()
        {
            Id = id,
            Number = reading.Of("number", 2, ColumnKind.Text, "?"),
            Version = reading.Of("version", 3, ColumnKind.Number, 0),
            Kind = reading.Of("kind", 4, ColumnKind.Text, ""),
            Status = reading.Of("status", 5, ColumnKind.Text, ""),
            Owner = reading.Of("owner", 6, ColumnKind.TextOrNull, null),
            Team = reading.Of("team", 7, ColumnKind.TextOrNull, null),
            Subject = new(reading.Of("subject", 8, ColumnKind.Id, default)),
            Title = title is null ? null : Personal.Sealed(title, AggregateSummary.PlaceOfTitle(tenant, id)),
            OpenedAt = reading.Of("opened_at", 10, ColumnKind.Instant, default),
            UpdatedAt = reading.Of("updated_at", 11, ColumnKind.Instant, default),
            DueAt = reading.Of("due_at", 12, ColumnKind.InstantOrNull, null),
            EndedAt = reading.Of("ended_at", 13, ColumnKind.InstantOrNull, null),
            LookAt = reading.Of("look_at", 14, ColumnKind.InstantOrNull, null),
            Unreadable = reading.Unreadable,
        };
    }

    /// <summary>No bytes for no title.</summary>
    private static byte[] Title(AggregateSummary summary) => JsonColumns.Sealed(JsonColumns.EnvelopeOf(summary.Title)) ?? [];
}
