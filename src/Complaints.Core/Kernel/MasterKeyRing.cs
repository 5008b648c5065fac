using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core;

/// <summary>
/// The master keys of one file. A line holds a key of 32 bytes in base64, with its id before it and the instant when it was added between
/// the two, where they are known; the last one wraps and all unwrap. A line <c>retired ID INSTANT</c> says which key was taken out: by that
/// a program that has worked with that key recognises the file as its own. <c>#</c> begins a comment. Immutable.
/// </summary>
internal sealed class MasterKeyRing
{
    public const int MostKeys = 64;
    public const int LargestFile = 65_536;
    private const string RetiredWord = "retired";
    private const string Heading = "# Master keys of personal data. Back this file up apart from the database. The last one wraps.";
    private readonly ImmutableArray<(string Line, string? Key, string? Retired)> _lines;

    private MasterKeyRing(ImmutableArray<(string Line, string? Key, string? Retired)> lines, ImmutableArray<MasterKey> keys) =>
        (_lines, Keys) = (lines, keys);

    /// <summary>The oldest first, at least one, no two with the same id.</summary>
    public ImmutableArray<MasterKey> Keys { get; }

    /// <summary>The one that wraps.</summary>
    public MasterKey Newest => Keys[^1];

    /// <summary>The ids of keys that were taken out.</summary>
    public IEnumerable<string> Retired => _lines.Select(line => line.Retired).OfType<string>();

    /// <summary>As a file keeps it.</summary>
    public string Text => string.Concat(_lines.Select(line => line.Line + "\n"));

    /// <summary>One key.</summary>
    public static MasterKeyRing Of(MasterKey key) => new([(Heading, null, null), (LineOf(key), key.Id, null)], [key]);

    /// <exception cref="MasterKeyException">It is too large, or holds no key, or something else.</exception>
    public static MasterKeyRing Parse(string text, string path)
    {
        if (text.Length > LargestFile)
            throw new MasterKeyException(new ComplaintError("keys.file_size", ("path", path), ("bound", LargestFile)));
        var lines = ImmutableArray.CreateBuilder<(string, string?, string?)>();
        var keys = new List<MasterKey>();
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [] or [['#', ..], ..])
            {
                lines.Add((line, null, null));
                continue;
            }
            if (words is [RetiredWord, var retired, ..])
            {
                lines.Add((line, null, retired));
                continue;
            }
            var key = KeyOf(words) ?? throw new MasterKeyException(
                new ComplaintError("keys.file_line", ("path", path), ("line", lines.Count + 1), ("bound", MasterKey.Size)));
            keys.RemoveAll(earlier => earlier.Id == key.Id);
            keys.Add(key);
            lines.Add((line, key.Id, null));
        }
        return keys.Count switch
        {
            0 => throw new MasterKeyException(new ComplaintError("keys.file_empty", ("path", path))),
            > MostKeys => throw new MasterKeyException(new ComplaintError("keys.file_full", ("path", path), ("bound", MostKeys))),
            _ => new(lines.DrainToImmutable(), [.. keys]),
        };
    }

    public MasterKey? Find(string id) => Keys.FirstOrDefault(key => key.Id == id);

    /// <summary>True when a program that worked with an earlier ring may go on with this one: the key under which it wrapped is in it, or
    /// was taken out of it.</summary>
    public bool Continues(MasterKeyRing earlier) => Find(earlier.Newest.Id) is not null || Retired.Contains(earlier.Newest.Id);

    public MasterKeyRing With(MasterKey key) => new(_lines.Add((LineOf(key), key.Id, null)), Keys.Add(key));

    /// <summary>The same without some keys, of which it remembers the last <see cref="MostKeys"/>.</summary>
    public MasterKeyRing Without(IReadOnlyCollection<string> ids, Instant now)
    {
        var gone = ids.Select(id => ($"{RetiredWord} {id} {InstantPattern.General.Format(now)}", (string?)null, (string?)id));
        var remembered = _lines.Where(line => line.Retired is not null).Concat(gone).TakeLast(MostKeys);
        var kept = _lines.Where(line => line.Retired is null && (line.Key is null || !ids.Contains(line.Key)));
        return new([.. kept, .. remembered], Keys.RemoveAll(key => ids.Contains(key.Id)));
    }

    private static string LineOf(MasterKey key) =>
        key.AddedAt is { } at ? $"{key.Id} {InstantPattern.General.Format(at)} {key.Base64}" : $"{key.Id} {key.Base64}";

    /// <summary>The key of a line; <c>null</c> if it is none, or not the one that its id names: then a letter of it was changed.</summary>
    private static MasterKey? KeyOf(string[] words)
    {
        Span<byte> bytes = stackalloc byte[MasterKey.Size];
        if (words.Length > 3 || !Convert.TryFromBase64String(words[^1], bytes, out var length) || length != MasterKey.Size)
            return null;
        var at = words.Length == 3 ? InstantPattern.General.Parse(words[1]) : null;
        if (at is { Success: false })
            return null;
        var key = new MasterKey(bytes, at?.Value);
        return words.Length == 1 || words[0] == key.Id ? key : null;
    }
}
