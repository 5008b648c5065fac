using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;

namespace Complaints.Storage.Sqlite;

/// <summary>
/// Every storage port on one SQLite file: one host plus any number of runs of the command-line tool on the same machine, never on a network file system. A command that
/// was answered is on the disk. The schema is brought up to date at the first use. Thread-safe; dispose it, so that the log is written back.
/// </summary>
public sealed class SqliteStore : RelationalStore, IAsyncDisposable
{
    private readonly SqliteSessions _sessions;
    private readonly Sweeper _sweeper;
    private readonly LostLeases _leases;

    /// <summary>A store on a connection string such as <c>Data Source=complaints.db</c>, or on the path of a file; nothing is opened before the first use.</summary>
    public SqliteStore(string connectionString) : this(new SqliteStoreOptions(connectionString)) { }

    /// <summary>A store with options.</summary>
    /// <exception cref="ArgumentException">The connection string names a database in memory, or is none.</exception>
    public SqliteStore(SqliteStoreOptions options) : this(new SqliteSessions(options ?? throw new ArgumentNullException(nameof(options)))) { }

    internal SqliteStore(SqliteStoreOptions options, IReadOnlyList<Migration> schema) : this(new SqliteSessions(options, schema)) { }

    private SqliteStore(SqliteSessions sessions) : this(sessions, new RowWriter(sessions, sessions.Dialect)) { }

    private SqliteStore(SqliteSessions sessions, RowWriter writer) : base(sessions, writer)
    {
        (_sessions, Writer) = (sessions, writer);
        _sweeper = new(Timers, sessions, writer, MessagesWritten);
        _leases = new(sessions);
    }

    /// <summary>The file.</summary>
    public string Path => _sessions.Path;

    /// <summary>What would be round trips on a network, counted for tests and benchmarks.</summary>
    internal long RoundTrips => _sessions.RoundTrips;

    internal RowWriter Writer { get; }

    internal LoadSql LoadSql => Load;

    internal AggregateSql AggregateSql => Aggregates;

    /// <summary>Makes the file if there is none and brings its schema up to date now instead of at the first use.</summary>
    /// <exception cref="Core.Storage.StoreException">The database is newer than this program, or a migration was changed after it had been applied.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken) => _sessions.MakeReadyAsync(cancellationToken);

    /// <summary>The same without waiting where that has happened.</summary>
    internal ValueTask MakeReadyAsync(CancellationToken cancellationToken) => _sessions.IsReady ? ValueTask.CompletedTask : new(MigrateAsync(cancellationToken));

    internal bool IsDuplicate(System.Data.Common.DbException error) => _sessions.Dialect.IsDuplicate(error);

    internal Core.Storage.StoreException Translate(System.Data.Common.DbException error) => _sessions.Dialect.Translate(error);

    /// <inheritdoc/>
    /// <remarks>True: one program writes at a time anyway, and a small host that is started again would leave most of a block unused.</remarks>
    public override bool PrefersGapFreeNumbers => true;

    /// <inheritdoc/>
    public override ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _sweeper.ClaimAsync(tenant, query, cancellationToken);
    }

    private protected override ValueTask GiveBackAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken) =>
        _leases.GiveBackAsync(tenant, query, cancellationToken);

    /// <summary>Waits for commands that have begun, writes the log back and closes the file.</summary>
    public ValueTask DisposeAsync() => _sessions.DisposeAsync();
}
