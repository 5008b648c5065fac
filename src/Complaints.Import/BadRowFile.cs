using System.Globalization;
using System.Text;
using Complaints.Core;
using Complaints.Import.Shaping;

namespace Complaints.Import;

/// <summary>
/// Lists rows that cannot be used: <c>line,column,value,code,message</c>. Made with the first one; a list that an earlier run left there is removed, because every
/// run reads the whole file and finds them all again.
/// </summary>
internal sealed class BadRowFile : IDisposable
{
    private const string Header = "line,column,value,code,message";
    private const int LongestValue = 200;
    private readonly string _path;
    private readonly string[] _columns;
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private StreamWriter? _writer;

    public BadRowFile(string path, string[] columns)
    {
        (_path, _columns) = (path, columns);
        if (File.Exists(path) && IsOurs(path))
            File.Delete(path);
    }

    public long Count { get; private set; }

    public string? Path => Count == 0 ? null : _path;

    public IEnumerable<KeyValuePair<string, long>> Reasons => _reasons;

    public void Add(long line, string?[] values, RowFault fault)
    {
        var known = fault.Column >= 0;
        Add(line, known ? _columns[fault.Column] : "", known ? values[fault.Column] : null, fault.Error);
    }

    public void Add(long line, string column, string? value, ComplaintError error)
    {
        if (_writer is null)
        {
            // With a byte order mark, without which a spreadsheet opens Chinese as garbage.
            _writer = new StreamWriter(new FileStream(_path, Options(File.Exists(_path))), Encoding.UTF8);
            _writer.WriteLine(Header);
        }
        Count++;
        _reasons[error.Code] = _reasons.GetValueOrDefault(error.Code) + 1;
        if (Count > ImportResult.MostBadRowsListed)
            return;
        _writer.WriteLine(string.Join(',', line.ToString(CultureInfo.InvariantCulture), Quoted(column), Quoted(Shown(value)), error.Code, Quoted(error.Message)));
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>It holds what the ledger holds, and is its owner's only. Somebody else's file is not overwritten.</summary>
    private static FileStreamOptions Options(bool exists)
    {
        var options = new FileStreamOptions { Mode = exists ? FileMode.Append : FileMode.CreateNew, Access = FileAccess.Write };
        if (!exists && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static bool IsOurs(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine() == Header;
    }

    /// <summary>The beginning of the value, with what cannot be written made visible.</summary>
    private static string Shown(string? value)
    {
        if (value is null)
            return "";
        var shown = value.Length > LongestValue ? string.Concat(value.AsSpan(0, LongestValue), "...") : value;
        return string.Concat(shown.Select(c => c < ' ' && c is not ('\t' or '\n' or '\r') || char.IsSurrogate(c) && value.Length < 3 || c == '\uffff' ? $"\\u{(int)c:x4}" : c.ToString()));
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
