using Complaints.Storage.Relational;

namespace Complaints.Storage.Tests.Laws;

/// <summary>The columns that the program writes and reads, to be compared with those that a migrated database has.</summary>
public static class KnownColumns
{
    /// <summary>Lines such as <c>complaint.due_at bigint null</c>, sorted.</summary>
    /// <param name="typeOf">What a kind of column (Text, Id, Number, Flag, Instant, Bytes) is called on the database.</param>
    public static IReadOnlyList<string> Lines(Func<string, string> typeOf)
    {
        return
        [
            .. Keys("complaint", ("tenant", ColumnType.Text)).Concat(Columns("complaint", ComplaintRow.Columns))
                .Concat(Keys("complaint_state", ("tenant", ColumnType.Text), ("complaint", ColumnType.Id)))
                .Concat(Columns("complaint_state", StateRow.Columns))
                .Order(StringComparer.Ordinal),
        ];

        IEnumerable<string> Keys(string table, params (string Name, ColumnType Type)[] keys) =>
            keys.Select(key => Line(table, key.Name, typeOf(key.Type.ToString()), isNullable: false));

        IEnumerable<string> Columns(string table, IReadOnlyList<Column> columns) =>
            columns.Select(column => Line(table, column.Name, typeOf(column.Type.ToString()), column.IsNullable));
    }

    /// <summary>A line of <see cref="Lines"/>.</summary>
    public static string Line(string table, string column, string type, bool isNullable) =>
        $"{table}.{column} {type} {(isNullable ? "null" : "not null")}";
}
