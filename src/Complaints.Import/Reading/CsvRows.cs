using Complaints.Core;
using Complaints.Import.Mapping;
using Complaints.Import.Shaping;
using CsvHelper;

namespace Complaints.Import.Reading;

/// <summary>Rows of a CSV file with a header (RFC 4180: quotes, doubled quotes, line breaks inside quotes).</summary>
internal sealed class CsvRows : RowReader
{
    /// <summary>A row beyond this is an open quote that swallows the file, not a row.</summary>
    private const int LargestRow = 16 * 1024 * 1024;

    private static readonly ComplaintError TooLarge = new("import.row_too_large", ("bound", LargestRow / 1024 / 1024));

    private readonly CsvReader _reader;
    private readonly int[] _positions;
    private CsvMalformedReason? _malformed;
    private bool _isAhead;
    private bool _hasEnded;

    public CsvRows(SourceFile file, ImportMapping mapping) : base(file, mapping)
    {
        _positions = new int[mapping.ColumnNames.Length];
        _reader = CsvReader.Create(file.Text, new CsvReaderOptions
        {
            Separator = mapping.Delimiter[0],
            TrackLineNumbers = true,
            MaxRecordSize = LargestRow,
            OnMalformedRecord = record => _malformed = record.Reason,
        }, true);
    }

    protected override long Line => _reader.LineNumber;

    public override ComplaintError? Begin()
    {
        try
        {
            _reader.ReadHeader();
        }
        catch (CsvFormatException)
        {
            return TooLarge;
        }
        var header = _reader.Headers.ToArray();
        var missing = new List<ComplaintError>();
        for (var i = 0; i < _positions.Length; i++)
        {
            var name = Mapping.ColumnNames[i];
            _positions[i] = Array.IndexOf(header, name);
            if (_positions[i] < 0)
                _positions[i] = Array.FindIndex(header, column => column.Trim() == name);
            if (_positions[i] < 0)
                missing.Add(new("mapping.column_missing", ("path", Mapping.ColumnPaths[i]), ("value", name), ("nearest", NearestName.Of(name, header))));
        }
        // The likeliest reason why a column is not there.
        if (missing.Count > 0 && Array.Find(header, column => column.Contains(SourceFile.Undecodable)) is { } garbled)
        {
            var shown = garbled.Replace(SourceFile.Undecodable, '?');
            missing.Insert(0, new("import.encoding", ("field", shown), ("expected", Mapping.Encoding)));
        }
        return missing.Count == 0 ? null : new ComplaintError("mapping.invalid") { Details = [.. missing] };
    }

    protected override SourceRow? Next()
    {
        try
        {
            if (_hasEnded || !Advance())
                return null;
        }
        catch (CsvFormatException)
        {
            _hasEnded = HasGivenUp = true;
            return new SourceRow(_reader.LineNumber + 1, Blank(), new RowFault(-1, TooLarge));
        }
        var line = _reader.LineNumber;
        var width = _reader.FieldCount;
        var values = Blank();
        for (var i = 0; i < values.Length; i++)
            values[i] = _positions[i] < width ? _reader.GetString(_positions[i]) : null;
        return new SourceRow(line, values, Fault(width));
    }

    protected override void Close() => _reader.Dispose();

    private bool Advance()
    {
        if (_isAhead)
        {
            _isAhead = false;
            return true;
        }
        _malformed = null;
        return _reader.Read();
    }

    private RowFault? Fault(int width)
    {
        var expected = _reader.Headers.Count;
        var malformed = _malformed;
        if (malformed == CsvMalformedReason.UnterminatedQuote)
            return Cut(width, expected);
        if (malformed == CsvMalformedReason.TextAfterClosingQuote)
            return Quotes(width);
        if (width == expected)
            return null;
        // A short row at the very end was cut off; elsewhere it is malformed.
        _isAhead = Advance();
        _hasEnded = !_isAhead;
        return _hasEnded && width < expected ? Cut(width, expected) : new RowFault(-1, new ComplaintError("import.columns", ("value", width), ("expected", expected)));
    }

    /// <summary>Names the column where text stands behind the closing quote, or one that goes over several lines and so may have swallowed
    /// the next row, if the mapping reads it.</summary>
    private RowFault Quotes(int width)
    {
        var column = Array.FindIndex(_positions, position => position < width && _reader.GetRawSpan(position) is [(byte)'"', .., not (byte)'"']);
        if (column < 0)
            column = Array.FindIndex(_positions, position => position < width && _reader.GetRawSpan(position).Contains((byte)'\n'));
        return new RowFault(column, new ComplaintError("import.quotes", ("field", column < 0 ? "?" : Mapping.ColumnNames[column])));
    }

    private static RowFault Cut(int width, int expected) => new(-1, new ComplaintError("import.last_row_cut", ("value", width), ("expected", expected)));
}
