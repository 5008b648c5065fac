using Complaints.Benchmarks.Commands;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>What a careful programmer writes by hand: one open connection, prepared statements, a load, one transaction with a version check.</summary>
internal sealed class RawArm : IAsyncDisposable
{
    private readonly Workload _work;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin, _commit, _load, _timers, _earlier;
    private readonly SqliteCommand _update, _state, _command, _event, _setTimer, _removeTimer, _setWork, _removeWork, _message;
    private List<ComplaintCommit> _slice = [];
    private long _next;

    public RawArm(string file, Workload work)
    {
        File = file;
        _work = work;
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Make("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma wal_autocheckpoint = 20000; pragma cache_size = -64000").ExecuteNonQuery();
        _begin = Make("begin immediate");
        _commit = Make("commit");
        _load = Make(
            "select version, s.schema, head, person, s.body, "
            + "(select wrapped from subject_key k where k.tenant = c.tenant and k.subject = c.person) "
            + "from complaint c join complaint_state s on s.tenant = c.tenant and s.complaint = c.id "
            + "where c.tenant = $tenant and id = $id", "$tenant", "$id");
        _timers = Make("select clock, purpose, due_at from timer where tenant = $tenant and complaint = $id", "$tenant", "$id");
        _earlier = Make("select hash, answer from command where tenant = $tenant and id = $id", "$tenant", "$id");
        _update = Make(
            "update complaint set version = $version, state = $state, priority = $priority, owner = $owner, team = $team, updated_at = $updated, due_at = $due, target_at = $target, "
            + "head = $head where tenant = $tenant and id = $id and version = $expected",
            "$version", "$state", "$priority", "$owner", "$team", "$updated", "$due", "$target", "$head", "$tenant", "$id", "$expected");
        _state = Make(
            "update complaint_state set schema = $schema, body = $body where tenant = $tenant and complaint = $id",
            "$schema", "$body", "$tenant", "$id");
        _command = Make("insert into command (tenant, id, hash, answer, recorded_at) values ($1, $2, $3, $4, $5)", "$1", "$2", "$3", "$4", "$5");
        _event = Make("insert into event (tenant, complaint, version, idx, hash, body) values ($1, $2, $3, $4, $5, $6)", "$1", "$2", "$3", "$4", "$5", "$6");
        _setTimer = Make(
            "insert into timer (tenant, complaint, clock, purpose, due_at) values ($1, $2, $3, $4, $5) on conflict do update set due_at = excluded.due_at", "$1", "$2", "$3", "$4", "$5");
        _removeTimer = Make("delete from timer where tenant = $1 and complaint = $2 and clock = $3 and purpose = $4", "$1", "$2", "$3", "$4");
        _setWork = Make(
            "insert into work (tenant, aggregate, noun, subject, work, person, team, duty, amount, not_for, area, due_at, since) "
            + "values ($1, $2, 'complaint', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do update set person = excluded.person, "
            + "team = excluded.team, duty = excluded.duty, due_at = excluded.due_at",
            "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12");
        _removeWork = Make(
            "delete from work where tenant = $1 and aggregate = $2 and subject = $3 and work = $4", "$1", "$2", "$3", "$4");
        _message = Make("insert into outbox (tenant, id, complaint, topic, payload, created_at, due_at) values ($1, $2, $3, $4, $5, $6, $7)", "$1", "$2", "$3", "$4", "$5", "$6", "$7");
    }

    public string File { get; }

    public async Task PrepareAsync(int operations) => _slice = await _work.CommitsAsync(_next, operations);

    public Task RunAsync(int operations)
    {
        foreach (var commit in _slice)
            One(commit);
        _next += operations;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private void One(ComplaintCommit commit)
    {
        var tenant = commit.Tenant.Value;
        var id = Bytes(commit.Id.Value);
        var command = commit.Command!;
        using (var row = Bind(_load, tenant, id).ExecuteReader())
        {
            row.Read();
            _ = (row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5));
        }
        using (var row = Bind(_timers, tenant, id).ExecuteReader())
        {
            while (row.Read())
                _ = (row.GetString(0), row.GetString(1), row.GetInt64(2));
        }
        using (var row = Bind(_earlier, tenant, Bytes(command.Id.Value)).ExecuteReader())
            row.Read();

        var summary = commit.Summary;
        _begin.ExecuteNonQuery();
        var written = Bind(
            _update, commit.Version, summary.State.ToString(), summary.Priority, summary.Owner, summary.Team, Micros(summary.UpdatedAt), Micros(summary.DueAt), Micros(summary.TargetAt),
            commit.Head.ToArray(), tenant, id, commit.ExpectedVersion).ExecuteNonQuery();
        if (written != 1)
            throw new InvalidOperationException("A conflict in a benchmark without any.");
        Bind(_state, commit.Schema, commit.State.ToArray(), tenant, id).ExecuteNonQuery();
        Bind(_command, tenant, Bytes(command.Id.Value), command.Hash, command.Answer.ToArray(), Micros(command.RecordedAt)).ExecuteNonQuery();
        foreach (var happened in commit.Events)
            Bind(_event, tenant, id, happened.Version, happened.Index, happened.Hash.ToArray(), happened.Body.ToArray()).ExecuteNonQuery();
        foreach (var timer in commit.TimersToRemove)
            Bind(_removeTimer, tenant, id, timer.Clock, timer.Purpose).ExecuteNonQuery();
        foreach (var timer in commit.TimersToSet)
            Bind(_setTimer, tenant, id, timer.Clock, timer.Purpose, Micros(timer.Due)).ExecuteNonQuery();
        foreach (var done in commit.WorkToRemove)
            Bind(_removeWork, tenant, id, WorkSql.Name(done.Subject), done.Work).ExecuteNonQuery();
        foreach (var row in commit.WorkToSet)
        {
            Bind(
                _setWork, tenant, id, WorkSql.Name(row.Subject), row.Work, row.Person, row.Team, row.Duty, WorkSql.Scaled(row.Amount),
                WorkSql.NotFor(row), row.Area, WorkSql.DueOf(row), Micros(row.Since)).ExecuteNonQuery();
        }
        foreach (var message in commit.Outbox)
            Bind(_message, tenant, Bytes(message.Id), id, message.Topic, message.Payload.ToArray(), Micros(message.CreatedAt), Micros(message.DueAt)).ExecuteNonQuery();
        _commit.ExecuteNonQuery();
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static object? Micros(Instant? instant) => instant?.ToUnixTimeTicks() / 10;

    private SqliteCommand Make(string sql, params string[] names)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static SqliteCommand Bind(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
