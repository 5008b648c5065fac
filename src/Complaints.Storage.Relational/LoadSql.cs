using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>What a command reads before it decides: several selects in one round trip that see the same state of the database.</summary>
/// <param name="dialect">What the database does in its own way.</param>
/// <param name="afterKeeping">What ends the load of a number that is kept inside a transaction of somebody else's; empty for nothing.</param>
internal class LoadSql(ISqlDialect dialect, string afterKeeping = "")
{
    /// <summary>The id of the complaint that is known under a source's id.</summary>
    public const string Existing = "select id from complaint where tenant = @tenant and source_hash = @source";

    private const string StoredComplaint =
        $"""
        select c.version, c.head, c.person, k.wrapped, {StateRow.Selected}
        from complaint c left join subject_key k on k.tenant = c.tenant and k.subject = c.person {StateRow.Join}
        where c.tenant = @tenant and c.id = @id
        """;

    private const string StoredTimers = "select clock, purpose, due_at from timer where tenant = @tenant and complaint = @id order by clock, purpose";

    /// <summary>The keys of who takes part besides the complaint's own person.</summary>
    private const string OtherKeys =
        """
        select k.subject, k.wrapped
        from participant p join subject_key k on k.tenant = p.tenant and k.subject = p.person
        where p.tenant = @tenant and p.complaint = @id
        """;

    private const string EarlierCommand = "select hash, answer, recorded_at from command where tenant = @tenant and id = @command";

    private const string ReserveNumbers =
        """
        insert into number_block (tenant, year, next) values (@tenant, @year, 1 + @count)
        on conflict (tenant, year) do update set next = number_block.next + @count
        returning next - @count
        """;

    /// <summary>
    /// Tells the next number and keeps its row from all others until the transaction ends. For a command that was carried out, or a source's id that is known, it waits for nobody and tells none:
    /// no number is needed.
    /// </summary>
    private const string KeepNextNumber =
        $"""
        insert into number_block (tenant, year, next) select @tenant, @year, 1
        where not exists ({EarlierCommand}) and not exists ({Existing})
        on conflict (tenant, year) do update set next = number_block.next
        returning next
        """;

    private const string NextNumber = "select coalesce((select next from number_block where tenant = @tenant and year = @year), 1)";

    /// <summary>The states of <see cref="States.InHand"/>, word for word as the index of the schema has them: only then it is
    /// used.</summary>
    private static readonly string InHand = $"state in ({string.Join(", ", States.InHand.Select(state => $"'{state}'"))})";

    private readonly SqlText _complaint = new(
        dialect.BeginRead, StoredComplaint, StoredTimers, EarlierCommand, OtherKeys, dialect.EndRead);
    private readonly SqlText _complaintInside = new(StoredComplaint, StoredTimers, EarlierCommand, OtherKeys);

    /// <summary>How much people have in hand, as it is asked beside the rest of an intake.</summary>
    internal SqlText LoadsText => new(Loads(dialect));

    private readonly IntakeTexts _intake = new(dialect, "", afterKeeping);
    private readonly IntakeTexts _intakeWithLoads = new(dialect, Loads(dialect), afterKeeping);

    /// <summary>A complaint, its timers, and the command's row.</summary>
    /// <param name="session">Where.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The complaint.</param>
    /// <param name="command">The command.</param>
    /// <param name="token">Ends the wait.</param>
    /// <param name="isInside">True inside a transaction that somebody else began.</param>
    public virtual async ValueTask<LoadedComplaint> ComplaintAsync(SqlSession session, TenantId tenant, ComplaintId id, CommandId command, CancellationToken token, bool isInside = false)
    {
        var row = await session.QueryAsync(isInside ? _complaintInside : _complaint, token, tenant.Value, id.Value, command.Value).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        StoredComplaint? complaint = null;
        var keys = ImmutableArray.CreateBuilder<WrappedKey>(1);
        if (await row.ReadAsync(token).ConfigureAwait(false))
        {
            complaint = StateRow.Stored(row, id, StateRow.Read(row, 4), version: 0, head: 1, person: 2);
            if (row.BytesOrNull(3) is { } own)
                keys.Add(new(complaint.Person, own));
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var timers = ImmutableArray.CreateBuilder<TimerRow>();
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            if (TimerSql.Timer(row, 0) is { } timer)
                timers.Add(timer);
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var earlier = await EarlierAsync(row, command, token).ConfigureAwait(false);
        await row.NextResultAsync(token).ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            keys.Add(new(new(row.Id(0)), row.Bytes(1)));
        await row.NextResultAsync(token).ConfigureAwait(false);
        return new LoadedComplaint(complaint, timers.DrainToImmutable(), keys.DrainToImmutable(), earlier);
    }

    /// <summary>Takes numbers that are written with their complaints: it touches no row where the year's next number is another (1 as
    /// long as there is no row), or where the guard does not hold.</summary>
    public static string TakeNumbers(string tenant, string year, string next, string first, string guard = "true") =>
        $"""
        insert into number_block (tenant, year, next)
        select {tenant}, {year}, {next}
        where ({first} = 1 or exists (select 1 from number_block where tenant = {tenant} and year = {year})) and {guard}
        on conflict (tenant, year) do update set next = excluded.next where number_block.next = {first}
        """;

    /// <summary>Similar complaints, the command's row, the complaint under the source's id; a block of numbers, or the next number, if one is asked for.</summary>
    public async ValueTask<LoadedIntake> IntakeAsync(SqlSession session, IntakeQuery query, CancellationToken token, bool isInside = false)
    {
        query.ThrowIfUnusable();
        var (tenant, year, lookups) = (query.Tenant.Value, (long)query.Year, dialect.List(query.Lookups.Select(lookup => lookup.Hash)));
        var (command, source) = (query.Command.Value, query.SourceHash);
        var text = query.LoadsOf.IsEmpty ? _intake : _intakeWithLoads;
        // A text that counts no loads has no parameter for them.
        object?[] owners = query.LoadsOf.IsEmpty ? [] : [dialect.List(query.LoadsOf)];
        var near = query.Near is { } wanted ? new QueueSql(dialect, query.Tenant, wanted) : null;
        var select = near is not null ? NearAsync(session, near, query, isInside, token)
            : (query.Numbers > 0, query.NextNumber, isInside) switch
        {
            (true, _, _) => session.QueryAsync(
                text.Numbers, token, [tenant, year, (long)query.Numbers, lookups, command, source, .. owners]),
            (_, true, true) => session.QueryAsync(text.InsideNext, token, [tenant, year, command, source, lookups, .. owners]),
            (_, true, false) => session.QueryAsync(text.Next, token, [tenant, year, lookups, command, source, .. owners]),
            (_, _, var inside) => session.QueryAsync(
                inside ? text.Inside : text.Plain, token, [tenant, lookups, command, source, .. owners]),
        };
        var row = await select.ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var first = 0L;
        if (query.Numbers > 0 || query.NextNumber)
        {
            if (await row.ReadAsync(token).ConfigureAwait(false))
                first = Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture);
            await row.NextResultAsync(token).ConfigureAwait(false);
        }
        var candidates = ImmutableArray.CreateBuilder<IntakeCandidate>();
        ReadOnlyMemory<byte>? key = null;
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            // Nobody is kept from a new complaint because an older one that is like it is damaged.
            if (Candidate(row) is not { } candidate)
                continue;
            if (candidates.Count == 0 && candidate.SharesReference)
                key = KeyAt(row, 10);
            candidates.Add(candidate);
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var earlier = await EarlierAsync(row, query.Command, token).ConfigureAwait(false);
        await row.NextResultAsync(token).ConfigureAwait(false);
        ComplaintId? existing = await row.ReadAsync(token).ConfigureAwait(false) ? new(row.Id(0)) : null;
        await row.NextResultAsync(token).ConfigureAwait(false);
        if (near is not null)
        {
            var found = new LoadedIntake(candidates.DrainToImmutable(), first, earlier, existing, key);
            return await NearAsync(row, query, found, token).ConfigureAwait(false);
        }
        if (query.LoadsOf.IsEmpty)
            return new LoadedIntake(candidates.DrainToImmutable(), first, earlier, existing, key);
        var loads = ImmutableArray.CreateBuilder<OwnerLoad>();
        while (await row.ReadAsync(token).ConfigureAwait(false))
            loads.Add(new(row.GetString(0), Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture)));
        await row.NextResultAsync(token).ConfigureAwait(false);
        return new LoadedIntake(candidates.DrainToImmutable(), first, earlier, existing, key, loads.DrainToImmutable());
    }

    /// <summary>Asks for a page of others with all that an intake finds.</summary>
    private Task<DbDataReader> NearAsync(
        SqlSession session, QueueSql near, IntakeQuery query, bool isInside, CancellationToken token)
    {
        var (begin, end) = isInside ? ("", "") : (dialect.BeginRead, dialect.EndRead);
        var text = new SqlText(begin, Candidates(dialect), EarlierCommand, Existing, near.Page().Text, near.Count().Text, end)
        {
            IsKept = false,
        };
        return session.QueryAsync(text, token, near.ValuesOf(text, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["@lookups"] = dialect.List(query.Lookups.Select(lookup => lookup.Hash)),
            ["@command"] = query.Command.Value,
            ["@source"] = query.SourceHash,
        }));
    }

    private static async ValueTask<LoadedIntake> NearAsync(
        DbDataReader row, IntakeQuery query, LoadedIntake loaded, CancellationToken token)
    {
        var found = new List<ComplaintSummary>();
        while (await row.ReadAsync(token).ConfigureAwait(false))
            found.Add(ComplaintRow.Read(row, query.Tenant));
        await row.NextResultAsync(token).ConfigureAwait(false);
        await row.ReadAsync(token).ConfigureAwait(false);
        var count = MatchCount.Of(row.GetInt32(0));
        await row.NextResultAsync(token).ConfigureAwait(false);
        return loaded with { Near = ComplaintPage.Of(query.Near!, found), NearCount = count };
    }

    private static IntakeCandidate? Candidate(DbDataReader row)
    {
        try
        {
            return new(
                new(row.CheckedId(0)), row.GetString(1), ComplaintRow.StateNamed(row.GetString(2)), row.CheckedInstant(3),
                    new(row.CheckedId(4)),
                new(row.TextOrNull(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9)))
            {
                SharesReference = row.GetInt32(11) == 1,
                HasReference = row.GetInt32(12) == 1,
            };
        }
        catch (Exception e) when (RowReading.IsBad(e))
        {
            return null;
        }
    }

    private static string Candidates(ISqlDialect dialect) =>
        $"""
        select c.id, c.number, c.state, c.received_at, c.person, c.category, c.subcategory, c.item_kind, c.item_model, c.item_hash,
            k.wrapped, m.shares_reference,
            case when exists (
                select 1 from lookup r where r.tenant = c.tenant and r.person = c.person and r.kind = '{Lookup.Reference}') then 1 else 0 end
        from (
            select complaint, max(case when kind = '{Lookup.Reference}' then 1 else 0 end) as shares_reference
            from lookup where tenant = @tenant and {dialect.IsOneOf("hash", "@lookups")} group by complaint) m
        join complaint c on c.tenant = @tenant and c.id = m.complaint
        left join subject_key k on k.tenant = c.tenant and k.subject = c.person
        order by m.shares_reference desc, c.received_at desc, c.id desc limit 20
        """;

    private static string Loads(ISqlDialect dialect) =>
        $"""
        select owner, count(*) from complaint
        where tenant = @tenant and {dialect.IsOneOf("owner", "@owners")} and {InHand} group by owner
        """;

    private static async ValueTask<CommandRow?> EarlierAsync(DbDataReader row, CommandId command, CancellationToken token) =>
        await row.ReadAsync(token).ConfigureAwait(false) ? Earlier(row, command) : null;

    /// <summary>Whatever of it is damaged: that there is one shows that the command was carried out.</summary>
    public static CommandRow Earlier(DbDataReader row, CommandId command)
    {
        var reading = new RowReading(row);
        return new(command, reading.Of("hash", 0, ColumnKind.Text, ""), reading.Of("answer", 1, ColumnKind.ByteArray, []),
            reading.Of("recorded_at", 2, ColumnKind.Instant, default));
    }

    /// <summary>The selects before a new complaint, by how it gets its number.</summary>
    /// <param name="dialect">What the database does in its own way.</param>
    /// <param name="loads">What counts the loads; empty for nothing.</param>
    /// <param name="afterKeeping">What ends the load of a number that is kept.</param>
    private sealed class IntakeTexts(ISqlDialect dialect, string loads, string afterKeeping)
    {
        public SqlText Plain { get; } = new(dialect.BeginRead, Candidates(dialect), EarlierCommand, Existing, loads, dialect.EndRead);

        public SqlText Numbers { get; } = new(ReserveNumbers, Candidates(dialect), EarlierCommand, Existing, loads);

        public SqlText Next { get; } = new(
            dialect.BeginRead, NextNumber, Candidates(dialect), EarlierCommand, Existing, loads, dialect.EndRead);

        public SqlText Inside { get; } = new(Candidates(dialect), EarlierCommand, Existing, loads);

        public SqlText InsideNext { get; } = new(KeepNextNumber, Candidates(dialect), EarlierCommand, Existing, loads, afterKeeping);
    }

    // With the cast, because a null array would become empty bytes instead of none.
    protected static ReadOnlyMemory<byte>? KeyAt(DbDataReader row, int column) => row.BytesOrNull(column) is { } bytes ? (ReadOnlyMemory<byte>?)bytes : null;
}
