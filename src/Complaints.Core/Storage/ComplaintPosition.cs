using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// A place in a queue (keyset paging): where one complaint stands in an order. It stays a place when that complaint has moved or left, so
/// that pages put together leave out nobody who was there all the time. <c>default</c> is the place before the first complaint that is
/// due at no time.
/// </summary>
/// <param name="Order">The order in which it is a place; in another it is refused.</param>
/// <param name="At">The instant by which that order sorts, in whole microseconds; <c>null</c> only in <see cref="ComplaintOrder.Due"/>,
/// for a complaint that is due at no time.</param>
/// <param name="Complaint">The complaint, by which ties are broken.</param>
public readonly record struct ComplaintPosition(ComplaintOrder Order, Instant? At, ComplaintId Complaint)
{
    private const byte WithInstant = 0x10;
    private const int Short = 1 + 16;
    private const int Long = Short + sizeof(long);

    private static readonly Label Place = new("a place in a list", "列表中的位置");

    private static readonly long First = Micros(Instant.MinValue) + 1;
    private static readonly long Last = Micros(Instant.MaxValue);

    /// <summary>Where a complaint stands.</summary>
    public static ComplaintPosition Of(ComplaintSummary complaint, ComplaintOrder order)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return new(order, order == ComplaintOrder.Due ? complaint.DueAt : complaint.ReceivedAt, complaint.Id);
    }

    /// <summary>True for a column by which a place is known.</summary>
    internal static bool GoesBy(string column) => column is "id" or "due_at" or "received_at";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ComplaintPosition position) =>
        TryParse(text, "after", out position, out _);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Where it stands, for the message.</param>
    /// <param name="position">The place.</param>
    /// <param name="problem"><c>text.format</c> where the text is none of a place.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, string field, out ComplaintPosition position, [NotNullWhen(false)] out ComplaintError? problem)
    {
        problem = Read(text, out position)
            ? null
            : new("text.format", ("field", field), ("value", Text.Mask(text ?? "")), ("expected", Place));
        return problem is null;
    }

    /// <summary>The place in 23 or 34 letters, digits, <c>-</c> and <c>_</c>, as a link or a command line can carry it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Long];
        bytes[0] = (byte)Order;
        Complaint.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        if (At is not { } at)
            return Base64Url.EncodeToString(bytes[..Short]);
        bytes[0] |= WithInstant;
        BinaryPrimitives.WriteInt64BigEndian(bytes[Short..], Micros(at));
        return Base64Url.EncodeToString(bytes);
    }

    private static bool Read(string? text, out ComplaintPosition position)
    {
        position = default;
        Span<byte> bytes = stackalloc byte[Long];
        if (text?.Length is not (23 or 34) || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done)
            return false;
        var order = (ComplaintOrder)(bytes[0] & ~WithInstant);
        var hasInstant = (bytes[0] & WithInstant) != 0;
        if (!Enum.IsDefined(order) || length != (hasInstant ? Long : Short) || !hasInstant && order != ComplaintOrder.Due)
            return false;
        Instant? at = null;
        if (hasInstant)
        {
            var micros = BinaryPrimitives.ReadInt64BigEndian(bytes[Short..]);
            if (micros < First || micros > Last)
                return false;
            at = Instant.FromUnixTimeTicks(micros * 10);
        }
        position = new(order, at, new(new Guid(bytes[1..Short], bigEndian: true)));
        return true;
    }

    private static long Micros(Instant instant)
    {
        var (micros, rest) = Math.DivRem(instant.ToUnixTimeTicks(), 10);
        return rest < 0 ? micros - 1 : micros;
    }
}
