using System.Collections.Concurrent;
using Complaints.Benchmarks.Commands;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>What a careful programmer writes by hand (SPEED 3): a load of one round trip, then one prepared statement that writes every row, on connections that stay open.</summary>
/// <param name="source">The connections.</param>
/// <param name="work">What is written.</param>
/// <param name="callers">How many at once.</param>
/// <param name="loadsParticipants">True to load the keys of others who take part as well.</param>
internal sealed class RawArm(NpgsqlDataSource source, Workload work, int callers, bool loadsParticipants = false) : IAsyncDisposable
{
    private const string LoadComplaint =
        "select c.version, s.schema, c.head, c.person, s.body, k.wrapped from complaint c "
        + "join complaint_state s on s.tenant = c.tenant and s.complaint = c.id "
        + "left join subject_key k on k.tenant = c.tenant and k.subject = c.person where c.tenant = $1 and c.id = $2";

    private const string LoadOthers = "select p.person, k.wrapped from participant p "
        + "join subject_key k on k.tenant = p.tenant and k.subject = p.person where p.tenant = $1 and p.complaint = $2";

    private const string LoadTimers = "select clock, purpose, due_at from timer where tenant = $1 and complaint = $2";

    private const string LoadCommand = "select hash, answer from command where tenant = $1 and id = $2";

    private static readonly ConcurrentDictionary<(bool OneEvent, bool OneMessage, bool Sealed, bool HasWork), string> Writes = new();
    private readonly ConcurrentBag<NpgsqlConnection> _open = [];
    private List<ComplaintCommit> _slice = [];
    private long _next;

    public async Task PrepareAsync(int operations)
    {
        _slice = await work.CommitsAsync(_next, operations);
        while (_open.Count < callers)
            _open.Add(await source.OpenConnectionAsync());
    }

    public async Task RunAsync(int operations)
    {
        await Callers.RunAsync(callers, operations, async turn =>
        {
            _open.TryTake(out var connection);
            await OneAsync(connection!, _slice[turn]);
            _open.Add(connection!);
        });
        _next += operations;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _open)
            await connection.DisposeAsync();
    }

    private async Task OneAsync(NpgsqlConnection connection, ComplaintCommit commit)
    {
        var tenant = commit.Tenant.Value;
        var id = commit.Id.Value;
        var command = commit.Command!;
        await using var load = new NpgsqlBatch(connection)
        {
            BatchCommands = { Select(LoadComplaint, tenant, id), Select(LoadTimers, tenant, id),
                Select(LoadCommand, tenant, command.Id.Value) },
        };
        if (loadsParticipants)
            load.BatchCommands.Add(Select(LoadOthers, tenant, id));
        await using (var row = await load.ExecuteReaderAsync())
        {
            await row.ReadAsync();
            _ = (row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetGuid(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5));
            await row.NextResultAsync();
            while (await row.ReadAsync())
                _ = (row.GetString(0), row.GetString(1), row.GetInt64(2));
            await row.NextResultAsync();
            await row.ReadAsync();
            await row.NextResultAsync();
            while (loadsParticipants && await row.ReadAsync())
                _ = (row.GetGuid(0), row.GetFieldValue<byte[]>(1));
        }

        var summary = commit.Summary;
        var hasWork = !commit.WorkToRemove.IsEmpty || !commit.WorkToSet.IsEmpty;
        var kind = (commit.Events.Length == 1, commit.Outbox.Length == 1, !commit.SealedUnder.IsEmpty, hasWork);
        await using var write = new NpgsqlCommand(
            Writes.GetOrAdd(kind, static one => Write(one.OneEvent, one.OneMessage, one.Sealed, one.HasWork)), connection);
        Add(tenant, id, commit.ExpectedVersion, summary.State.ToString(), summary.Priority);
        Text(summary.Owner);
        Text(summary.Team);
        Add(Micros(summary.UpdatedAt));
        Number(summary.DueAt);
        Number(summary.TargetAt);
        Add(commit.Schema, commit.Head.ToArray(), commit.State.ToArray(), command.Id.Value, command.Hash, command.Answer.ToArray(), Micros(command.RecordedAt));
        if (commit.Events is [var happened])
            Add(happened.Index, happened.Hash.ToArray(), happened.Body.ToArray());
        else
            Add((int[])[.. commit.Events.Select(row => row.Index)], (byte[][])[.. commit.Events.Select(row => row.Hash.ToArray())], (byte[][])[.. commit.Events.Select(row => row.Body.ToArray())]);
        Add((string[])[.. commit.TimersToRemove.Select(row => row.Clock)], (string[])[.. commit.TimersToRemove.Select(row => row.Purpose)]);
        Add((string[])[.. commit.TimersToSet.Select(row => row.Clock)], (string[])[.. commit.TimersToSet.Select(row => row.Purpose)], (long[])[.. commit.TimersToSet.Select(row => Micros(row.Due))]);
        if (commit.Outbox is [var message])
        {
            Add(message.Id, message.Topic, message.Payload.ToArray(), Micros(message.CreatedAt), Micros(message.DueAt));
        }
        else
        {
            Add((Guid[])[.. commit.Outbox.Select(row => row.Id)], (string[])[.. commit.Outbox.Select(row => row.Topic)], (byte[][])[.. commit.Outbox.Select(row => row.Payload.ToArray())]);
            Add((long[])[.. commit.Outbox.Select(row => Micros(row.CreatedAt))], (long[])[.. commit.Outbox.Select(row => Micros(row.DueAt))]);
        }
        if (!commit.SealedUnder.IsEmpty)
            Add((object)(Guid[])[.. commit.SealedUnder.Select(person => person.Value)]);
        if (hasWork)
        {
            var (done, work) = (commit.WorkToRemove, commit.WorkToSet);
            Add((string[])[.. done.Select(row => WorkSql.Name(row.Subject))], (string[])[.. done.Select(row => row.Work)]);
            Add((string[])[.. work.Select(row => WorkSql.Name(row.Subject))], (string[])[.. work.Select(row => row.Work)]);
            Add((string?[])[.. work.Select(row => row.Person)], (string?[])[.. work.Select(row => row.Team)]);
            Add((string?[])[.. work.Select(row => row.Duty)], (long[])[.. work.Select(row => WorkSql.Scaled(row.Amount))]);
            Add((string?[])[.. work.Select(WorkSql.NotFor)], (long[])[.. work.Select(WorkSql.DueOf)]);
            Add((long[])[.. work.Select(row => Micros(row.Since))]);
        }
        if ((long)(await write.ExecuteScalarAsync())! != 1)
            throw new InvalidOperationException("A conflict in a benchmark without any.");

        void Add(params object[] values)
        {
            foreach (var value in values)
                write.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        void Text(string? value) => write.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });

        void Number(Instant? value) => write.Parameters.Add(new NpgsqlParameter { Value = value is { } instant ? Micros(instant) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
    }

    /// <summary>One event or one message alone comes as it is, many as arrays. What is sealed is written only while its keys are there: a
    /// careful programmer promises that, too.</summary>
    private static string Write(bool oneEvent, bool oneMessage, bool isSealed, bool hasWork) =>
        $"""
        with {(isSealed ? "kept as (select subject from subject_key where tenant = $1 and subject = any($31) order by subject for key share)," : "")}
        u as (
          update complaint set version = $3 + 1, state = $4, priority = $5, owner = $6, team = $7, updated_at = $8, due_at = $9,
            target_at = $10, head = $12
          where tenant = $1 and id = $2 and version = $3 {(isSealed ? "and (select count(*) from kept) = cardinality($31)" : "")}
          returning tenant, id),
        b as (update complaint_state s set schema = $11, body = $13 from u where s.tenant = u.tenant and s.complaint = u.id),
        m as (insert into command (tenant, id, hash, answer, recorded_at) select tenant, $14, $15, $16, $17 from u),
        e as (insert into event (tenant, complaint, version, idx, hash, body) select tenant, id, $3 + 1, {(oneEvent ? "$18, $19, $20 from u" : "x.i, x.h, x.b from u, unnest($18, $19, $20) as x(i, h, b)")}),
        r as (delete from timer t using u, unnest($21, $22) as x(c, p) where t.tenant = u.tenant and t.complaint = u.id and t.clock = x.c and t.purpose = x.p),
        s as (insert into timer (tenant, complaint, clock, purpose, due_at) select tenant, id, x.c, x.p, x.d from u, unnest($23, $24, $25) as x(c, p, d)
          on conflict (tenant, complaint, clock, purpose) do update set due_at = excluded.due_at),
        o as (insert into outbox (tenant, complaint, id, topic, payload, created_at, due_at) select tenant, u.id, {(oneMessage ? "$26, $27, $28, $29, $30 from u" : "x.i, x.t, x.p, x.c, x.d from u, unnest($26, $27, $28, $29, $30) as x(i, t, p, c, d)")}){(hasWork ? Work(isSealed ? 32 : 31) : "")}
        select count(*) from u
        """;

    private static string Work(int first)
    {
        var numbers = Enumerable.Range(first, 11).Select(number => $"${number}").ToList();
        return $"""
            ,
            wr as (delete from work t using u, unnest({numbers[0]}, {numbers[1]}) as x(s, w)
              where t.tenant = u.tenant and t.aggregate = u.id and t.subject = x.s and t.work = x.w),
            ws as (insert into work (tenant, aggregate, noun, subject, work, person, team, duty, amount, not_for, due_at, since)
              select u.tenant, u.id, 'complaint', x.s, x.w, x.p, x.t, x.d, x.a, x.n, x.u, x.e
              from u, unnest({string.Join(", ", numbers.Skip(2))}) as x(s, w, p, t, d, a, n, u, e)
              on conflict (tenant, aggregate, subject, work) do update set person = excluded.person, team = excluded.team,
                duty = excluded.duty, due_at = excluded.due_at)
            """;
    }

    private static NpgsqlBatchCommand Select(string sql, string tenant, Guid id) =>
        new(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant }, new NpgsqlParameter<Guid> { TypedValue = id } } };

    private static long Micros(Instant instant) => instant.ToUnixTimeTicks() / 10;
}
