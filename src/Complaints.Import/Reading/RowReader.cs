using Complaints.Core;
using Complaints.Import.Mapping;
using Complaints.Import.Shaping;

namespace Complaints.Import.Reading;

/// <summary>A row: the values of the mapped columns.</summary>
/// <param name="Line">The line in the file on which it begins, from 1.</param>
/// <param name="Values">One entry a mapped column; the array is the row's own.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal readonly record struct SourceRow(long Line, string?[] Values, RowFault? Fault);

/// <summary>Reads a file row by row.</summary>
internal abstract class RowReader(SourceFile file, ImportMapping mapping) : IDisposable
{
    protected SourceFile File => file;

    protected ImportMapping Mapping => mapping;

    public long BytesTotal => file.BytesTotal;

    public long BytesRead => file.BytesRead;

    public static RowReader Open(string path, ImportMapping mapping)
    {
        var file = new SourceFile(path, mapping.Encoding);
        return mapping.IsNdjson ? new NdjsonRows(file, mapping) : new CsvRows(file, mapping);
    }

    /// <summary>Reads the header. Answers with the columns that the mapping names and the file does not have.</summary>
    public abstract ComplaintError? Begin();

    /// <summary>Every row, bad ones with their fault. A file that breaks off ends with a fault.</summary>
    public IEnumerable<SourceRow> Rows()
    {
        while (true)
        {
            SourceRow? row;
            var cut = false;
            try
            {
                row = Next();
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ExpansionException)
            {
                row = Broken(e);
                cut = true;
            }
            if (row is null && !HasGivenUp && !file.IsWhole)
            {
                row = Broken(null);
                cut = true;
            }
            if (row is not { } found)
                yield break;
            yield return found.Fault is null && Undecoded(found.Values) is { } fault ? found with { Fault = fault } : found;
            if (cut)
                yield break;
        }
    }

    public void Dispose()
    {
        Close();
        file.Dispose();
    }

    protected virtual void Close() { }

    /// <summary>True when the rest is not read, whatever it is: then it is not asked whether the file is whole.</summary>
    protected bool HasGivenUp { get; set; }

    /// <summary>The last line that was read.</summary>
    protected abstract long Line { get; }

    /// <summary>The next row; <c>null</c> at the end.</summary>
    protected abstract SourceRow? Next();

    protected string?[] Blank() => new string?[mapping.ColumnNames.Length];

    private SourceRow Broken(Exception? why) =>
        new(Line + 1, Blank(), new RowFault(-1, (why as ExpansionException)?.Error ?? new ComplaintError("import.file_cut")));

    private RowFault? Undecoded(string?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && value.Contains(SourceFile.Undecodable, StringComparison.Ordinal))
                return new RowFault(i, new ComplaintError("import.encoding", ("field", mapping.ColumnNames[i]), ("expected", mapping.Encoding)));
        }
        return null;
    }
}
