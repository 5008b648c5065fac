using System.Text;

namespace Complaints.Import.Reading;

/// <summary>Lines of a text, of which one that is too long is passed over without being kept.</summary>
/// <param name="text">The text.</param>
/// <param name="bound">The most characters of a line.</param>
internal sealed class BoundedLines(TextReader text, int bound)
{
    private const int LargestKept = 64 * 1024;

    private readonly char[] _part = new char[32 * 1024];
    private StringBuilder _line = new();
    private int _at;
    private int _end;
    private bool _isTooLong;
    private bool _afterReturn;

    /// <summary>True when nothing follows.</summary>
    public bool IsAtEnd => _at == _end && !IsFilled(text.Read(_part));

    /// <summary>The next line.</summary>
    /// <param name="line">The line; <c>null</c> when it is too long.</param>
    /// <returns>False at the end.</returns>
    public bool TryRead(out string? line)
    {
        var any = false;
        while (!IsAtEnd)
        {
            any = true;
            if (IsWhole())
                break;
        }
        line = Taken();
        return any;
    }

    /// <inheritdoc cref="TryRead"/>
    public async ValueTask<(bool Found, string? Line)> ReadAsync(CancellationToken cancellationToken)
    {
        var any = false;
        while (_at < _end || IsFilled(await text.ReadAsync(_part, cancellationToken).ConfigureAwait(false)))
        {
            any = true;
            if (IsWhole())
                break;
        }
        return (any, Taken());
    }

    private bool IsFilled(int read)
    {
        (_at, _end) = (0, read);
        // The second half of a line's end is no line of its own.
        if (_afterReturn && read > 0)
        {
            _afterReturn = false;
            if (_part[0] == '\n')
                _at = 1;
            if (_at == read)
                return IsFilled(text.Read(_part));
        }
        return read > 0;
    }

    /// <summary>Takes what there is of the line; true when it ended.</summary>
    private bool IsWhole()
    {
        var rest = _part.AsSpan(_at, _end - _at);
        var length = rest.IndexOfAny('\r', '\n');
        var part = length < 0 ? rest : rest[..length];
        _isTooLong |= _line.Length + part.Length > bound;
        if (_isTooLong)
            _line = new();
        else
            _line.Append(part);
        _at += part.Length;
        if (length < 0)
            return false;
        var isReturn = _part[_at++] == '\r';
        _afterReturn = isReturn && _at == _end;
        if (isReturn && _at < _end && _part[_at] == '\n')
            _at++;
        return true;
    }

    private string? Taken()
    {
        var line = _isTooLong ? null : _line.ToString();
        _isTooLong = false;
        if (_line.Capacity > LargestKept)
            _line = new();
        else
            _line.Clear();
        return line;
    }
}
