using System.Data.Common;
using System.Runtime.InteropServices;
using NodaTime;

namespace Complaints.Storage.Relational;

/// <summary>How values stand in columns: ids as such or as 16 bytes in big-endian order, instants as microseconds since 1970, booleans as 0 and 1.</summary>
internal static class Values
{
    // The years 1 and 9999, as microseconds.
    private const long First = -62_135_596_800_000_000;
    private const long Last = 253_402_300_799_999_999;

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

    /// <summary>An id; of bytes that are none the one that nobody has.</summary>
    public static Guid Id(this DbDataReader row, int column) => row.GetValue(column) switch
    {
        Guid id => id,
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
        _ => Guid.Empty,
    };

    /// <summary>An id that must be one.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static Guid CheckedId(this DbDataReader row, int column) =>
        row.Id(column) is var id && id != Guid.Empty ? id : throw new FormatException("The bytes are no id.");

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    /// <summary>An instant; what is beyond all that we write is the first or the last of them.</summary>
    public static Instant Instant(this DbDataReader row, int column) => NodaTime.Instant.FromUnixTimeTicks(
        Math.Clamp(row.GetInt64(column), First, Last) * 10);

    /// <summary>An instant that must be one that we write.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Instant CheckedInstant(this DbDataReader row, int column) =>
        row.GetInt64(column) is >= First and <= Last ? row.Instant(column) : throw new FormatException("The number is no instant.");

    public static Instant? InstantOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[]? BytesOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Bytes(column);
}
