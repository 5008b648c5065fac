using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>
/// The one writer of this process: a long-lived connection behind a gate. Whoever comes first writes at once and takes along what has queued up meanwhile: one
/// transaction for a group, one flush to the disk. Each of a group stands alone: what one undoes does not touch the others.
/// </summary>
internal sealed class SqliteWriter(SqliteFile file, ISqlDialect dialect, Action<int> written) : IAsyncDisposable
{
    private const int LargestGroup = 64;
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<WriteJob> _queue = new();
    private readonly List<WriteJob> _group = new(LargestGroup);
    private KeptSession? _session;
    private TransactionStatements? _transaction;
    private long _busySince;
    private int _leading;
    private int _disposed;

    /// <summary>Writes, alone or in a group; durable when it returns.</summary>
    public Task<T> RunAsync<T>(Func<SqlSession, ValueTask<Written<T>>> write, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var job = new WriteJob<T>(write, cancellationToken);
        _queue.Enqueue(job);
        if (TryLead())
        {
            _busySince = Stopwatch.GetTimestamp();
            _ = LeadAsync();
        }
        else if (_disposed != 0 && job.TryBegin())
            job.Fail(new ObjectDisposedException(nameof(SqliteStore)));
        return job.Task;
    }

    /// <summary>
    /// Reads through the writer's own connection if nobody is writing: its page cache is warm, while every commit empties those of all other connections.
    /// </summary>
    /// <returns>False when somebody is writing, here or in another program; then nothing was read.</returns>
    public async ValueTask<(bool Done, T? Answer)> TryReadAsync<T>(Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        if (_disposed != 0 || !TryLead())
            return default;
        try
        {
            var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
            return (true, await read(session, cancellationToken).ConfigureAwait(false));
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            // This connection never waits. Another program holds the file for a moment, to begin its log anew: a reader waits for that.
            await CloseAsync().ConfigureAwait(false);
            return default;
        }
        catch
        {
            // The read may have been cut off inside its transaction.
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            HandOn();
        }
    }

    /// <summary>Waits until everything that queued up is written, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        while (!_queue.IsEmpty || !TryLead())
            await Task.Delay(1).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    private bool TryLead() => Interlocked.CompareExchange(ref _leading, 1, 0) == 0;

    /// <summary>Writes one group on the thread of its first caller. What has queued up by then is led from the pool, so that the caller gets its answer.</summary>
    private async Task LeadAsync()
    {
        await WriteGroupAsync().ConfigureAwait(false);
        HandOn();
    }

    private void HandOn()
    {
        Volatile.Write(ref _leading, 0);
        if (!_queue.IsEmpty && TryLead())
            ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.LeadOnAsync(), this, preferLocal: false);
    }

    private async Task LeadOnAsync()
    {
        // Other programs look for the lock every millisecond: a rest of two lets each of them in.
        if (Stopwatch.GetElapsedTime(_busySince) > LongestRun)
        {
            await Task.Delay(Rest).ConfigureAwait(false);
            _busySince = Stopwatch.GetTimestamp();
        }
        await LeadAsync().ConfigureAwait(false);
    }

    private async Task WriteGroupAsync()
    {
        try
        {
            await FillGroupAsync(await OpenAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
            if (_group.Count == 0)
            {
                if (IsInTransaction)
                    Execute("rollback");
                return;
            }
            Execute("commit");
            written(_group.Count);
            foreach (var job in _group)
                job.Complete();
        }
        catch (Exception e)
        {
            await FailAsync(e is DbException error ? dialect.Translate(error) : e).ConfigureAwait(false);
        }
        _group.Clear();
    }

    private async Task FillGroupAsync(SqlSession session)
    {
        var began = Stopwatch.GetTimestamp();
        while (_group.Count < LargestGroup && (_group.Count == 0 || Stopwatch.GetElapsedTime(began) < LongestGroup) && !_queue.IsEmpty)
        {
            if (!IsInTransaction)
                await BeginAsync().ConfigureAwait(false);
            if (_queue.TryDequeue(out var job) && job.TryBegin())
                await WriteOneAsync(session, job).ConfigureAwait(false);
        }
    }

    /// <summary>The first of a group needs no savepoint: the transaction holds nothing else yet.</summary>
    private async Task WriteOneAsync(SqlSession session, WriteJob job)
    {
        var isFirst = _group.Count == 0;
        if (!isFirst)
            Execute("savepoint job");
        try
        {
            if (await job.RunAsync(session).ConfigureAwait(false))
            {
                if (!isFirst)
                    Execute("release job");
                _group.Add(job);
            }
            else
            {
                Undo(isFirst);
                // What a later one of a group has seen is durable only with the group.
                if (isFirst)
                    job.Complete();
                else
                    _group.Add(job);
            }
        }
        catch (Exception e)
        {
            var error = e is DbException failure ? dialect.Translate(failure) : e;
            job.Fail(error);
            // A disk that is full or fails ends the whole transaction by itself; then nobody's work is kept.
            if (!IsInTransaction)
                throw error == e ? new InvalidOperationException("The transaction ended unexpectedly.", e) : error;
            Undo(isFirst);
        }
    }

    private void Undo(bool isFirst)
    {
        Execute(isFirst ? "rollback" : "rollback to job");
        if (!isFirst)
            Execute("release job");
    }

    /// <summary>Takes the file's lock. While another program has it, looks again every millisecond without keeping a thread.</summary>
    private async Task BeginAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = _transaction!.Run(dialect.BeginWrite);
            if (code == raw.SQLITE_OK)
                return;
            if (code != raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(began) > file.BusyTimeout)
                throw _session!.Error(code);
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    private void Execute(string sql)
    {
        if (_transaction!.Run(sql) is not raw.SQLITE_OK and var code)
            throw _session!.Error(code);
    }

    /// <summary>Nothing of the group is kept. The connection is opened anew: after a failed disk its page cache is not to be trusted.</summary>
    private async Task FailAsync(Exception error)
    {
        if (_group.Count == 0)
        {
            // The lock or the file could not be had: everybody who queued has waited as long.
            while (_queue.TryDequeue(out var waiting))
                waiting.Fail(error);
        }
        foreach (var job in _group)
            job.Fail(error);
        await CloseAsync().ConfigureAwait(false);
    }

    private bool IsInTransaction => raw.sqlite3_get_autocommit(_session!.Handle()) == 0;

    private async ValueTask<KeptSession> OpenAsync(CancellationToken cancellationToken)
    {
        if (_session is { } open)
            return open;
        var session = new WriterSession(await file.OpenWriterAsync(cancellationToken).ConfigureAwait(false));
        _transaction = new TransactionStatements(session.Handle());
        return _session = session;
    }

    private async ValueTask CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            _transaction!.Dispose();
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }
}
