using System.Text;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Complaints.Storage.PostgreSql;

/// <summary>Many new complaints as one statement: the complaints first, without those whose source's id is there already, and the parts of the others from the rows that it returns.</summary>
internal sealed class ImportSql(PostgreSqlDialect dialect)
{
    /// <summary>Plans for the arrays at hand: what suits ten rows would take hours for ten thousand.</summary>
    public const string Plan = "set local plan_cache_mode = force_custom_plan";

    private readonly string _text = dialect.Qualify(Text(isNumbered: false));
    private readonly string _numbered = dialect.Qualify(Text(isNumbered: true));

    /// <summary>The statement for a batch. It answers how many complaints it wrote.</summary>
    public NpgsqlBatchCommand Of(IReadOnlyList<ComplaintCommit> commits)
    {
        var command = new NpgsqlBatchCommand(commits[0].Number is null ? _text : _numbered);
        if (commits[0].Number is { } first)
        {
            Add(command, commits[0].Tenant.Value);
            Add(command, (long)first.Year);
            Add(command, first.Number + commits.Count);
            Add(command, first.Number);
        }
        var rows = commits.Select(ComplaintRow.InsertValues).ToList();
        Add(command, rows.Select(row => (string?)row[0]).ToArray());
        for (var column = 0; column < ComplaintRow.Columns.Count; column++)
            command.Parameters.Add(Column(rows, column + 1, Parameter.TypeOf(ComplaintRow.Columns[column])));

        Add(command, commits.Select(commit => commit.Id.Value).ToArray());
        Add(command, commits.Select(commit => (long)commit.Schema).ToArray());
        Add(command, commits.Select(commit => Values.Of(commit.State)).ToArray());

        var events = commits.SelectMany(commit => commit.Events.Select(row => (Complaint: commit.Id.Value, Row: row))).ToList();
        Add(command, events.Select(part => part.Complaint).ToArray());
        Add(command, events.Select(part => part.Row.Version).ToArray());
        Add(command, events.Select(part => part.Row.Index).ToArray());
        Add(command, events.Select(part => Values.Of(part.Row.Hash)).ToArray());
        Add(command, events.Select(part => Values.Of(part.Row.Body)).ToArray());

        var lookups = commits.SelectMany(commit => commit.Lookups.Select(row => (commit.Id, commit.Summary.Person, Row: row))).ToList();
        Add(command, lookups.Select(part => part.Id.Value).ToArray());
        Add(command, lookups.Select(part => part.Person.Value).ToArray());
        Add(command, lookups.Select(part => part.Row.Hash).ToArray());
        Add(command, lookups.Select(part => part.Row.Kind).ToArray());
        Add(command, lookups.Select(part => part.Row.Form).ToArray());

        var keys = commits.SelectMany(commit => commit.NewKeys.Select(row => (Complaint: commit.Id.Value, Row: row))).ToList();
        Add(command, keys.Select(part => part.Complaint).ToArray());
        Add(command, keys.Select(part => part.Row.Subject.Value).ToArray());
        Add(command, keys.Select(part => Values.Of(part.Row.Wrapped)).ToArray());

        var persons = commits.SelectMany(commit => commit.NewPersons.Select(person => (Complaint: commit.Id.Value, Person: person)))
            .ToList();
        Add(command, persons.Select(part => part.Complaint).ToArray());
        Add(command, persons.Select(part => part.Person.Value).ToArray());

        var parties = commits.SelectMany(
            commit => commit.PartiesToSet.Select(party => (commit.Id, commit.Summary.ReceivedAt, Party: party))).ToList();
        Add(command, parties.Select(part => part.Id.Value).ToArray());
        Add(command, parties.Select(part => part.Party).ToArray());
        Add(command, parties.Select(part => Values.Of(part.ReceivedAt)).ToArray());

        var timers = commits.SelectMany(commit => commit.TimersToSet.Select(row => (Complaint: commit.Id.Value, Row: row))).ToList();
        Add(command, timers.Select(part => part.Complaint).ToArray());
        Add(command, timers.Select(part => part.Row.Clock).ToArray());
        Add(command, timers.Select(part => part.Row.Purpose).ToArray());
        Add(command, timers.Select(part => Values.Of(part.Row.Due)).ToArray());

        var messages = commits.SelectMany(commit => commit.Outbox.Select(row => (Complaint: commit.Id.Value, Row: row))).ToList();
        Add(command, messages.Select(part => part.Complaint).ToArray());
        Add(command, messages.Select(part => part.Row.Id).ToArray());
        Add(command, messages.Select(part => part.Row.Topic).ToArray());
        Add(command, messages.Select(part => Values.Of(part.Row.Payload)).ToArray());
        Add(command, messages.Select(part => Values.Of(part.Row.CreatedAt)).ToArray());
        Add(command, messages.Select(part => Values.Of(part.Row.DueAt)).ToArray());

        var commands = commits.Where(commit => commit.Command is not null).ToList();
        Add(command, commands.Select(commit => commit.Id.Value).ToArray());
        Add(command, commands.Select(commit => commit.Command!.Id.Value).ToArray());
        Add(command, commands.Select(commit => commit.Command!.Hash).ToArray());
        Add(command, commands.Select(commit => Values.Of(commit.Command!.Answer)).ToArray());
        Add(command, commands.Select(commit => Values.Of(commit.Command!.RecordedAt)).ToArray());
        return command;
    }

    /// <summary>Complaints that take their numbers are written all or none: without a number there is none of them, and one whose source's id is there already is an error.</summary>
    private static string Text(bool isNumbered)
    {
        var number = 0;
        var columns = string.Join(", ", ComplaintRow.Columns.Select(column => column.Name).Prepend("tenant"));
        var text = new StringBuilder("with ");
        if (isNumbered)
            text.Append($"n as ({LoadSql.TakeNumbers(Next(1), Next(1), Next(1), Next(1))} returning next),\n");
        text.Append(
            $"""
            u as (
              insert into complaint ({columns})
              select {columns} from unnest({Next(ComplaintRow.Columns.Count + 1)}) as x({columns}){(isNumbered ? ", n" : "")}
              {(isNumbered ? "" : "on conflict (tenant, source_hash) where source_hash is not null do nothing")}
              returning tenant, id)
            """);
        Add("complaint_state", "schema, body", "");
        Add("event", "version, idx, hash, body", "");
        Add("lookup", "person, hash, kind, form", " on conflict do nothing");
        AddKeyed("subject_key", "subject, wrapped");
        Add("participant", "person", "");
        Add("taking_part", "party, received_at", "");
        Add("timer", "clock, purpose, due_at", "");
        Add("outbox", "id, topic, payload, created_at, due_at", "");
        AddKeyed("command", "id, hash, answer, recorded_at");
        return text.Append("\nselect count(*) from u").ToString();

        void Add(string table, string own, string end) =>
            text.Append($",\n{table}_rows as (insert into {table} (tenant, complaint, {own}) select u.tenant, u.id, {Parts(own)} {From(own)}{end})");

        // Rows that do not name their complaint.
        void AddKeyed(string table, string own) =>
            text.Append($",\n{table}_rows as (insert into {table} (tenant, {own}) select u.tenant, {Parts(own)} {From(own)})");

        string From(string own) => $"from unnest({Next(own.Split(',').Length + 1)}) as x(of_complaint, {own}) join u on u.id = x.of_complaint";

        static string Parts(string own) => string.Join(", ", own.Split(", ").Select(column => "x." + column));

        string Next(int count) => string.Join(", ", Enumerable.Range(0, count).Select(_ => $"${++number}"));
    }

    private static void Add(NpgsqlBatchCommand command, object value) => command.Parameters.Add(Parameter.Of(value));

    private static NpgsqlParameter Column(List<object?[]> rows, int column, NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Uuid => Parameter.Of(rows.Select(row => (Guid?)row[column]).ToArray()),
        NpgsqlDbType.Bytea => Parameter.Of(rows.Select(row => (byte[]?)row[column]).ToArray()),
        NpgsqlDbType.Bigint => Parameter.Of(rows.Select(row => (long?)row[column]).ToArray()),
        _ => Parameter.Of(rows.Select(row => (string?)row[column]).ToArray()),
    };
}
