using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>
/// Every storage port on one PostgreSQL database, for any number of hosts. A command that was answered is on the server's disk. A connection that broke is replaced, and what may be
/// repeated is. Thread-safe.
/// </summary>
public sealed class PostgreSqlStore : RelationalStore, IDeadlineClock, IAsyncDisposable
{
    private static readonly SqlText Time = new("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)");
    private readonly NpgsqlDataSource? _own;
    private readonly ClaimSql _claim;
    private readonly Messenger? _messenger;

    /// <summary>A store on a connection string; nothing is opened before the first use.</summary>
    /// <param name="connectionString">Such as <c>Host=db;Database=crm;Username=complaints_app</c>. Statements are prepared automatically unless it says otherwise.</param>
    /// <param name="options">How it works; <c>null</c> for the defaults.</param>
    /// <param name="clock">This host's clock, to be compared with the database's; <c>null</c> to leave that out.</param>
    /// <param name="logger">Where warnings go.</param>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgreSqlStore(string connectionString, PostgreSqlStoreOptions? options = null, IClock? clock = null, ILogger<PostgreSqlStore>? logger = null)
        : this(DataSources.Of(connectionString), options, clock, logger) => _own = Source;

    /// <summary>A store on a data source of the host, which stays the host's to dispose.</summary>
    public PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions? options = null, IClock? clock = null, ILogger<PostgreSqlStore>? logger = null)
        : this(source, options ?? new(), clock, logger, null) { }

    internal PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions options, IClock? clock, ILogger? logger, IReadOnlyList<Migration>? migrations)
        : this(source, options, new PostgreSqlSessions(source ?? throw new ArgumentNullException(nameof(source)), options, new ServerWatch(options, clock, logger), migrations)) { }

    private PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions options, PostgreSqlSessions sessions) : this(source, options, sessions, new StatementWriter(sessions, sessions.Dialect)) { }

    private PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions options, PostgreSqlSessions sessions, StatementWriter writer) : base(sessions, writer, new OneStatementLoad(sessions.Dialect))
    {
        (Source, Sessions, Writer) = (source, sessions, writer);
        _claim = new(Timers, sessions, writer, MessagesWritten);
        _messenger = options.WakeUp ? new(source, options.Schema, Bell) : null;
    }

    /// <summary>Round trips to the server so far, for tests and benchmarks.</summary>
    internal long RoundTrips => Sessions.RoundTrips;

    internal NpgsqlDataSource Source { get; }

    internal PostgreSqlSessions Sessions { get; }

    internal StatementWriter Writer { get; }

    internal LoadSql LoadSql => Load;

    internal AggregateSql AggregateSql => Aggregates;

    internal SqlText DueSql => Timers.Due;

    internal SqlText ClaimText(int max) => _claim.Text(max);

    internal SqlText ClaimedText => _claim.Load;

    /// <summary>The script that makes the schema, or brings it up to date, in one transaction: for those who let no program change tables.</summary>
    /// <param name="options">How the store will work.</param>
    /// <param name="after">The largest number in <c>schema_migration</c>; 0 where there is no schema yet.</param>
    public static string Script(PostgreSqlStoreOptions options, int after = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return new SchemaKeeper(options, new PostgreSqlDialect(options)).Script(after);
    }

    /// <summary>True when a setting names a PostgreSQL server (<c>Host=...</c>), so that one setting can name any store.</summary>
    public static bool IsConnectionString(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return setting.Split(';').Any(part => part.Split('=', 2) is [var key, _] && key.Trim().ToUpperInvariant() is "HOST" or "SERVER");
    }

    /// <summary>Brings the schema up to date now instead of at the first use.</summary>
    /// <exception cref="StoreException">The schema is newer than this program, or older and not to be changed by it, or a migration was changed after it had been applied.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken) =>
        await Sessions.AttemptAsync(null, static _ => new ValueTask<bool>(true), isRepeatable: true, cancellationToken).ConfigureAwait(false);

    /// <summary>The same without a connection where that has happened.</summary>
    internal ValueTask MakeReadyAsync(CancellationToken cancellationToken) => Sessions.IsReady ? ValueTask.CompletedTask : new(MigrateAsync(cancellationToken));

    /// <summary>Looks at the server now; the store does so by itself every 30 seconds while it is used.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    public ValueTask<PostgreSqlServer> LookAsync(CancellationToken cancellationToken) => Sessions.LookAsync(cancellationToken);

    /// <summary>What time it is on the server.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    public ValueTask<Instant> NowAsync(CancellationToken cancellationToken) => Sessions.ReadAsync(null, TimeAsync, cancellationToken);

    /// <summary>The same on a connection that is there.</summary>
    internal static async ValueTask<Instant> TimeAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var row = await session.QueryAsync(Time, cancellationToken).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return row.Instant(0);
    }

    /// <inheritdoc/>
    public override ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _claim.ClaimAsync(tenant, query, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Of any host on the database, as long as one connection can be kept for listening; see <see cref="PostgreSqlStoreOptions.WakeUp"/>.</remarks>
    public override Task Next
    {
        get
        {
            _messenger?.Begin();
            return base.Next;
        }
    }

    private protected override void CheckSkew(Instant recordedAt) => Sessions.CheckSkew(recordedAt);

    private protected override void MessagesWritten()
    {
        base.MessagesWritten();
        _messenger?.Tell();
    }

    /// <summary>Closes the connections, unless they are of a data source of the host.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_messenger is { } messenger)
            await messenger.DisposeAsync().ConfigureAwait(false);
        if (_own is { } own)
            await own.DisposeAsync().ConfigureAwait(false);
    }
}
