namespace Complaints.Core.History;

/// <summary>Rows that come in the order of complaints, taken complaint by complaint.</summary>
internal sealed class ByComplaint<T>(IAsyncEnumerable<T> rows, Func<T, Guid> complaintOf) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<T> _rows = rows.GetAsyncEnumerator();
    private bool _hasRow;
    private bool _isOver;

    /// <summary>Those of one; what lies before it is passed.</summary>
    public async ValueTask<List<T>> TakeAsync(Guid complaint)
    {
        var taken = new List<T>();
        while (await HasRowAsync().ConfigureAwait(false) && ChainUnit.Compare(complaintOf(_rows.Current), complaint) is var order and <= 0)
        {
            if (order == 0)
                taken.Add(_rows.Current);
            _hasRow = false;
        }
        return taken;
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private async ValueTask<bool> HasRowAsync()
    {
        if (!_hasRow && !_isOver)
            _isOver = !(_hasRow = await _rows.MoveNextAsync().ConfigureAwait(false));
        return _hasRow;
    }
}
