using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Capabilities;

internal static class LeavingWriter
{
    /// <summary>An instant in ISO 8601 UTC, as receivers read it.</summary>
    public static void WriteInstant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Instant instant) =>
        writer.WriteString(name, InstantPattern.ExtendedIso.Format(instant));
}
