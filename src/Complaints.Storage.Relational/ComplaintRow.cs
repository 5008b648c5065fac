using System.Collections.Immutable;
using System.Data.Common;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>
/// The table <c>complaint</c>: one line for each column says what it is called, what it holds and where its value comes from. Writing,
/// reading, and the check against the schema all go by these lines. What is fixed is left out of every update: its indexes are not
/// touched again, and nothing is written twice.
/// </summary>
internal static class ComplaintRow
{
    private static readonly ColumnKind<ComplaintState> ComplaintStates =
        new(ColumnType.Text, false, static state => state.ToString(), static (row, at) => StateNamed(row.GetString(at)));

    private static readonly ColumnKind<Envelope?> Sealed =
        new(ColumnType.Bytes, true, static value => JsonColumns.Sealed(value), static (row, at) => JsonColumns.Sealed(row.BytesOrNull(at)));

    private static readonly ColumnKind<ImmutableArray<string>> Codes =
        new(ColumnType.Text, true, static codes => JsonColumns.Codes(codes), static (row, at) => JsonColumns.Codes(row.TextOrNull(at)));

    internal static readonly ColumnKind<ImmutableArray<Measure>> Numbers =
        new(ColumnType.Text, true, static measures => Measures.Write(measures), static (row, at) => Measures.Read(row.TextOrNull(at)));

    private static readonly ColumnKind<ImmutableSortedDictionary<string, string>> Facts =
        new(ColumnType.Text, true, static facts => JsonColumns.Facts(facts), static (row, at) => JsonColumns.Facts(row.TextOrNull(at)));

    private static readonly ColumnList Table = new();

    private static readonly Column<Guid> Id = Table.Fixed("id", ColumnKind.Id, static c => c.Summary.Id.Value);
    private static readonly Column<string> Number = Table.Fixed("number", ColumnKind.Text, static c => c.Summary.Number);
    private static readonly Column<Guid> Person = Table.Fixed("person", ColumnKind.Id, static c => c.Summary.Person.Value);
    private static readonly Column<Instant> ReceivedAt = Table.Fixed("received_at", ColumnKind.Instant, static c => c.Summary.ReceivedAt);
    private static readonly Column<string?> Source = Table.Fixed("source", ColumnKind.TextOrNull, static c => c.Summary.Source);
    private static readonly Column<string?> SourceHash =
        Table.Fixed("source_hash", ColumnKind.TextOrNull, static c => c.Summary.SourceHash);
    private static readonly Column<bool> Imported = Table.Fixed("imported", ColumnKind.Flag, static c => c.Summary.Imported);
    private static readonly Column<string?> ItemKind = Table.Fixed("item_kind", ColumnKind.TextOrNull, static c => c.Summary.ItemKind);
    private static readonly Column<string?> ItemModel = Table.Fixed("item_model", ColumnKind.TextOrNull, static c => c.Summary.ItemModel);
    private static readonly Column<string?> CustomerHash =
        Table.Fixed("customer_hash", ColumnKind.TextOrNull, static c => c.Summary.CustomerHash);
    private static readonly Column<string?> ItemHash = Table.Fixed("item_hash", ColumnKind.TextOrNull, static c => c.Summary.ItemHash);
    private static readonly Column<string?> RepeatHash =
        Table.Fixed("repeat_hash", ColumnKind.TextOrNull, static c => c.Summary.RepeatHash);
    private static readonly Column<string> Channel = Table.Fixed("channel", ColumnKind.Text, static c => c.Summary.Channel);
    private static readonly Column<string?> EntryPoint =
        Table.Fixed("entry_point", ColumnKind.TextOrNull, static c => c.Summary.EntryPoint);
    private static readonly Column<string?> Area = Table.Fixed("area", ColumnKind.TextOrNull, static c => c.Summary.Area);
    private static readonly Column<Envelope?> Title = Table.Fixed("title", Sealed, static c => JsonColumns.EnvelopeOf(c.Summary.Title));
    private static readonly Column<bool?> SourceInTime =
        Table.Fixed("source_in_time", ColumnKind.FlagOrNull, static c => c.Summary.SourceInTime);
    private static readonly Column<ImmutableArray<string>> Contradictions =
        Table.Fixed("contradictions", Codes, static c => c.Summary.Contradictions);
    private static readonly Column<ImmutableSortedDictionary<string, string>> Attributes =
        Table.Fixed("attributes", Facts, static c => c.Summary.Attributes);
    private static readonly Column<bool?> OwnInTime = Table.Fixed("own_in_time", ColumnKind.FlagOrNull, static c => c.Summary.OwnInTime);
    private static readonly Column<Instant?> OwnDueAt = Table.Fixed("own_due_at", ColumnKind.InstantOrNull, static c => c.Summary.OwnDueAt);

    private static readonly Column<int> Version = Table.Moving("version", ColumnKind.Number, static c => c.Version);
    private static readonly Column<string> Kind = Table.Moving("kind", ColumnKind.Text, static c => c.Summary.Kind);
    private static readonly Column<ComplaintState> State = Table.Moving("state", ComplaintStates, static c => c.Summary.State);
    private static readonly Column<int> Round = Table.Moving("round", ColumnKind.Number, static c => c.Summary.Round);
    private static readonly Column<string> Priority = Table.Moving("priority", ColumnKind.Text, static c => c.Summary.Priority);
    private static readonly Column<string?> Category = Table.Moving("category", ColumnKind.TextOrNull, static c => c.Summary.Category);
    private static readonly Column<string?> Subcategory =
        Table.Moving("subcategory", ColumnKind.TextOrNull, static c => c.Summary.Subcategory);
    private static readonly Column<string?> Owner = Table.Moving("owner", ColumnKind.TextOrNull, static c => c.Summary.Owner);
    private static readonly Column<string?> Team = Table.Moving("team", ColumnKind.TextOrNull, static c => c.Summary.Team);
    private static readonly Column<Instant> UpdatedAt = Table.Moving("updated_at", ColumnKind.Instant, static c => c.Summary.UpdatedAt);
    private static readonly Column<Instant?> AcknowledgedAt =
        Table.Moving("acknowledged_at", ColumnKind.InstantOrNull, static c => c.Summary.AcknowledgedAt);
    private static readonly Column<Instant?> DueAt = Table.Moving("due_at", ColumnKind.InstantOrNull, static c => c.Summary.DueAt);
    private static readonly Column<Instant?> TargetAt = Table.Moving("target_at", ColumnKind.InstantOrNull, static c => c.Summary.TargetAt);
    private static readonly Column<Instant?> ResolvedAt =
        Table.Moving("resolved_at", ColumnKind.InstantOrNull, static c => c.Summary.ResolvedAt);
    private static readonly Column<Instant?> ClosedAt = Table.Moving("closed_at", ColumnKind.InstantOrNull, static c => c.Summary.ClosedAt);
    private static readonly Column<string?> Outcome = Table.Moving("outcome", ColumnKind.TextOrNull, static c => c.Summary.Outcome);
    private static readonly Column<Instant?> UnansweredSince =
        Table.Moving("unanswered_since", ColumnKind.InstantOrNull, static c => c.Summary.UnansweredSince);
    private static readonly Column<ImmutableArray<Measure>> MeasuresColumn =
        Table.Moving("measures", Numbers, static c => c.Summary.Measures);
    private static readonly Column<Guid?> RepeatOf = Table.Moving("repeat_of", ColumnKind.IdOrNull, static c => c.Summary.RepeatOf?.Value);

    /// <summary>The newest event's hash; behind the columns of the summary, which are read without it.</summary>
    private static readonly Column<ReadOnlyMemory<byte>> Head = Table.Moving("head", ColumnKind.Bytes, static c => c.Head);

    private static readonly Column[] Inserted = [.. Table.Columns];
    private static readonly Column[] Updated = [.. Table.Columns.Where(column => !column.IsFixed)];
    private static readonly Column[] UpdatedInPlace = [.. Updated.Where(column => column != State && column != Owner && column != DueAt)];

    /// <summary>Every column after the tenant, in the order of <see cref="InsertValues"/>.</summary>
    public static IReadOnlyList<Column> Columns => Inserted;

    /// <summary>The columns that change, in the order of <see cref="UpdateValues"/>.</summary>
    public static IReadOnlyList<Column> UpdateColumns => Updated;

    /// <summary>How many columns <see cref="HeadColumns"/> are.</summary>
    public static int Width => Inserted.Length;

    /// <summary>The columns of a <see cref="ComplaintSummary"/> for a select from <c>complaint c</c>.</summary>
    public static string SummaryColumns { get; } = string.Join(", ", Inserted.SkipLast(1).Select(column => $"c.{column}"));

    /// <summary>The same with the head.</summary>
    public static string HeadColumns { get; } = $"{SummaryColumns}, c.{Head}";

    public static SqlText Insert { get; } = new(
        $"""
        insert into complaint (tenant, {string.Join(", ", Columns)})
        values (@tenant, {string.Join(", ", Columns.Select(column => $"@{column}"))})
        """);

    /// <summary>Moves a complaint on if it still has the expected version.</summary>
    public static SqlText Update { get; } = UpdateOf(Updated);

    /// <summary>The same for one that stays in place: a database writes an index anew for every column that is set, whether or not its
    /// value is another.</summary>
    public static SqlText UpdateInPlace { get; } = UpdateOf(UpdatedInPlace);

    /// <summary>The tenant, then <see cref="Columns"/>: the parameters of <see cref="Insert"/>.</summary>
    public static object?[] InsertValues(ComplaintCommit commit)
    {
        var values = new object?[1 + Inserted.Length];
        values[0] = commit.Tenant.Value;
        for (var i = 0; i < Inserted.Length; i++)
            values[1 + i] = Inserted[i].Value(commit);
        return values;
    }

    /// <summary><see cref="UpdateColumns"/>, then tenant, id and expected version: the parameters of <see cref="Update"/>.</summary>
    public static object?[] UpdateValues(ComplaintCommit commit) => ValuesOf(Updated, commit);

    /// <summary>The parameters of <see cref="UpdateInPlace"/>.</summary>
    public static object?[] InPlaceValues(ComplaintCommit commit) => ValuesOf(UpdatedInPlace, commit);

    private static SqlText UpdateOf(IEnumerable<Column> columns) => new(
        $"""
        update complaint
        set {string.Join(", ", columns.Select(column => $"{column} = @{column}"))}
        where tenant = @tenant and id = @id and version = @expected
        """);

    private static object?[] ValuesOf(Column[] columns, ComplaintCommit commit)
    {
        var values = new object?[columns.Length + 3];
        for (var i = 0; i < columns.Length; i++)
            values[i] = columns[i].Value(commit);
        values[^3] = commit.Tenant.Value;
        values[^2] = commit.Id.Value;
        values[^1] = (long)commit.ExpectedVersion;
        return values;
    }

    /// <summary>The summary out of a row that begins with <see cref="SummaryColumns"/>. It names the values that are damaged.</summary>
    public static ComplaintSummary Read(DbDataReader row, TenantId tenant)
    {
        var reading = new RowReading(row);
        var id = new ComplaintId(reading.Of(Id, default));
        return new()
        {
            Id = id,
            Number = reading.Of(Number, "?"),
            Person = new(reading.Of(Person, default)),
            ReceivedAt = reading.Of(ReceivedAt, default),
            Source = reading.Of(Source, null),
            SourceHash = reading.Of(SourceHash, null),
            Imported = reading.Of(Imported, false),
            ItemKind = reading.Of(ItemKind, null),
            ItemModel = reading.Of(ItemModel, null),
            CustomerHash = reading.Of(CustomerHash, null),
            ItemHash = reading.Of(ItemHash, null),
            RepeatHash = reading.Of(RepeatHash, null),
            Channel = reading.Of(Channel, ""),
            EntryPoint = reading.Of(EntryPoint, null),
            Area = reading.Of(Area, null),
            Title = reading.Of(Title, null) is { } title ? Personal.Sealed(title, ComplaintSummary.PlaceOfTitle(tenant, id)) : null,
            SourceInTime = reading.Of(SourceInTime, null),
            Contradictions = reading.Of(Contradictions, []),
            Attributes = reading.Of(Attributes, JsonColumns.NoFacts),
            OwnInTime = reading.Of(OwnInTime, null),
            OwnDueAt = reading.Of(OwnDueAt, null),
            Version = reading.Of(Version, 0),
            Kind = reading.Of(Kind, ""),
            State = reading.Of(State, default),
            Round = reading.Of(Round, 1),
            Priority = reading.Of(Priority, ""),
            Category = reading.Of(Category, null),
            Subcategory = reading.Of(Subcategory, null),
            Owner = reading.Of(Owner, null),
            Team = reading.Of(Team, null),
            UpdatedAt = reading.Of(UpdatedAt, default),
            AcknowledgedAt = reading.Of(AcknowledgedAt, null),
            DueAt = reading.Of(DueAt, null),
            TargetAt = reading.Of(TargetAt, null),
            ResolvedAt = reading.Of(ResolvedAt, null),
            ClosedAt = reading.Of(ClosedAt, null),
            UnansweredSince = reading.Of(UnansweredSince, null),
            Measures = reading.Of(MeasuresColumn, []),
            Outcome = reading.Of(Outcome, null),
            RepeatOf = reading.Of(RepeatOf, null) is { } earlier ? new(earlier) : null,
            Unreadable = reading.Unreadable,
        };
    }

    /// <summary>The head out of a row that begins with <see cref="HeadColumns"/>.</summary>
    public static ReadOnlyMemory<byte> ReadHead(DbDataReader row) => new RowReading(row).Of(Head, default);

    public static ComplaintState StateNamed(string name) => Enum.TryParse<ComplaintState>(name, out var state) && state.ToString() == name
        ? state
        : throw new StoreException($"The database knows a state '{name}' that this program does not: update the program.");
}
