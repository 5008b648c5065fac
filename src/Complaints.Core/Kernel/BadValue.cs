using System.Text.Json;

namespace Complaints.Core;

/// <summary>Tells what a damaged value throws from what a broken connection, a full disk or a cancelled wait do.</summary>
internal static class BadValue
{
    public static bool Is(Exception e) => e is JsonException or InvalidDataException or FormatException or InvalidCastException
        or OverflowException or ArgumentException or NullReferenceException or KeyNotFoundException or IndexOutOfRangeException
        || e is InvalidOperationException and not ObjectDisposedException;
}
