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

    /// <summary>The type of a column of the table <c>complaint</c>.</summary>
    public static NpgsqlDbType TypeOf(string column) => column switch
    {
        "id" or "person" or "repeat_of" => NpgsqlDbType.Uuid,
        "title" or "head" or "body" => NpgsqlDbType.Bytea,
        "imported" or "source_in_time" or "own_in_time" or "version" or "round" or "schema" => NpgsqlDbType.Bigint,
        _ => column.EndsWith("_at", StringComparison.Ordinal) ? NpgsqlDbType.Bigint : NpgsqlDbType.Text,
    };
}
