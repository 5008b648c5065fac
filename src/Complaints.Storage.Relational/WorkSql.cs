using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>The statements about work. A page takes the first of each lane by the lane's own index, and of those the first.</summary>
internal sealed class WorkSql(ISqlDialect dialect)
{
    private const string Columns = "aggregate, noun, subject, work, person, team, duty, amount, not_for, area, due_at, since";
    private const int Width = 12;
    private const string Order = "due_at, aggregate, work, subject";
    private const long Never = long.MaxValue;
    private const char Between = '\n';

    /// <summary>What was there keeps the instant since when it waits.</summary>
    private const string Replace =
        "on conflict (tenant, aggregate, subject, work) do update set person = excluded.person, team = excluded.team, "
        + "duty = excluded.duty, amount = excluded.amount, not_for = excluded.not_for, area = excluded.area, due_at = excluded.due_at";

    private static readonly SqlText SelectAll = new($"select {Columns} from work where tenant = @tenant order by aggregate, work, subject");

    // Takes the row of the case, so that the version cannot move under what follows.
    private static readonly string[] Hold =
    [
        "update complaint set version = version where tenant = @tenant and id = @of and version = @version",
        "update aggregate set version = version where tenant = @tenant and id = @of and version = @version",
    ];

    private const string Current =
        "select 1 from complaint where tenant = @tenant and id = @of and version = @version "
        + "union all select 1 from aggregate where tenant = @tenant and id = @of and version = @version";

    private const string Gone =
        "not exists (select 1 from complaint where tenant = @tenant and id = @of) "
        + "and not exists (select 1 from aggregate where tenant = @tenant and id = @of)";

    public SqlText All => SelectAll;

    /// <summary>Puts one right while its case has the version.</summary>
    public SqlText Repair => field ??= new(
        [dialect.BeginClaim, .. Hold, Set(
            "select @tenant, @of, @noun, @subject, @work, cast(@person as text), cast(@team as text), cast(@duty as text), @amount, "
            + $"cast(@not_for as text), cast(@area as text), @due_at, @since where exists ({Current})"), dialect.EndClaim]);

    /// <summary>Takes one away while its case has the version, or is gone.</summary>
    public SqlText Remove => field ??= new(
        [dialect.BeginClaim, .. Hold,
            "delete from work where tenant = @tenant and aggregate = @of and subject = @subject and work = @work "
                + $"and (exists ({Current}) or (@version = 0 and {Gone}))", dialect.EndClaim]);

    /// <summary>Inserts work, or changes what is there.</summary>
    /// <param name="rows">The values, or a select of them, in the order of the columns.</param>
    public static string Set(string rows) => $"insert into work (tenant, {Columns}) {rows} {Replace}";

    /// <summary>A row's values, in the order of the columns after the tenant.</summary>
    public static object?[] ValuesOf(AggregateId of, WorkRow row) =>
    [
        of.Value, of.Noun, Name(row.Subject), row.Work, row.Person, row.Team, row.Duty, Scaled(row.Amount), NotFor(row), row.Area,
        DueOf(row), Values.Of(row.Since),
    ];

    /// <summary>A part of a case as it stands in the column.</summary>
    public static string Name(Subject? subject) => subject?.ToString() ?? "";

    public static long DueOf(WorkRow row) => row.Due is { } due ? Values.Of(due) : Never;

    public static string? NotFor(WorkRow row) => row.NotFor.IsEmpty ? null : Between + string.Join(Between, row.NotFor) + Between;

    public static long Scaled(decimal amount) =>
        amount >= long.MaxValue / 10_000 ? long.MaxValue : (long)decimal.Ceiling(amount * 10_000);

    /// <summary>A page.</summary>
    public (SqlText Text, object?[] Values) Page(TenantId tenant, WorkFilter filter)
    {
        var take = filter.Take.ToString(CultureInfo.InvariantCulture);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["@tenant"] = tenant.Value };
        var conditions = Conditions(filter, values);
        if (filter.After is { } after)
        {
            conditions += $" and ({Order}) > (@after_due, @after_of, @after_work, @after_subject)";
            values["@after_due"] = after.Due is { } due ? Values.Of(due) : Never;
            (values["@after_of"], values["@after_work"], values["@after_subject"]) = (after.Of, after.Work, Name(after.Subject));
        }
        var lanes = Lanes(filter, values, $"select {Columns} from work", $"{conditions} order by {Order} limit {take}");
        return Made(
            $"""
            select {string.Join(", ", Columns.Split(", ").Select(column => $"w.{column}"))},
                coalesce(c.number, a.number), c.category, c.priority, c.measures
            from ({lanes}) w
            left join complaint c on c.tenant = @tenant and c.id = w.aggregate
            left join aggregate a on a.tenant = @tenant and a.id = w.aggregate
            order by w.due_at, w.aggregate, w.work, w.subject limit {take}
            """, values);
    }

    /// <summary>How much there is of each sort, counted no further than is worth it.</summary>
    public (SqlText Text, object?[] Values) Count(TenantId tenant, WorkFilter filter)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["@tenant"] = tenant.Value, ["@now"] = Values.Of(filter.Now),
        };
        var most = (MatchCount.Most + 1).ToString(CultureInfo.InvariantCulture);
        var lanes = Lanes(filter, values, "select work, due_at from work", $"{Conditions(filter, values)} limit {most}");
        return Made(
            $"""
            select work, count(*), sum(case when due_at < @now then 1 else 0 end)
            from (select work, due_at from ({lanes}) lanes limit {most}) counted group by work order by work
            """, values);
    }

    public static async ValueTask<ImmutableArray<WorkItem>> ItemsAsync(DbDataReader row, CancellationToken token)
    {
        var items = ImmutableArray.CreateBuilder<WorkItem>();
        while (await row.ReadAsync(token).ConfigureAwait(false))
        {
            var (of, work, _) = Read(row);
            var reading = new RowReading(row);
            items.Add(new(of, reading.Of("number", Width, ColumnKind.TextOrNull, null), work)
            {
                Category = reading.Of("category", Width + 1, ColumnKind.TextOrNull, null),
                Priority = reading.Of("priority", Width + 2, ColumnKind.TextOrNull, null),
                Urged = Measures.UrgingOf(reading.Of("measures", Width + 3, ComplaintRow.Numbers, []), work.Subject),
            });
        }
        return items.DrainToImmutable();
    }

    /// <summary>A row; what of it is damaged is work that no state asks for, and is found as that.</summary>
    public static (AggregateId Of, WorkRow Row, bool IsWhole) Read(DbDataReader row)
    {
        var reading = new RowReading(row);
        var of = new AggregateId(reading.Of("noun", 1, ColumnKind.Text, "?"), reading.Of("aggregate", 0, ColumnKind.Id, default));
        var due = reading.Of("due_at", 10, Due, null);
        var work = new WorkRow(reading.Of("work", 3, ColumnKind.Text, ""), reading.Of("subject", 2, About, null))
        {
            Person = reading.Of("person", 4, ColumnKind.TextOrNull, null),
            Team = reading.Of("team", 5, ColumnKind.TextOrNull, null),
            Duty = reading.Of("duty", 6, ColumnKind.TextOrNull, null),
            Amount = reading.Of("amount", 7, Money, 0),
            NotFor = reading.Of("not_for", 8, Ids, []),
            Area = reading.Of("area", 9, ColumnKind.TextOrNull, null),
            Due = due,
            Since = reading.Of("since", 11, ColumnKind.Instant, default),
        };
        return (of, work, reading.Unreadable.IsEmpty);
    }

    private static readonly ColumnKind<NodaTime.Instant?> Due = new(ColumnType.Number, false, static due => due,
        static (row, at) => row.GetInt64(at) == Never ? null : row.CheckedInstant(at));

    private static readonly ColumnKind<Subject?> About = new(ColumnType.Text, false, static subject => Name(subject),
        static (row, at) => row.GetString(at) is { Length: > 0 } name ? Subject.Parse(name) : null);

    private static readonly ColumnKind<decimal> Money = new(ColumnType.Number, false, static amount => Scaled(amount),
        static (row, at) => row.GetInt64(at) / 10_000m);

    private static readonly ColumnKind<ImmutableArray<string>> Ids = new(ColumnType.Text, true, static ids => ids,
        static (row, at) => row.TextOrNull(at) is { } text ? [.. text.Split(Between, StringSplitOptions.RemoveEmptyEntries)] : []);

    private static (SqlText Text, object?[] Values) Made(string statement, Dictionary<string, object?> values)
    {
        var text = new SqlText(statement) { IsKept = false };
        return (text, [.. text.Parameters.Select(name => values[name])]);
    }

    private static string Lanes(WorkFilter filter, Dictionary<string, object?> values, string select, string end)
    {
        return string.Join("\nunion all ", filter.Lanes.Distinct().Select((lane, number) =>
        {
            var key = $"@lane{number}";
            values[key] = lane.Key;
            var where = lane.Kind switch
            {
                WorkLaneKind.Person => $"person = {key}",
                WorkLaneKind.Team => $"team = {key} and person is null",
                WorkLaneKind.Area => $"area = {key}",
                _ => $"duty = {key}",
            };
            if (lane is { Kind: WorkLaneKind.Duty, Authority: < decimal.MaxValue })
            {
                where += $" and amount <= @authority{number}";
                values[$"@authority{number}"] = Scaled(decimal.Floor(lane.Authority * 10_000) / 10_000);
            }
            return $"select * from ({select} where tenant = @tenant and {where}{end}) of_lane{number}";
        }));
    }

    private string Conditions(WorkFilter filter, Dictionary<string, object?> values)
    {
        var conditions = "";
        if (!filter.Works.IsEmpty)
        {
            conditions += $" and {dialect.IsOneOf("work", "@works")}";
            values["@works"] = dialect.List(filter.Works);
        }
        if (filter.Area is { } area)
        {
            conditions += " and area = @area";
            values["@area"] = area;
        }
        if (filter.DueBefore is { } due)
        {
            conditions += " and due_at < @due_before";
            values["@due_before"] = Values.Of(due);
        }
        if (filter.Parties is { } parties)
        {
            // A count and no exists: that would be planned as a hash of all that a party takes part in.
            var taking = "select count(*) from taking_part p where p.tenant = @tenant and p.complaint = aggregate and "
                + dialect.IsOneOf("p.party", "@parties");
            conditions += $" and (noun <> '{AggregateId.Complaint}' and person is not null or ({taking}) > 0)";
            values["@parties"] = dialect.List(parties);
        }
        for (var i = 0; i < filter.ExceptNotFor.Length; i++)
        {
            conditions += $" and (not_for is null or not ({dialect.Contains("not_for", $"@person{i}")}))";
            values[$"@person{i}"] = Between + filter.ExceptNotFor[i] + Between;
        }
        return conditions;
    }
}
