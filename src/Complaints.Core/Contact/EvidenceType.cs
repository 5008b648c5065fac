using System.Collections.Immutable;

namespace Complaints.Core.Contact;

/// <summary>The types of files that can be told by their first bytes, so that nobody hands in a program as a photo.</summary>
public static class EvidenceType
{
    /// <summary>How many bytes are looked at.</summary>
    internal const int Looked = 512;

    private static readonly ImmutableSortedDictionary<string, Func<ReadOnlySpan<byte>, bool>> Known =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, Func<ReadOnlySpan<byte>, bool>>
        {
            ["application/pdf"] = static bytes => bytes.StartsWith("%PDF-"u8),
            ["audio/mp4"] = IsMp4,
            ["audio/mpeg"] = static bytes => bytes.StartsWith("ID3"u8) || bytes is [0xFF, >= 0xE0, ..],
            ["audio/ogg"] = static bytes => bytes.StartsWith("OggS"u8),
            ["audio/wav"] = static bytes => IsRiff(bytes, "WAVE"u8),
            ["image/gif"] = static bytes => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8),
            ["image/heic"] = static bytes => IsMp4(bytes) && bytes.Length > 10 && bytes[8..].StartsWith("hei"u8),
            ["image/jpeg"] = static bytes => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
            ["image/png"] = static bytes => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            ["image/webp"] = static bytes => IsRiff(bytes, "WEBP"u8),
            ["message/rfc822"] = IsText,
            ["text/plain"] = IsText,
            ["video/mp4"] = IsMp4,
        });

    /// <summary>The types, as in <c>image/jpeg</c>, in order.</summary>
    public static ImmutableArray<string> All { get; } = [.. Known.Keys];

    /// <summary>Whether a file begins as one of its type does.</summary>
    /// <param name="type">One of <see cref="All"/>; any other is false.</param>
    /// <param name="first">The first 512 bytes, or all where there are fewer.</param>
    public static bool Fits(string type, ReadOnlySpan<byte> first) => Known.TryGetValue(type, out var fits) && fits(first);

    private static bool IsMp4(ReadOnlySpan<byte> bytes) => bytes.Length > 8 && bytes[4..].StartsWith("ftyp"u8);

    private static bool IsRiff(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> form) =>
        bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith(form);

    /// <summary>Text has no control characters but those of lines and tabs; and what begins as a program or a page is none.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }
        return !bytes.StartsWith("#!"u8) && !bytes.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }
}
