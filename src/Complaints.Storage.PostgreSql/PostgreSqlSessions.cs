using System.Data.Common;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Connections of a data source, one for each round trip; the schema and the server are looked at before the first of them.</summary>
internal sealed class PostgreSqlSessions : ISqlSessions
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)];
    private readonly NpgsqlDataSource _source;
    private readonly PostgreSqlDialect _dialect;
    private readonly SchemaKeeper _schema;
    private readonly ServerWatch _server;
    private readonly NumberedTexts _texts;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile bool _ready;
    private readonly Action _sent;
    private long _roundTrips;

    public PostgreSqlSessions(NpgsqlDataSource source, PostgreSqlStoreOptions options, ServerWatch server, IReadOnlyList<Migration>? migrations = null)
    {
        _source = source;
        _dialect = new PostgreSqlDialect(options);
        _schema = new SchemaKeeper(options, _dialect, migrations);
        _server = server;
        _texts = new NumberedTexts(_dialect);
        _sent = () => Interlocked.Increment(ref _roundTrips);
    }

    ISqlDialect ISqlSessions.Dialect => _dialect;

    public PostgreSqlDialect Dialect => _dialect;

    public bool IsReady => _ready;

    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public ValueTask<T> ReadAsync<T>(TenantId? tenant, Func<SqlSession, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        AttemptAsync(tenant, session => read(session, cancellationToken), isRepeatable: true, cancellationToken);

    public ValueTask<T> WriteAsync<T>(
        TenantId? tenant, Func<SqlSession, ValueTask<T>> write, CancellationToken cancellationToken, bool isRepeatable = false) =>
        AttemptAsync(tenant, session => write(session), isRepeatable, cancellationToken);

    public async IAsyncEnumerable<T> StreamAsync<T>(
        TenantId? tenant, Func<SqlSession, CancellationToken, IAsyncEnumerable<T>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As far as the first row it may be repeated, because nobody has seen anything.
        var (connection, rows, isThere) = await KeepAsync(async connection =>
        {
            var rows = read(On(connection, tenant), cancellationToken).GetAsyncEnumerator(cancellationToken);
            return (connection, rows, await rows.MoveNextAsync().ConfigureAwait(false));
        }, cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        await using var rowsDisposal = rows.ConfigureAwait(false);
        for (; isThere; isThere = await MoveAsync(rows).ConfigureAwait(false))
            yield return rows.Current;
    }

    /// <summary>Runs something on a connection. When the connection turns out to be broken, or others stood in the way, what may be
    /// repeated is, a few times within a second.</summary>
    public ValueTask<T> AttemptAsync<T>(TenantId? tenant, Func<PostgreSqlSession, ValueTask<T>> work, bool isRepeatable, CancellationToken cancellationToken) =>
        AttemptAsync(connection => work(On(connection, tenant)), isRepeatable, keeps: false, cancellationToken);

    /// <summary>The same for something that may be repeated and whose answer has the connection: then it is its to close.</summary>
    public ValueTask<T> KeepAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken) =>
        AttemptAsync(work, isRepeatable: true, keeps: true, cancellationToken);

    private async ValueTask<T> AttemptAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, bool isRepeatable, bool keeps, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 0; ; attempt++)
        {
            NpgsqlConnection? connection = null;
            try
            {
                if (!_ready)
                    await MakeReadyAsync(cancellationToken).ConfigureAwait(false);
                if (_server.HasJumped)
                    await _server.LookAsync(_source, cancellationToken).ConfigureAwait(false);
                _server.LookAgain(_source);
                connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                var answer = await work(connection).ConfigureAwait(false);
                connection = keeps ? null : connection;
                return answer;
            }
            // What the server has undone did not happen: it may be repeated whatever it is, since it is one batch.
            catch (DbException e) when (attempt < Pauses.Length
                && (PostgreSqlErrors.IsUndone(e) || PostgreSqlErrors.IsBroken(e) && (isRepeatable || connection is null)))
            {
                await Task.Delay(Pauses[attempt] * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
            }
            catch (DbException e)
            {
                throw _dialect.Translate(e);
            }
            finally
            {
                if (connection is not null)
                    await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A session on a connection, also on one of the host's.</summary>
    public PostgreSqlSession On(NpgsqlConnection connection, TenantId? tenant) =>
        new(connection, _texts, _server.HasWall ? PostgreSqlSession.WallOf(tenant) : null, _sent);

    /// <summary>Brings the schema up to date and looks at the server, once.</summary>
    public async Task MakeReadyAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ready)
                return;
            await _schema.MakeReadyAsync(_source, cancellationToken).ConfigureAwait(false);
            await _server.LookAsync(_source, cancellationToken).ConfigureAwait(false);
            _ready = true;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>What the server says of itself now.</summary>
    public async ValueTask<PostgreSqlServer> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!_ready)
                await MakeReadyAsync(cancellationToken).ConfigureAwait(false);
            return await _server.LookAsync(_source, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw _dialect.Translate(e);
        }
    }

    /// <summary>Whether a connection of the host's is on the database of this store.</summary>
    public async ValueTask<bool> IsOursAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var own = new NpgsqlConnectionStringBuilder(_source.ConnectionString);
        // Behind a pooler, or by another name, one server has many addresses: then the servers themselves are asked.
        return (own.Host, own.Port, own.Database) == (connection.Host, connection.Port, connection.Database)
            || await DatabaseIdentity.OfAsync(connection, cancellationToken).ConfigureAwait(false)
            == await AttemptAsync(
                there => DatabaseIdentity.OfAsync(there, cancellationToken), isRepeatable: true, keeps: false, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Refuses to write while this host's clock is far off the database's, and what would be dated in the future.</summary>
    /// <exception cref="ClockSkewException">It is.</exception>
    public void CheckSkew(Instant? dated = null) => _server.CheckSkew(dated);

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
