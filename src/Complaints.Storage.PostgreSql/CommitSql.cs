using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// One command as one statement: the complaint first, and everything else from the row that it returns, so that a stale version writes nothing at all;
/// before it the number, if it is taken here, so that nothing is written without it. Rows come as arrays; the text depends on which parts there are, not on how many rows, so that a few texts
/// stay prepared. Only one event, one message or one person alone comes as it is, which is cheaper: of an array that it does not know
/// yet the server expects ten, and would rather plan the whole statement anew each time.
/// </summary>
internal sealed partial class CommitSql(PostgreSqlDialect dialect)
{
    private static readonly NpgsqlDbType[] InsertTypes = [NpgsqlDbType.Text, .. ComplaintRow.Columns.Select(Parameter.TypeOf)];
    private static readonly NpgsqlDbType[] UpdateTypes =
        [.. ComplaintRow.UpdateColumns.Select(Parameter.TypeOf), NpgsqlDbType.Text, NpgsqlDbType.Uuid, NpgsqlDbType.Bigint];
    private static readonly NpgsqlDbType[] AmendedTypes = [.. Enumerable.Repeat(NpgsqlDbType.Text, AmendSql.Columns.Length + 2)];
    private readonly ConcurrentDictionary<Parts, Form> _forms = new();

    /// <summary>The statement for a commit. It answers 1, or 0 when the complaint has another version.</summary>
    /// <param name="commit">What it writes.</param>
    /// <param name="isTakenBack">True for whoever calls <see cref="TakeBack"/> when it was answered.</param>
    public NpgsqlBatchCommand Of(ComplaintCommit commit, bool isTakenBack = false)
    {
        var parts = PartsOf(commit);
        var form = FormOf(parts);
        var command = new NpgsqlBatchCommand(form.Text);
        Fill(new(command.Parameters, isTakenBack && form.Used.TryDequeue(out var used) ? used : null), commit, parts);
        return command;
    }

    /// <summary>Takes back the parameters of a statement that was answered, for the next of the same text: they are heavy, and know already how their type is written.</summary>
    public void TakeBack(NpgsqlBatchCommand command, ComplaintCommit commit)
    {
        var used = new NpgsqlParameter[command.Parameters.Count];
        command.Parameters.CopyTo(used, 0);
        command.Parameters.Clear();
        foreach (var parameter in used)
            parameter.Value = null;
        FormOf(PartsOf(commit)).Used.Enqueue(used);
    }

    private Form FormOf(Parts parts) =>
        _forms.TryGetValue(parts, out var form) ? form : _forms.GetOrAdd(parts, new Form(dialect.Qualify(Text(parts))));

    private static string Text(Parts parts)
    {
        var text = new StringBuilder("with ");
        var number = 0;
        var guard = "";
        if (parts.HasFlag(Parts.Sealed))
        {
            // Kept until the end: whoever destroys one waits for us, or we find it gone. Before any complaint, as whoever destroys one
            // does.
            var (tenant, persons) = (Next(), Next());
            var isOne = parts.HasFlag(Parts.OnePerson);
            text.Append("kept as (select subject from subject_key where ").Append(CultureInfo.InvariantCulture,
                $"tenant = {tenant} and subject = {(isOne ? persons : $"any({persons}) order by subject")} for key share),\n");
            guard = isOne ? "exists (select from kept)" : $"(select count(*) from kept) = cardinality({persons})";
        }
        if (parts.HasFlag(Parts.Unchanged))
        {
            // Both rows in the order of their ids: two commands that rest on each other's complaints then wait for one another and never
            // in a circle.
            var (tenant, seen, version, own) = (Next(), Next(), Next(), Next());
            text.Append(CultureInfo.InvariantCulture,
                $"held as (select id, version from complaint where tenant = {tenant} and id = any(array[{seen}, {own}]) order by id for no key update),\n");
            guard += $"{(guard.Length == 0 ? "" : " and ")}exists (select from held where id = {seen} and version = {version})";
        }
        if (parts.HasFlag(Parts.Number))
        {
            var taken = LoadSql.TakeNumbers(Next(), Next(), Next(), Next(), guard.Length == 0 ? "true" : guard);
            text.Append(CultureInfo.InvariantCulture, $"n as ({taken} returning next),\n");
        }
        text.Append("u as (");
        if (parts.HasFlag(Parts.New))
        {
            text.Append(CultureInfo.InvariantCulture, $"insert into complaint (tenant, {string.Join(", ", ComplaintRow.Columns)}) select ")
                .AppendJoin(", ", InsertTypes.Select(_ => Next()))
                .Append(parts.HasFlag(Parts.Number) ? " from n" : "").Append(guard.Length == 0 ? "" : $" where {guard}");
        }
        else
        {
            text.Append("update complaint set ").AppendJoin(", ", ComplaintRow.UpdateColumns.Select(column => $"{column} = {Next()}"));
            if (parts.HasFlag(Parts.Amended))
            {
                text.Append(", ").AppendJoin(", ", AmendSql.Columns.Select(column => $"{column} = {Next()}"))
                    .Append(CultureInfo.InvariantCulture, $", item_hash = {AmendSql.ItemHash(Next())}");
            }
            if (parts.HasFlag(Parts.Renewed))
                text.Append(CultureInfo.InvariantCulture, $", customer_hash = {AmendSql.CustomerHash(Next())}");
            text.Append(CultureInfo.InvariantCulture, $" where tenant = {Next()} and id = {Next()} and version = {Next()}")
                .Append(guard.Length == 0 ? "" : $" and {guard}");
        }
        text.Append(" returning tenant, id),\nb as (insert into complaint_state (tenant, complaint, schema, body) select u.tenant, u.id, ")
            .Append(CultureInfo.InvariantCulture, $"{Next()}, {Next()} from u")
            .Append(parts.HasFlag(Parts.New) ? ")" : $" {StateRow.Replace})");
        Add(Parts.Command, "m", () => $"insert into command (tenant, id, hash, answer, recorded_at) select u.tenant, {Next()}, {Next()}, {Next()}, {Next()} from u");
        text.Append(",\ne as (insert into event (tenant, complaint, version, idx, hash, body) select u.tenant, u.id, ").Append(parts.HasFlag(Parts.OneEvent)
            ? $"{Next()}, {Next()}, {Next()}, {Next()} from u)"
            : $"x.v, x.i, x.h, x.b from u, unnest({Next()}, {Next()}, {Next()}, {Next()}) as x(v, i, h, b))");
        Add(Parts.Removed, "r", () =>
            $"delete from timer t using u, unnest({Next()}, {Next()}) as x(c, p) where t.tenant = u.tenant and t.complaint = u.id and t.clock = x.c and t.purpose = x.p");
        Add(Parts.Set, "s", () =>
            $"insert into timer (tenant, complaint, clock, purpose, due_at) select u.tenant, u.id, x.c, x.p, x.d from u, unnest({Next()}, {Next()}, {Next()}) as x(c, p, d) "
            + "on conflict (tenant, complaint, clock, purpose) do update set due_at = excluded.due_at");
        Add(Parts.WorkRemoved, "wr", () => $"delete from work t using u, unnest({Next()}, {Next()}) as x(s, w) "
            + "where t.tenant = u.tenant and t.aggregate = u.id and t.subject = x.s and t.work = x.w");
        Add(Parts.WorkSet, "ws", () => WorkSql.Set($"select u.tenant, u.id, '{AggregateId.Complaint}', x.s, x.w, x.p, x.t, x.d, x.a, x.n, x.r, "
            + $"x.u, {Next()} from u, unnest({Next()}, {Next()}, {Next()}, {Next()}, {Next()}, {Next()}, {Next()}, {Next()}, {Next()}) "
            + "as x(s, w, p, t, d, a, n, r, u)"));
        Add(Parts.Unlinked, "lr", () => $"delete from link t using u, unnest({Next()}, {Next()}) as x(o, k) "
            + "where t.tenant = u.tenant and t.complaint = u.id and t.other = x.o and t.kind = x.k");
        Add(Parts.Linked, "ls", () => "insert into link (tenant, complaint, other, noun, kind) select u.tenant, u.id, x.o, x.n, x.k "
            + $"from u, unnest({Next()}, {Next()}, {Next()}) as x(o, n, k) on conflict do nothing");
        Add(Parts.PartiesLeft, "pl", () => $"delete from taking_part t using u, unnest({Next()}) as x(p) "
            + "where t.tenant = u.tenant and t.complaint = u.id and t.party = x.p");
        Add(Parts.PartiesJoined, "pj", () => "insert into taking_part (tenant, complaint, party, received_at) "
            + $"select u.tenant, u.id, x.p, {Next()} from u, unnest({Next()}) as x(p) on conflict do nothing");
        Add(Parts.Messages, "o", () => "insert into outbox (tenant, complaint, id, topic, payload, created_at, due_at) select u.tenant, u.id, " + (parts.HasFlag(Parts.OneMessage)
            ? $"{Next()}, {Next()}, {Next()}, {Next()}, {Next()} from u"
            : $"x.i, x.t, x.p, x.c, x.d from u, unnest({Next()}, {Next()}, {Next()}, {Next()}, {Next()}) as x(i, t, p, c, d)"));
        Add(Parts.Lookups, "l", () => "insert into lookup (tenant, complaint, person, hash, kind, form) "
            + $"select u.tenant, u.id, {Next()}, x.h, x.k, x.f from u, unnest({Next()}, {Next()}, {Next()}) as x(h, k, f) on conflict do nothing");
        // Those that stay are not taken away and brought back: one statement sees one snapshot.
        Add(Parts.Renewed, "lf", () => $"delete from lookup t using u where t.tenant = u.tenant and t.complaint = u.id "
            + $"and t.person = {Next()} and not (t.hash = any({Next()}))");
        Add(Parts.Renewed, "la", () => "insert into lookup (tenant, complaint, person, hash, kind, form) "
            + $"select u.tenant, u.id, {Next()}, x.h, x.k, x.f from u, unnest({Next()}, {Next()}, {Next()}) as x(h, k, f) "
            + "on conflict (tenant, hash, complaint) do update set kind = excluded.kind, form = excluded.form");
        Add(Parts.Keys, "k", () => "insert into subject_key (tenant, subject, wrapped) "
            + $"select u.tenant, x.s, x.w from u, unnest({Next()}, {Next()}) as x(s, w)");
        Add(Parts.Persons, "p", () => "insert into participant (tenant, complaint, person) "
            + $"select u.tenant, u.id, x.p from u, unnest({Next()}) as x(p)");
        return text.Append("\nselect count(*) from u").ToString();

        string Next() => "$" + (++number).ToString(CultureInfo.InvariantCulture);

        void Add(Parts part, string name, Func<string> statement)
        {
            if (parts.HasFlag(part))
                text.Append(CultureInfo.InvariantCulture, $",\n{name} as (").Append(statement()).Append(')');
        }
    }

    /// <summary>In the order of <see cref="Text"/>.</summary>
    private static void Fill(Filling to, ComplaintCommit commit, Parts parts)
    {
        if (commit.SealedUnder is [var one])
            Add(to, commit.Tenant.Value, one.Value);
        else if (!commit.SealedUnder.IsEmpty)
            Add(to, commit.Tenant.Value, Each(commit.SealedUnder, person => person.Value));
        if (commit.Unchanged is { } seen)
            Add(to, commit.Tenant.Value, seen.Id.Value, seen.Version, commit.Id.Value);
        if (commit.Number is { } taken)
            Add(to, commit.Tenant.Value, (long)taken.Year, taken.Number + 1, taken.Number);
        if (parts.HasFlag(Parts.New))
            AddRow(to, ComplaintRow.InsertValues(commit), InsertTypes);
        else
        {
            var (values, amended) = (ComplaintRow.UpdateValues(commit), Amended(commit));
            // The tenant, the id and the version are the last three.
            AddRow(to, values[..^3], UpdateTypes);
            AddRow(to, amended, AmendedTypes);
            AddRow(to, values[^3..], UpdateTypes[^3..]);
        }
        Add(to, (long)commit.Schema, Values.Of(commit.State));
        if (commit.Command is { } command)
            Add(to, command.Id.Value, command.Hash, Values.Of(command.Answer), Values.Of(command.RecordedAt));
        var events = commit.Events;
        if (events is [var happened])
            Add(to, happened.Version, happened.Index, Values.Of(happened.Hash), Values.Of(happened.Body));
        else
            Add(to, Each(events, row => row.Version), Each(events, row => row.Index), Each(events, row => Values.Of(row.Hash)), Each(events, row => Values.Of(row.Body)));
        if (parts.HasFlag(Parts.Removed))
            Add(to, Each(commit.TimersToRemove, row => row.Clock), Each(commit.TimersToRemove, row => row.Purpose));
        if (parts.HasFlag(Parts.Set))
            Add(to, Each(commit.TimersToSet, row => row.Clock), Each(commit.TimersToSet, row => row.Purpose), Each(commit.TimersToSet, row => Values.Of(row.Due)));
        FillWork(to, commit);
        var messages = commit.Outbox;
        if (messages is [var message])
            Add(to, message.Id, message.Topic, Values.Of(message.Payload), Values.Of(message.CreatedAt), Values.Of(message.DueAt));
        else if (parts.HasFlag(Parts.Messages))
            Add(to, Each(messages, row => row.Id), Each(messages, row => row.Topic), Each(messages, row => Values.Of(row.Payload)), Each(messages, row => Values.Of(row.CreatedAt)), Each(messages, row => Values.Of(row.DueAt)));
        if (parts.HasFlag(Parts.Lookups))
        {
            var rows = commit.Lookups;
            Add(to, commit.Summary.Person.Value, Each(rows, row => row.Hash), Each(rows, row => row.Kind), Each(rows, row => row.Form));
        }
        if (commit.Amended?.Lookups is { } renewed)
        {
            var (person, hashes) = (commit.Summary.Person.Value, Each(renewed, row => row.Hash));
            Add(to, person, hashes);
            Add(to, person, hashes, Each(renewed, row => row.Kind), Each(renewed, row => row.Form));
        }
        if (parts.HasFlag(Parts.Keys))
            Add(to, Each(commit.NewKeys, key => key.Subject.Value), Each(commit.NewKeys, key => Values.Of(key.Wrapped)));
        if (parts.HasFlag(Parts.Persons))
            to.Add(Each(commit.NewPersons, person => person.Value));
    }

    private static object?[] Amended(ComplaintCommit commit) => commit.Amended is not { } amended ? []
        : amended.Lookups is null ? AmendSql.Values(commit, amended) : [.. AmendSql.Values(commit, amended), amended.CustomerHash];

    private static void FillWork(Filling to, ComplaintCommit commit)
    {
        if (commit.WorkToRemove is { IsEmpty: false } done)
            Add(to, Each(done, row => WorkSql.Name(row.Subject)), Each(done, row => row.Work));
        if (commit.WorkToSet is { IsEmpty: false } work)
        {
            Add(to, Values.Of(work[0].Since), Each(work, row => WorkSql.Name(row.Subject)), Each(work, row => row.Work),
                Each(work, row => row.Person), Each(work, row => row.Team), Each(work, row => row.Duty),
                Each(work, row => WorkSql.Scaled(row.Amount)), Each(work, WorkSql.NotFor), Each(work, row => row.Area),
                Each(work, WorkSql.DueOf));
        }
        if (commit.LinksToRemove is { IsEmpty: false } unlinked)
            Add(to, Each(unlinked, row => row.Other.Value), Each(unlinked, row => row.Kind));
        if (commit.LinksToSet is { IsEmpty: false } linked)
            Add(to, Each(linked, row => row.Other.Value), Each(linked, row => row.Other.Noun), Each(linked, row => row.Kind));
        if (commit.PartiesToRemove is { IsEmpty: false } left)
            to.Add(Each(left, party => party));
        if (commit.PartiesToSet is { IsEmpty: false } joined)
            Add(to, Values.Of(commit.Summary.ReceivedAt), Each(joined, party => party));
    }

    private static void AddRow(Filling to, object?[] values, NpgsqlDbType[] types)
    {
        for (var i = 0; i < values.Length; i++)
            to.Add(values[i], types[i]);
    }

    private static void Add(Filling to, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            to.Add(value);
    }

    private static TColumn[] Each<T, TColumn>(IReadOnlyList<T> rows, Func<T, TColumn> column)
    {
        var values = new TColumn[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = column(rows[i]);
        return values;
    }

    /// <summary>What a kind of commit needs again and again.</summary>
    /// <param name="Text">The statement.</param>
    private sealed record Form(string Text)
    {
        /// <summary>Parameters of statements that were answered.</summary>
        public ConcurrentQueue<NpgsqlParameter[]> Used { get; } = new();
    }

    /// <summary>A statement's parameters as they are filled, one after the other.</summary>
    private readonly struct Filling(NpgsqlParameterCollection to, NpgsqlParameter[]? used)
    {
        /// <param name="value">The next value.</param>
        /// <param name="type">Its column's type; <c>null</c> where the value itself shows it.</param>
        public void Add(object? value, NpgsqlDbType? type = null)
        {
            if (used is null)
            {
                to.Add(type is { } known ? Parameter.Of(value, known) : Parameter.Of(value));
                return;
            }
            var again = used[to.Count];
            again.Value = value ?? DBNull.Value;
            to.Add(again);
        }
    }
}
