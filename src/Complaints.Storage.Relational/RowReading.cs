using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>Reads the columns of one row. A value that is damaged is named, and keeps nobody from the others.</summary>
internal struct RowReading(DbDataReader row)
{
    private ImmutableArray<string>.Builder? _unreadable;

    /// <summary>The columns that could not be read so far.</summary>
    public readonly ImmutableArray<string> Unreadable => _unreadable?.ToImmutable() ?? [];

    /// <summary>The value of a column, or another where it is damaged.</summary>
    public T Of<T>(Column<T> column, T otherwise)
    {
        try
        {
            return column.Read(row);
        }
        catch (Exception e) when (IsBad(e))
        {
            return Damaged(column.Name, otherwise);
        }
    }

    /// <summary>The same of a select that is no table's.</summary>
    public T Of<T>(string name, int at, ColumnKind<T> kind, T otherwise)
    {
        try
        {
            return kind.Read(row, at);
        }
        catch (Exception e) when (IsBad(e))
        {
            return Damaged(name, otherwise);
        }
    }

    private T Damaged<T>(string name, T otherwise)
    {
        (_unreadable ??= ImmutableArray.CreateBuilder<string>()).Add(name);
        return otherwise;
    }

    /// <summary>Tells what a damaged value throws from what a broken connection does.</summary>
    public static bool IsBad(Exception e) => e is JsonException or FormatException or InvalidCastException or OverflowException
        or ArgumentException || e is InvalidOperationException and not ObjectDisposedException
        || e is StoreException and not StoreUnavailableException;
}
