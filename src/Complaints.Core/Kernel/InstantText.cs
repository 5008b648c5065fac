using System.Buffers.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core;

/// <summary>Writes and reads instants byte for byte as <see cref="InstantPattern.ExtendedIso"/> does, without making a text first: a
/// complaint's bytes hold a dozen of them.</summary>
internal static class InstantText
{
    /// <summary>Where the fraction's point stands in <c>2026-09-05T08:30:00.0000000Z</c>.</summary>
    private const int Point = 19;

    /// <summary>The text of an instant.</summary>
    public static string Of(Instant value) => InstantPattern.ExtendedIso.Format(value);

    public static void Write(Utf8JsonWriter writer, Instant value)
    {
        var ticks = value.ToUnixTimeTicks();
        if (Instant.FromUnixTimeTicks(ticks) != value || ticks < -DateTime.UnixEpoch.Ticks)
        {
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
            return;
        }
        Span<byte> text = stackalloc byte[28];
        Utf8Formatter.TryFormat(DateTime.UnixEpoch.AddTicks(ticks), text, out var length, 'O');
        var end = length - 1;
        while (text[end - 1] == '0' && end > Point)
            end--;
        if (text[end - 1] == '.')
            end--;
        text[end] = (byte)'Z';
        writer.WriteStringValue(text[..(end + 1)]);
    }

    /// <summary>Reads an instant where a reader stands.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Instant Read(ref Utf8JsonReader reader) =>
        !reader.HasValueSequence && !reader.ValueIsEscaped && TryRead(reader.ValueSpan, out var instant) ? instant
            : InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "") is { Success: true } result ? result.Value
            : throw new JsonException($"'{reader.GetString()}' is no instant; write for example 2026-09-05T08:30:00Z.");

    /// <summary>Reads what <see cref="Write"/> writes, to the tick. False for everything else, which is the pattern's business.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Instant value)
    {
        value = default;
        if (text.Length is <= Point or > 28 || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        if (!(Number(text[..4], out var year) && Number(text[5..7], out var month) && Number(text[8..10], out var day)
            && Number(text[11..13], out var hour) && Number(text[14..16], out var minute) && Number(text[17..Point], out var second)))
            return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var ticks = 0;
        var digits = text[Point..^1];
        if (digits.Length == 1 || digits.Length > 1 && (digits[0] != '.' || !Number(digits[1..], out ticks)))
            return false;
        for (var i = digits.Length; i is > 0 and < 8; i++)
            ticks *= 10;
        value = Instant.FromUnixTimeTicks(new DateTime(year, month, day, hour, minute, second).Ticks - DateTime.UnixEpoch.Ticks + ticks);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + digit - '0';
        }
        return true;
    }
}
