using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>The table <c>complaint</c>: which column holds what. The order of the names is the order of the values and of what is read.</summary>
internal static class ComplaintRow
{
    /// <summary>Given once; left out of every update: their indexes are not touched again, and nothing is written twice.</summary>
    private static readonly string[] Fixed = ["id", "number", "person", "received_at", "source", "source_id", "imported", "repeat_key", "channel", "entry_point", "title", "source_in_time", "contradictions", "attributes", "own_in_time", "own_due_at"];

    private static readonly string[] Moving =
    [
        "version", "kind", "state", "round", "priority", "category", "subcategory", "owner", "team",
        "updated_at", "acknowledged_at", "due_at", "target_at", "resolved_at", "closed_at", "outcome", "repeat_of",
    ];

    private static readonly string[] Stored = ["schema", "head", "body"];

    /// <summary>How many columns the summary has.</summary>
    public static int Width => Fixed.Length + Moving.Length;

    /// <summary>The columns of a <see cref="ComplaintSummary"/> for a select from <c>complaint c</c>.</summary>
    public static string SummaryColumns { get; } = string.Join(", ", Fixed.Concat(Moving).Select(name => "c." + name));

    public static SqlText Insert { get; } = new(
        $"""
        insert into complaint (tenant, {string.Join(", ", Fixed.Concat(Moving).Concat(Stored))})
        values (@tenant, {string.Join(", ", Fixed.Concat(Moving).Concat(Stored).Select(name => "@" + name))})
        """);

    /// <summary>Moves a complaint on if it still has the expected version.</summary>
    public static SqlText Update { get; } = new(
        $"""
        update complaint
        set {string.Join(", ", Moving.Concat(Stored).Select(name => $"{name} = @{name}"))}
        where tenant = @tenant and id = @id and version = @expected
        """);

    /// <summary>The columns of a new complaint after the tenant, in the order of <see cref="InsertValues"/>.</summary>
    public static IReadOnlyList<string> InsertColumns { get; } = [.. Fixed, .. Moving, .. Stored];

    /// <summary>The columns that change, in the order of <see cref="UpdateValues"/>.</summary>
    public static IReadOnlyList<string> UpdateColumns { get; } = [.. Moving, .. Stored];

    /// <summary>The tenant, then <see cref="InsertColumns"/>: the parameters of <see cref="Insert"/>.</summary>
    public static object?[] InsertValues(ComplaintCommit commit)
    {
        var values = new object?[1 + Fixed.Length + Moving.Length + Stored.Length];
        values[0] = commit.Tenant.Value;
        FixedValues(commit.Summary, values.AsSpan(1));
        MovingValues(commit, values.AsSpan(1 + Fixed.Length));
        return values;
    }

    /// <summary><see cref="UpdateColumns"/>, then tenant, id and expected version: the parameters of <see cref="Update"/>.</summary>
    public static object?[] UpdateValues(ComplaintCommit commit)
    {
        var values = new object?[Moving.Length + Stored.Length + 3];
        MovingValues(commit, values);
        values[^3] = commit.Tenant.Value;
        values[^2] = commit.Id.Value;
        values[^1] = (long)commit.ExpectedVersion;
        return values;
    }

    private static void FixedValues(ComplaintSummary summary, Span<object?> to)
    {
        to[0] = summary.Id.Value;
        to[1] = summary.Number;
        to[2] = summary.Person.Value;
        to[3] = Values.Of(summary.ReceivedAt);
        to[4] = summary.Source;
        to[5] = summary.SourceId;
        to[6] = Values.Of(summary.Imported);
        to[7] = summary.RepeatKey;
        to[8] = summary.Channel;
        to[9] = summary.EntryPoint;
        to[10] = JsonColumns.Sealed(summary.Title);
        to[11] = Values.Of(summary.SourceInTime);
        to[12] = JsonColumns.Codes(summary.Contradictions);
        to[13] = JsonColumns.Facts(summary.Attributes);
        to[14] = Values.Of(summary.OwnInTime);
        to[15] = Values.Of(summary.OwnDueAt);
    }

    private static void MovingValues(ComplaintCommit commit, Span<object?> to)
    {
        var summary = commit.Summary;
        to[0] = (long)commit.Version;
        to[1] = summary.Kind;
        to[2] = summary.State.ToString();
        to[3] = (long)summary.Round;
        to[4] = summary.Priority;
        to[5] = summary.Category;
        to[6] = summary.Subcategory;
        to[7] = summary.Owner;
        to[8] = summary.Team;
        to[9] = Values.Of(summary.UpdatedAt);
        to[10] = Values.Of(summary.AcknowledgedAt);
        to[11] = Values.Of(summary.DueAt);
        to[12] = Values.Of(summary.TargetAt);
        to[13] = Values.Of(summary.ResolvedAt);
        to[14] = Values.Of(summary.ClosedAt);
        to[15] = summary.Outcome;
        to[16] = summary.RepeatOf is { } earlier ? earlier.Value : null;
        to[17] = (long)commit.Schema;
        to[18] = Values.Of(commit.Head);
        to[19] = Values.Of(commit.State);
    }

    public static ComplaintSummary Read(DbDataReader row) => new()
    {
        Id = new(row.Id(0)),
        Number = row.GetString(1),
        Person = new(row.Id(2)),
        ReceivedAt = row.Instant(3),
        Source = row.TextOrNull(4),
        SourceId = row.TextOrNull(5),
        Imported = row.GetInt64(6) != 0,
        RepeatKey = row.TextOrNull(7),
        Channel = row.GetString(8),
        EntryPoint = row.TextOrNull(9),
        Title = JsonColumns.Sealed(row.BytesOrNull(10)),
        SourceInTime = row.IsDBNull(11) ? null : row.GetInt64(11) != 0,
        Contradictions = JsonColumns.Codes(row.TextOrNull(12)),
        Attributes = JsonColumns.Facts(row.TextOrNull(13)),
        OwnInTime = row.IsDBNull(14) ? null : row.GetInt64(14) != 0,
        OwnDueAt = row.InstantOrNull(15),
        Version = row.GetInt32(16),
        Kind = row.GetString(17),
        State = StateNamed(row.GetString(18)),
        Round = row.GetInt32(19),
        Priority = row.GetString(20),
        Category = row.TextOrNull(21),
        Subcategory = row.TextOrNull(22),
        Owner = row.TextOrNull(23),
        Team = row.TextOrNull(24),
        UpdatedAt = row.Instant(25),
        AcknowledgedAt = row.InstantOrNull(26),
        DueAt = row.InstantOrNull(27),
        TargetAt = row.InstantOrNull(28),
        ResolvedAt = row.InstantOrNull(29),
        ClosedAt = row.InstantOrNull(30),
        Outcome = row.TextOrNull(31),
        RepeatOf = row.IsDBNull(32) ? null : new(row.Id(32)),
    };

    public static ComplaintState StateNamed(string name) => Enum.TryParse<ComplaintState>(name, out var state)
        ? state
        : throw new StoreException($"The database knows a state '{name}' that this program does not: update the program.");
}
