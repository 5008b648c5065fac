using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;

namespace Complaints.Storage.Sqlite;

/// <summary>Readers from a pool, one writer, a checkpointer; the schema is brought up to date before the first of them.</summary>
internal sealed class SqliteSessions : ISqlSessions, ITransactions, IAsyncDisposable
{
    private const int KeptReaders = 16;
    private readonly SqliteDialect _dialect = new();
    private readonly SqliteFile _file;
    private readonly IReadOnlyList<Migration>? _schema;
    private readonly ConcurrentBag<KeptSession> _readers = [];
    private readonly SemaphoreSlim _migrating = new(1, 1);
    private readonly Checkpointer _checkpointer;
    private readonly SqliteWriter _writer;
    private volatile bool _ready;
    private volatile bool _disposed;
    private long _roundTrips;

    public SqliteSessions(SqliteStoreOptions options, IReadOnlyList<Migration>? schema = null)
    {
        _schema = schema;
        _file = new SqliteFile(options);
        _checkpointer = new Checkpointer(_file);
        _writer = new SqliteWriter(_file, _dialect, _checkpointer.Written);
    }

    public ISqlDialect Dialect => _dialect;

    public string Path => _file.Path;

    public bool IsReady => _ready;

    /// <summary>How often something was read or written: what would be round trips on a network.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public async ValueTask<T> ReadAsync<T>(TenantId? tenant, Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await _writer.TryReadAsync(read, cancellationToken).ConfigureAwait(false) is (true, var answered))
                return answered!;
        }
        catch (DbException e)
        {
            throw _dialect.Translate(e);
        }
        var session = await RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await read(session, cancellationToken).ConfigureAwait(false);
            Return(session);
            return answer;
        }
        catch (Exception e)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            if (e is DbException error)
                throw _dialect.Translate(error);
            throw;
        }
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(
        TenantId? tenant, Func<SqlSession, CancellationToken, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken).ConfigureAwait(false);
        var session = await RentAsync(cancellationToken).ConfigureAwait(false);
        // Not returned to the pool: a caller may stop half-way, and a scan is rare enough to open a connection of its own.
        await using var sessionDisposal = session.ConfigureAwait(false);
        var rows = read(session, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var rowsDisposal = rows.ConfigureAwait(false);
        while (await MoveAsync(rows).ConfigureAwait(false))
            yield return rows.Current;
    }

    public ValueTask<T> WriteAsync<T>(
        TenantId? tenant, Func<SqlSession, ValueTask<T>> write, CancellationToken cancellationToken, bool isRepeatable = false) =>
        WriteAsync(async session => new Written<T>(await write(session).ConfigureAwait(false), Keep: true), cancellationToken);

    public async ValueTask<T> WriteAsync<T>(Func<SqlSession, ValueTask<Written<T>>> write, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken).ConfigureAwait(false);
        return await _writer.RunAsync(write, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the schema up to date, once.</summary>
    public async Task MakeReadyAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _migrating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ready)
                return;
            await _file.MigrateAsync(_dialect, _schema, cancellationToken).ConfigureAwait(false);
            _ready = true;
        }
        catch (DbException e)
        {
            throw _dialect.Translate(e);
        }
        finally
        {
            _migrating.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
            await reader.DisposeAsync().ConfigureAwait(false);
        await _checkpointer.DisposeAsync().ConfigureAwait(false);
        _migrating.Dispose();
    }

    private ValueTask CountAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Interlocked.Increment(ref _roundTrips);
        return _ready ? ValueTask.CompletedTask : new(MakeReadyAsync(cancellationToken));
    }

    private async ValueTask<KeptSession> RentAsync(CancellationToken cancellationToken)
    {
        if (_readers.TryTake(out var session))
            return session;
        try
        {
            return new KeptSession(await _file.OpenReaderAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (DbException e)
        {
            throw _dialect.Translate(e);
        }
    }

    private void Return(KeptSession session)
    {
        if (_disposed || _readers.Count >= KeptReaders)
            _ = session.DisposeAsync().AsTask();
        else
            _readers.Add(session);
    }

    private async ValueTask<bool> MoveAsync<T>(IAsyncEnumerator<T> rows)
    {
        try
        {
            return await rows.MoveNextAsync().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw _dialect.Translate(e);
        }
    }
}
