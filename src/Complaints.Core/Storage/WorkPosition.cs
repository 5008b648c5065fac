using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>A place in the order of work (keyset paging). It stays a place when what stood there is done.</summary>
/// <param name="Due">When it is due, in whole microseconds; <c>null</c> where no limit runs.</param>
/// <param name="Of">Whose it is.</param>
/// <param name="Work">What it is.</param>
/// <param name="Subject">What it is about.</param>
public readonly record struct WorkPosition(Instant? Due, Guid Of, string Work, Subject? Subject)
{
    private const int Longest = 600;
    private const char Between = '\n';
    private static readonly Label Place = new("a place in a list", "列表中的位置");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Where it stands, for the message.</param>
    /// <param name="position">The place.</param>
    /// <param name="problem"><c>text.format</c> where the text is none of a place.</param>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, string field, out WorkPosition position, [NotNullWhen(false)] out ComplaintError? problem)
    {
        problem = Read(text, out position)
            ? null
            : new("text.format", ("field", field), ("value", Core.Text.Mask(text ?? "")), ("expected", Place));
        return problem is null;
    }

    /// <summary>The place in letters, digits, <c>-</c> and <c>_</c>, as a link or a command line can carry it.</summary>
    public override string ToString()
    {
        var due = Due is { } at ? (at.ToUnixTimeTicks() / 10).ToString(CultureInfo.InvariantCulture) : "";
        var place = string.Join(Between, due, Of.ToString("N"), Work, Subject?.ToString() ?? "");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));
    }

    private static bool Read(string? text, out WorkPosition position)
    {
        position = default;
        if (text is null or { Length: 0 or > Longest } || !Base64Url.IsValid(text))
            return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Between);
        if (parts is not [var due, var of, { Length: > 0 } work, var subject]
            || !Guid.TryParseExact(of, "N", out var id) || subject.Length > 0 && !subject.Contains('/', StringComparison.Ordinal))
            return false;
        Instant? at = null;
        if (due.Length > 0)
        {
            if (!long.TryParse(due, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
                || Math.Abs((decimal)micros) > 253_402_300_799_999_999m)
                return false;
            at = Instant.FromUnixTimeTicks(Math.Max(micros, -62_135_596_800_000_000) * 10);
        }
        position = new(at, id, work, subject.Length == 0 ? null : Core.Subject.Parse(subject));
        return true;
    }
}
