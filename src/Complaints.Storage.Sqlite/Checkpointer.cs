using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Sqlite;

/// <summary>
/// Writes the log back into the database in the background, so that no command pays for it: after two thousand commands, which fill most of the log that a
/// commit would have to write back itself, and every ten seconds when there were any. Never waits for anybody and holds nobody up; what cannot be written back now is written back later.
/// </summary>
internal sealed class Checkpointer : IAsyncDisposable
{
    private const int Commands = 2_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly SqliteFile _file;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;
    private int _pending;

    public Checkpointer(SqliteFile file) => _file = file;

    /// <summary>Counts what was written.</summary>
    public void Written(int commands)
    {
        _loop ??= Task.Run(LoopAsync);
        if (Interlocked.Add(ref _pending, commands) >= Commands && _wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // It is awake already.
            }
        }
    }

    /// <summary>Writes everything back and empties the log, unless somebody still reads it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_loop is { } loop)
        {
            await loop.ConfigureAwait(false);
            await RunAsync("pragma wal_checkpoint(truncate)").ConfigureAwait(false);
        }
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(Interval, _stop.Token).ConfigureAwait(false);
                if (Interlocked.Exchange(ref _pending, 0) > 0)
                    await RunAsync("pragma wal_checkpoint(passive)").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    private async Task RunAsync(string pragma)
    {
        try
        {
            var session = new KeptSession(await _file.OpenCheckpointerAsync(CancellationToken.None).ConfigureAwait(false));
            await using var _ = session.ConfigureAwait(false);
            if (SQLitePCL.raw.sqlite3_exec(session.Handle(), pragma) != SQLitePCL.raw.SQLITE_OK)
                Interlocked.Add(ref _pending, 1);
        }
        catch (SqliteException)
        {
            // Nothing is lost: the log stays, and the next checkpoint or the next commit's own takes it up.
            Interlocked.Add(ref _pending, 1);
        }
    }
}
