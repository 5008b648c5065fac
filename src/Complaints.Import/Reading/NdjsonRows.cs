using System.Text.Json;
using Complaints.Core;
using Complaints.Import.Mapping;
using Complaints.Import.Shaping;

namespace Complaints.Import.Reading;

/// <summary>Rows of a file with one JSON object a line. A mapped column is a property's name; <c>a.b</c> reaches into an object. What a line does not have is missing.</summary>
internal sealed class NdjsonRows(SourceFile file, ImportMapping mapping) : RowReader(file, mapping)
{
    private const int LongestLine = 16 * 1024 * 1024;

    private static readonly ComplaintError TooLong = new("import.line_too_long", ("bound", LongestLine / 1024 / 1024));

    private readonly BoundedLines _lines = new(file.Text, LongestLine);
    private readonly string[][] _paths = [.. mapping.ColumnNames.Select(name => name.Split('.'))];
    private long _line;

    protected override long Line => _line;

    public override ComplaintError? Begin() => null;

    protected override SourceRow? Next()
    {
        string? text;
        do
        {
            if (!_lines.TryRead(out text))
                return null;
            _line++;
            if (text is null)
                return new SourceRow(_line, Blank(), new RowFault(-1, TooLong));
        }
        while (string.IsNullOrWhiteSpace(text));
        var values = Blank();
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Faulty(values, text, "it is a " + document.RootElement.ValueKind);
            for (var i = 0; i < values.Length; i++)
            {
                if (!TryValue(document.RootElement, Mapping.ColumnNames[i], _paths[i], out values[i]))
                    return new SourceRow(_line, values, new RowFault(i, new ComplaintError("text.surrogate", ("field", Mapping.ColumnNames[i]), ("position", "?"), ("value", "\\ud800-\\udfff"))));
            }
            return new SourceRow(_line, values, null);
        }
        catch (JsonException e)
        {
            return Faulty(values, text, e.Message);
        }
    }

    private SourceRow Faulty(string?[] values, string text, string reason)
    {
        var cut = _lines.IsAtEnd && !text.TrimEnd().EndsWith('}');
        return new SourceRow(_line, values, new RowFault(-1, cut ? new ComplaintError("import.last_row_cut", ("value", "?"), ("expected", "?")) : new ComplaintError("import.json", ("value", reason))));
    }

    /// <summary>False when the value is half a character: JSON can write one, no text may have one.</summary>
    private static bool TryValue(JsonElement row, string name, string[] path, out string? value)
    {
        value = null;
        if (!row.TryGetProperty(name, out var element))
        {
            element = row;
            foreach (var part in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                    return true;
            }
        }
        try
        {
            value = element.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                JsonValueKind.String => element.GetString(),
                _ => element.GetRawText(),
            };
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
