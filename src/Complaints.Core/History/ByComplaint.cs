namespace Complaints.Core.History;

/// <summary>Rows that come in the order of complaints, taken complaint by complaint.</summary>
internal sealed class ByComplaint<T>(IAsyncEnumerable<T> rows, Func<T, Guid> complaintOf) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _rows = rows.GetAsyncEnumerator();
    private bool _hasRow;
    private bool _isOver;

    /// <summary>Those of one; what lies before it is passed.</summary>
    /// <param name="complaint">Which.</param>
    /// <param name="passed">Where to keep what is passed; <c>null</c> to let it go.</param>
    public async ValueTask<List<T>> TakeAsync(Guid complaint, List<T>? passed = null)
    {
        var taken = new List<T>();
        while (await HasRowAsync().ConfigureAwait(false) && ChainUnit.Compare(complaintOf(_rows.Current), complaint) is var order and <= 0)
        {
            (order == 0 ? taken : passed)?.Add(_rows.Current);
            _hasRow = false;
        }
        return taken;
    }

    /// <summary>All that is left.</summary>
    public async ValueTask RestAsync(List<T> rest)
    {
        for (; await HasRowAsync().ConfigureAwait(false); _hasRow = false)
            rest.Add(_rows.Current);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask<bool> HasRowAsync()
    {
        if (!_hasRow && !_isOver)
            _isOver = !(_hasRow = await _rows.MoveNextAsync().ConfigureAwait(false));
        return _hasRow;
    }
}
