using System.Text;
using Complaints.Core;
using Complaints.Import.Shaping;

namespace Complaints.Import.Mapping;

/// <summary>What to do with a word that is not in the map.</summary>
internal enum Unmapped
{
    Keep,
    Error,
    Default,
}

/// <summary>How one text is made from a row: columns, a constant or a template, then missing-value tokens, then a map. Blanks around a value never count.</summary>
internal sealed class TextRule
{
    public required string Name { get; init; }

    public int[] Columns { get; init; } = [];

    public string Separator { get; init; } = " ";

    /// <summary>Texts and, between them, columns by their index in <see cref="Columns"/>.</summary>
    public (string Text, int Column)[]? Template { get; init; }

    public string? Constant { get; init; }

    public ValueMap<string?>? Map { get; init; }

    public Unmapped Unmapped { get; init; }

    /// <summary>Stands in for a missing value, and for an unmapped one where the mapping says so.</summary>
    public string? Default { get; init; }

    public required HashSet<string> Missing { get; init; }

    /// <summary>To how many characters a longer text is cut: what its field may have; <c>null</c> for not at all.</summary>
    public int? Longest { get; init; }

    /// <summary>In an event log: taken from the case's first row, not from its last.</summary>
    public bool FromFirst { get; init; }

    /// <summary>The column to name when the text is bad.</summary>
    public int Blame => Columns.Length > 0 ? Columns[0] : -1;

    public string? Read(string?[] values, string[] names, ref RowFault? fault)
    {
        if (Constant is not null)
            return Constant;
        var text = Template is not null ? Filled(values) : Columns.Length == 1 ? Value(values, Columns[0]) : Joined(values);
        if (text is null)
            return Default;
        if (Map is not null)
        {
            if (Map.TryGet(text, out var mapped))
                return mapped ?? Default;
            if (Unmapped == Unmapped.Error)
                fault ??= new RowFault(Blame, new ComplaintError("import.unmapped", ("field", names[Blame]), ("known", Map.Known())));
            else if (Unmapped == Unmapped.Default)
                return Default;
        }
        return Longest is { } longest && text.Length > longest ? Cut(text, longest) : text;
    }

    /// <summary>The value of one column without the blanks around it; <c>null</c> when it is missing.</summary>
    private string? Value(string?[] values, int column) => Present(values[column], Missing);

    public static string? Present(string? value, HashSet<string> missing)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var trimmed = value.Trim();
        return missing.Contains(trimmed) ? null : trimmed;
    }

    /// <summary>All the columns; missing if one of them is, because half a key would meet the wrong ones.</summary>
    private string? Joined(string?[] values)
    {
        var parts = new string[Columns.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Value(values, Columns[i]) is not { } part)
                return null;
            parts[i] = part;
        }
        return string.Join(Separator, parts);
    }

    private string? Filled(string?[] values)
    {
        var text = new StringBuilder();
        var any = Columns.Length == 0;
        foreach (var (literal, column) in Template!)
        {
            text.Append(literal);
            if (column >= 0 && Value(values, Columns[column]) is { } value)
            {
                text.Append(value);
                any = true;
            }
        }
        return any ? text.ToString().Trim() : null;
    }

    private static string Cut(string text, int longest) => text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
