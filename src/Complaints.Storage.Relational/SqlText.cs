namespace Complaints.Storage.Relational;

/// <summary>A statement and the names of its parameters in the order in which they first occur. Compared by identity: each text is made once.</summary>
internal sealed class SqlText
{
    public SqlText(string text)
    {
        Text = text;
        Parameters = NamesIn(text);
    }

    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    private static List<string> NamesIn(string text)
    {
        var names = new List<string>();
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
            var name = text[at..end];
            if (!names.Contains(name))
                names.Add(name);
        }
        return names;
    }
}
