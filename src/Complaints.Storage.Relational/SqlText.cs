using System.Text.RegularExpressions;

namespace Complaints.Storage.Relational;

/// <summary>
/// One or more statements that go to the database together, and the names of their parameters in the order in which they first occur. Compared by identity: each text is made once.
/// </summary>
internal sealed partial class SqlText
{
    public SqlText(params ReadOnlySpan<string> statements)
    {
        var kept = new List<string>(statements.Length);
        foreach (var statement in statements)
        {
            if (statement.Length > 0)
                kept.Add(statement);
        }
        Statements = kept;
        Text = kept.Count == 1 ? kept[0] : string.Join(";\n", kept) + ";";
        Parameters = [.. Name().Matches(Text).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The statements, none of them empty.</summary>
    public IReadOnlyList<string> Statements { get; }

    /// <summary>All of them in one text.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>False for a text that was made for one call; a session does not keep it.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>The name of a parameter.</summary>
    [GeneratedRegex("@[A-Za-z0-9_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    public static partial Regex Name();
}
