using System.Data.Common;
using System.Runtime.InteropServices;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>How values stand in columns: ids as such or as 16 bytes in big-endian order, instants as microseconds since 1970, booleans as 0 and 1.</summary>
internal static class Values
{
    public static long Of(Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        return (ticks - ((ticks % 10) + 10) % 10) / 10;
    }

    public static object? Of(Instant? instant) => instant is { } value ? Of(value) : null;

    public static object? Of(bool? flag) => flag is { } value ? value ? 1L : 0L : null;

    /// <summary>The bytes as an array of exactly that length, without a copy where they are one.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();

    public static Guid Id(this DbDataReader row, int column) => row.GetValue(column) is Guid id ? id : new Guid(row.Bytes(column), bigEndian: true);

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static Instant Instant(this DbDataReader row, int column) => NodaTime.Instant.FromUnixTimeTicks(row.GetInt64(column) * 10);

    public static Instant? InstantOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[]? BytesOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Bytes(column);
}
