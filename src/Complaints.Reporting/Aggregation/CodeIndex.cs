namespace Complaints.Reporting.Aggregation;

/// <summary>Numbers codes in the order in which they come, so that a duration needs four bytes for its category.</summary>
internal sealed class CodeIndex
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _codes = [];

    public IReadOnlyList<string> Codes => _codes;

    public int Of(string? code)
    {
        code ??= "";
        if (_numbers.TryGetValue(code, out var number))
            return number;
        _codes.Add(code);
        return _numbers[code] = _codes.Count - 1;
    }
}
