namespace Complaints.Import.Mapping;

/// <summary>Translates a source's words. On request words that differ only in case and blanks meet.</summary>
internal sealed class ValueMap<T>(bool fold)
{
    private readonly Dictionary<string, T> _entries = new(fold ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    public bool Add(string word, T value) => _entries.TryAdd(Form(word), value);

    public bool TryGet(string word, out T value) => _entries.TryGetValue(Form(word), out value!);

    /// <summary>The words, for messages; the first twenty.</summary>
    public string Known() => string.Join(", ", _entries.Keys.Take(20).Select(word => $"'{word}'")) + (_entries.Count > 20 ? ", ..." : "");

    private string Form(string word) => fold ? Blanks.Collapse(word) : word;
}

/// <summary>Blanks in texts.</summary>
internal static class Blanks
{
    /// <summary>Trimmed, and every run of white space as one space.</summary>
    public static string Collapse(string text)
    {
        var span = text.AsSpan().Trim();
        var clean = true;
        for (var i = 0; i < span.Length && clean; i++)
            clean = !char.IsWhiteSpace(span[i]) || (span[i] == ' ' && span[i + 1] != ' ');
        if (clean)
            return span.Length == text.Length ? text : span.ToString();
        var result = new System.Text.StringBuilder(span.Length);
        var blank = false;
        foreach (var c in span)
        {
            if (char.IsWhiteSpace(c))
            {
                blank = true;
                continue;
            }
            if (blank)
                result.Append(' ');
            blank = false;
            result.Append(c);
        }
        return result.ToString();
    }
}
