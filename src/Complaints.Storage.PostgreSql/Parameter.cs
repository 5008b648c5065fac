using Complaints.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Complaints.Storage.PostgreSql;

/// <summary>Parameters with their types: a statement stays prepared only as long as these are the same, and a missing value says nothing about its type.</summary>
internal static class Parameter
{
    /// <summary>A value whose type is that of its column. A missing one is a text.</summary>
    public static NpgsqlParameter Of(object? value) => Of(value, value switch
    {
        null or string => NpgsqlDbType.Text,
        long => NpgsqlDbType.Bigint,
        int => NpgsqlDbType.Integer,
        Guid => NpgsqlDbType.Uuid,
        byte[] => NpgsqlDbType.Bytea,
        string?[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
        long[] or long?[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        int[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
        Guid[] or Guid?[] => NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        byte[]?[] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        _ => throw new ArgumentException($"A value of type {value.GetType()} has no column.", nameof(value)),
    });

    public static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>The type of a column's values; a number is cast where it is written.</summary>
    public static NpgsqlDbType TypeOf(Column column) => column.Type switch
    {
        ColumnType.Id => NpgsqlDbType.Uuid,
        ColumnType.Bytes => NpgsqlDbType.Bytea,
        ColumnType.Number or ColumnType.Flag or ColumnType.Instant => NpgsqlDbType.Bigint,
        _ => NpgsqlDbType.Text,
    };
}
