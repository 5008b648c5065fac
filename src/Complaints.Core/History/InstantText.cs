using System.Buffers.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.History;

/// <summary>Writes instants byte for byte as <see cref="InstantPattern.ExtendedIso"/> does, without making a text first: a complaint's bytes hold a dozen of them.</summary>
internal static class InstantText
{
    /// <summary>Where the fraction's point stands in <c>2026-09-05T08:30:00.0000000Z</c>.</summary>
    private const int Point = 19;

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
}
