using System.Data.Common;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>What a column holds, on every database.</summary>
internal enum ColumnType
{
    Text,
    Id,
    Number,
    Flag,
    Instant,
    Bytes,
}

/// <summary>How values of one kind are written to a column and read from it.</summary>
/// <param name="Type">What the column holds.</param>
/// <param name="IsNullable">True where a value may be missing.</param>
/// <param name="Write">The value as a parameter.</param>
/// <param name="Read">The value out of a row.</param>
internal sealed record ColumnKind<T>(ColumnType Type, bool IsNullable, Func<T, object?> Write, Func<DbDataReader, int, T> Read);

/// <summary>The kinds that are no table's own.</summary>
internal static class ColumnKind
{
    public static ColumnKind<string> Text { get; } =
        new(ColumnType.Text, false, static text => text, static (row, at) => row.GetString(at));

    public static ColumnKind<string?> TextOrNull { get; } =
        new(ColumnType.Text, true, static text => text, static (row, at) => row.TextOrNull(at));

    public static ColumnKind<Guid> Id { get; } = new(ColumnType.Id, false, static id => id, static (row, at) => row.CheckedId(at));

    public static ColumnKind<Guid?> IdOrNull { get; } =
        new(ColumnType.Id, true, static id => id, static (row, at) => row.IsDBNull(at) ? null : row.CheckedId(at));

    public static ColumnKind<int> Number { get; } =
        new(ColumnType.Number, false, static number => (long)number, static (row, at) => row.GetInt32(at));

    public static ColumnKind<bool> Flag { get; } =
        new(ColumnType.Flag, false, static flag => flag ? 1L : 0L, static (row, at) => row.GetInt64(at) != 0);

    public static ColumnKind<bool?> FlagOrNull { get; } =
        new(ColumnType.Flag, true, static flag => Values.Of(flag), static (row, at) => row.IsDBNull(at) ? null : row.GetInt64(at) != 0);

    public static ColumnKind<Instant> Instant { get; } =
        new(ColumnType.Instant, false, static instant => Values.Of(instant), static (row, at) => row.CheckedInstant(at));

    public static ColumnKind<Instant?> InstantOrNull { get; } =
        new(ColumnType.Instant, true, static instant => Values.Of(instant), static (row, at) => row.IsDBNull(at) ? null
            : row.CheckedInstant(at));

    public static ColumnKind<byte[]> ByteArray { get; } = new(
        ColumnType.Bytes, false, static bytes => bytes, static (row, at) => row.Bytes(at));

    public static ColumnKind<ReadOnlyMemory<byte>> Bytes { get; } =
        new(ColumnType.Bytes, false, static bytes => Values.Of(bytes), static (row, at) => row.Bytes(at));
}

/// <summary>One column of a table.</summary>
/// <param name="name">Its name, which is also its parameter's.</param>
/// <param name="type">What it holds.</param>
/// <param name="isNullable">True where a value may be missing.</param>
/// <param name="value">Its value in a commit.</param>
internal abstract class Column(string name, ColumnType type, bool isNullable, Func<ComplaintCommit, object?> value)
{
    public string Name => name;

    public ColumnType Type => type;

    public bool IsNullable => isNullable;

    /// <summary>True for what is given once and left out of every update.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Its place among the columns of its table, in which they are read.</summary>
    public int Ordinal { get; init; }

    public object? Value(ComplaintCommit commit) => value(commit);

    public override string ToString() => name;
}

/// <summary>A column with the type of its values.</summary>
internal sealed class Column<T>(string name, ColumnKind<T> kind, Func<ComplaintCommit, T> value)
    : Column(name, kind.Type, kind.IsNullable, commit => kind.Write(value(commit)))
{
    /// <summary>The value in a row whose first columns are those of the table in their order.</summary>
    public T Read(DbDataReader row) => kind.Read(row, Ordinal);
}

/// <summary>The columns of a table in the order in which they are declared.</summary>
internal sealed class ColumnList
{
    private readonly List<Column> _columns = [];

    public IReadOnlyList<Column> Columns => _columns;

    public Column<T> Fixed<T>(string name, ColumnKind<T> kind, Func<ComplaintCommit, T> value) =>
        Add(new Column<T>(name, kind, value) { IsFixed = true, Ordinal = _columns.Count });

    public Column<T> Moving<T>(string name, ColumnKind<T> kind, Func<ComplaintCommit, T> value) =>
        Add(new Column<T>(name, kind, value) { Ordinal = _columns.Count });

    private Column<T> Add<T>(Column<T> column)
    {
        _columns.Add(column);
        return column;
    }
}
