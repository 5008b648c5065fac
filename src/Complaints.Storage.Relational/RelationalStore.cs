using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>
/// Every storage port on one relational database; a storage package derives from it and says where statements run. Thread-safe.
/// The parts are in a file each: commands here, then writing, reading, import, definitions, keys, chains.
/// </summary>
public abstract partial class RelationalStore :
    IComplaintStore, IComplaintReader, IComplaintImporter, IDefinitionStore, ISubjectKeyStore, IChainStore, ITimerStore
{
    private readonly ISqlSessions _sessions;
    private readonly SqlText _load;
    private readonly SqlText _intake;
    private readonly SqlText _intakeInside;
    private readonly SqlText _known;
    private readonly SqlText _keys;
    private readonly SqlText _chain;

    private protected RelationalStore(ISqlSessions sessions)
    {
        _sessions = sessions;
        var dialect = sessions.Dialect;
        _chain = new(Batch(HeadOf, EventsOf));
        _load = new(Batch(StoredComplaint, StoredTimers, EarlierCommand));
        var intake = string.Join(";\n", Candidates(dialect), EarlierCommand, Existing);
        _intake = new(Batch(intake));
        _intakeInside = new(intake);
        _known = new($"select source_id from complaint where tenant = @tenant and source = @source and {dialect.IsOneOf("source_id", "@ids")}");
        _keys = new($"select subject, wrapped from subject_key where tenant = @tenant and {dialect.IsOneOfIds("subject", "@subjects")}");
    }

    private const string StoredComplaint =
        """
        select c.version, c.schema, c.head, c.person, k.wrapped, c.body
        from complaint c left join subject_key k on k.tenant = c.tenant and k.subject = c.person
        where c.tenant = @tenant and c.id = @id
        """;

    private const string StoredTimers = "select clock, purpose, due_at from timer where tenant = @tenant and complaint = @id order by clock, purpose";

    private const string EarlierCommand = "select hash, answer, recorded_at from command where tenant = @tenant and id = @command";

    private const string Existing = "select id from complaint where tenant = @tenant and source = @source and source_id = @source_id";

    private static string Candidates(ISqlDialect dialect) =>
        $"""
        select c.id, c.number, c.state, c.received_at, c.person, c.category, c.repeat_key, k.wrapped
        from complaint c left join subject_key k on k.tenant = c.tenant and k.subject = c.person
        where c.tenant = @tenant and c.id in (select complaint from lookup where tenant = @tenant and {dialect.IsOneOf("hash", "@lookups")})
        order by c.received_at desc, c.id desc limit 20
        """;

    private static readonly SqlText ReserveNumbers = new(
        """
        insert into number_block (tenant, year, next) values (@tenant, @year, 1 + @count)
        on conflict (tenant, year) do update set next = number_block.next + @count
        returning next - @count
        """);

    /// <inheritdoc/>
    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(async (session, token) =>
        {
            var select = session.Bind(_load, tenant.Value, Values.Of(id.Value), Values.Of(command.Value));
            var row = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var _ = row.ConfigureAwait(false);
            StoredComplaint? complaint = null;
            ReadOnlyMemory<byte>? key = null;
            if (await row.ReadAsync(token).ConfigureAwait(false))
            {
                complaint = new(id, row.GetInt32(0), row.GetInt32(1), row.Bytes(5), row.Bytes(2), new(row.Id(3)));
                key = KeyAt(row, 4);
            }
            await row.NextResultAsync(token).ConfigureAwait(false);
            var timers = ImmutableArray.CreateBuilder<TimerRow>();
            while (await row.ReadAsync(token).ConfigureAwait(false))
                timers.Add(new(row.GetString(0), row.GetString(1), row.Instant(2)));
            await row.NextResultAsync(token).ConfigureAwait(false);
            var earlier = await EarlierAsync(row, command, token).ConfigureAwait(false);
            await row.NextResultAsync(token).ConfigureAwait(false);
            return new LoadedComplaint(complaint, timers.DrainToImmutable(), key, earlier);
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Only a new block of numbers needs the write lock: one intake in many.
        return query.Numbers == 0
            ? _sessions.ReadAsync((session, token) => IntakeAsync(session, query, 0, token), cancellationToken)
            : _sessions.WriteAsync(async session =>
            {
                var reserve = session.Bind(ReserveNumbers, query.Tenant.Value, (long)query.Year, (long)query.Numbers);
                var first = Convert.ToInt64(await reserve.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
                var found = await IntakeAsync(session, query, first, CancellationToken.None).ConfigureAwait(false);
                return new Written<LoadedIntake>(found, Keep: true);
            }, cancellationToken);
    }

    private async ValueTask<LoadedIntake> IntakeAsync(SqlSession session, IntakeQuery query, long firstNumber, CancellationToken token)
    {
        var select = session.Bind(
            firstNumber == 0 ? _intake : _intakeInside,
            query.Tenant.Value, _sessions.Dialect.List(query.Lookups), Values.Of(query.Command.Value), query.Source?.Source, query.Source?.Id);
        var row = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var candidates = ImmutableArray.CreateBuilder<IntakeCandidate>();
        ReadOnlyMemory<byte>? key = null;
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            if (candidates.Count == 0)
                key = KeyAt(row, 7);
            candidates.Add(new(
                new(row.Id(0)), row.GetString(1), ComplaintRow.StateNamed(row.GetString(2)), row.Instant(3), new(row.Id(4)), row.TextOrNull(5), row.TextOrNull(6)));
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var earlier = await EarlierAsync(row, query.Command, token).ConfigureAwait(false);
        await row.NextResultAsync(token).ConfigureAwait(false);
        ComplaintId? existing = await row.ReadAsync(token).ConfigureAwait(false) ? new(row.Id(0)) : null;
        await row.NextResultAsync(token).ConfigureAwait(false);
        return new LoadedIntake(candidates.DrainToImmutable(), firstNumber, earlier, existing, key);
    }

    private static async ValueTask<CommandRow?> EarlierAsync(DbDataReader row, CommandId command, CancellationToken token) =>
        await row.ReadAsync(token).ConfigureAwait(false) ? new CommandRow(command, row.GetString(0), row.Bytes(1), row.Instant(2)) : null;

    // With the cast, because a null array would become empty bytes instead of none.
    private static ReadOnlyMemory<byte>? KeyAt(DbDataReader row, int column) => row.BytesOrNull(column) is { } bytes ? (ReadOnlyMemory<byte>?)bytes : null;

    /// <summary>Several selects in one round trip that see the same state of the database.</summary>
    private string Batch(params ReadOnlySpan<string> selects) => $"{_sessions.Dialect.BeginRead}{string.Join(";\n", selects)};\n{_sessions.Dialect.EndRead}";
}
