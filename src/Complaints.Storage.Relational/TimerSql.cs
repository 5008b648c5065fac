using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>The statements about timers.</summary>
internal sealed class TimerSql(ISqlDialect dialect)
{
    /// <summary>Before the first position of a round.</summary>
    private static readonly TimerPosition Front = new(Instant.FromUnixTimeTicks(0) - Duration.FromDays(100_000), new(Guid.Empty));

    private const string SelectDue = "select complaint, clock, purpose, due_at from timer where tenant = @tenant and due_at <= @now order by due_at limit @max";

    // Takes the complaint's row, so that the version cannot move under what follows.
    private const string Hold = "update complaint set version = version where tenant = @tenant and id = @complaint and version = @version";

    public SqlText Due => field ??= new(dialect.SteadyPlan.Length == 0 ? [SelectDue] : [dialect.BeginRead, dialect.SteadyPlan, SelectDue, dialect.EndRead]);

    public SqlText All => field ??= new("select complaint, clock, purpose, due_at from timer where tenant = @tenant order by complaint, clock, purpose");

    /// <summary>
    /// The complaints of due timers in their order, a row for each timer; only those whose complaint is there and not locked by somebody else. The limit stands in the text: of one that
    /// was bound a planner thinks a tenth of everything, and may sort that.
    /// </summary>
    public string DueComplaints(int max) =>
        $"""
        select t.complaint, t.due_at
        from timer t join complaint c on c.tenant = t.tenant and c.id = t.complaint
        where t.tenant = @tenant and t.due_at <= @now and (t.due_at, t.complaint) > (@after, @after_complaint)
        order by t.due_at, t.complaint limit {max.ToString(CultureInfo.InvariantCulture)} {dialect.SkipLockedComplaint}
        """;

    /// <summary>What a decision needs of several complaints.</summary>
    public IEnumerable<string> LoadAll =>
    [
        // Each key by a seek of its own: a join is planned for as few persons as the statistics know, and may compare every complaint with every person.
        $"""
        select c.id, c.version, c.head, c.person, (select k.wrapped from subject_key k where k.tenant = c.tenant and k.subject = c.person)
        from complaint c where c.tenant = @tenant and {dialect.IsOneOfIds("c.id", "@ids")}
        """,
        // Without an order: where sorting is to be avoided, a planner would read the whole table in the order of its key.
        $"select complaint, clock, purpose, due_at from timer where tenant = @tenant and {dialect.IsOneOfIds("complaint", "@ids")}",
        $"select complaint, schema, body from complaint_state where tenant = @tenant and {dialect.IsOneOfIds("complaint", "@ids")}",
        $"""
        select p.complaint, p.person, (select k.wrapped from subject_key k where k.tenant = p.tenant and k.subject = p.person)
        from participant p where p.tenant = @tenant and {dialect.IsOneOfIds("p.complaint", "@ids")}
        """,
    ];

    public SqlText Set => field ??= new(
        dialect.BeginClaim,
        Hold,
        """
        insert into timer (tenant, complaint, clock, purpose, due_at)
        select tenant, id, @clock, @purpose, @due_at from complaint where tenant = @tenant and id = @complaint and version = @version
        on conflict (tenant, complaint, clock, purpose) do update set due_at = excluded.due_at
        """,
        dialect.EndClaim);

    public SqlText Remove => field ??= new(
        dialect.BeginClaim,
        Hold,
        """
        delete from timer where tenant = @tenant and complaint = @complaint and clock = @clock and purpose = @purpose
          and coalesce((select version from complaint where tenant = @tenant and id = @complaint), 0) = @version
        """,
        dialect.EndClaim);

    /// <summary>The values of <see cref="DueComplaints"/> in the order of its parameters.</summary>
    public static object?[] DueValues(TenantId tenant, TimerQuery query)
    {
        var after = query.After ?? Front;
        return [tenant.Value, Values.Of(query.Now), Values.Of(after.Due), after.Complaint.Value];
    }

    public static async ValueTask<DuePage> ReadDueAsync(DbDataReader row, int max, CancellationToken token)
    {
        var complaints = new List<Guid>();
        TimerPosition? last = null;
        var count = 0;
        for (; await row.ReadAsync(token).ConfigureAwait(false); count++)
        {
            var reading = new RowReading(row);
            var (complaint, due) = (reading.Of("complaint", 0, ColumnKind.Id, default),
                reading.Of("due_at", 1, ColumnKind.Instant, default));
            if (!reading.Unreadable.IsEmpty)
                continue;
            last = new(due, new(complaint));
            complaints.Add(complaint);
        }
        return new([.. complaints.Distinct()], count < max ? null : last);
    }

    /// <summary>A timer; none where it is damaged: what is owed follows from the state, and is written anew.</summary>
    public static TimerRow? Timer(DbDataReader row, int at)
    {
        var reading = new RowReading(row);
        var timer = new TimerRow(reading.Of("clock", at, ColumnKind.Text, ""), reading.Of("purpose", at + 1, ColumnKind.Text, ""),
            reading.Of("due_at", at + 2, ColumnKind.Instant, default));
        return reading.Unreadable.IsEmpty ? timer : null;
    }

    /// <summary>Reads the answers to <see cref="LoadAll"/>, in the order of the ids.</summary>
    public static async ValueTask<ImmutableArray<LoadedComplaint>> ReadAllAsync(DbDataReader row, IReadOnlyList<Guid> ids, CancellationToken token)
    {
        var complaints = new Dictionary<Guid, StoredComplaint>(ids.Count);
        var keys = new List<(Guid Complaint, WrappedKey Key)>(ids.Count);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var stored = StateRow.Stored(row, new(row.Id(0)), StateRow.Missing, version: 1, head: 2, person: 3);
            complaints.Add(stored.Id.Value, stored);
            AddKey(stored.Id.Value, stored.Person.Value, row.BytesOrNull(4));
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var timers = new List<(Guid Complaint, TimerRow Timer)>(ids.Count);
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            if (Timer(row, 1) is { } timer)
                timers.Add((row.Id(0), timer));
        }
        await row.NextResultAsync(token).ConfigureAwait(false);
        var states = new Dictionary<Guid, (int Schema, byte[] Body)>(ids.Count);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            states.Add(row.Id(0), StateRow.Read(row, 1));
        await row.NextResultAsync(token).ConfigureAwait(false);
        while (await row.ReadAsync(token).ConfigureAwait(false))
            AddKey(row.Id(0), row.Id(1), row.BytesOrNull(2));
        var keysOf = keys.ToLookup(key => key.Complaint, key => key.Key);
        var timersOf = timers.OrderBy(timer => timer.Timer.Clock, StringComparer.Ordinal).ThenBy(timer => timer.Timer.Purpose, StringComparer.Ordinal)
            .ToLookup(timer => timer.Complaint, timer => timer.Timer);
        return [.. from id in ids where complaints.ContainsKey(id)
                   let state = states.GetValueOrDefault(id, StateRow.Missing)
                   let stored = complaints[id] with { Schema = state.Schema, State = state.Body }
                   select new LoadedComplaint(stored, [.. timersOf[id]], [.. keysOf[id]], null)];

        void AddKey(Guid complaint, Guid person, byte[]? wrapped)
        {
            if (wrapped is not null)
                keys.Add((complaint, new(new(person), wrapped)));
        }
    }
}

/// <summary>Whose timers are due.</summary>
/// <param name="Complaints">The complaints, each once.</param>
/// <param name="Next">Where to go on; <c>null</c> when nothing more is due.</param>
internal sealed record DuePage(IReadOnlyList<Guid> Complaints, TimerPosition? Next);
