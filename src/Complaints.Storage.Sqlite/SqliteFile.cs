using System.Diagnostics;
using System.Globalization;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>Opens connections to one file, each set up for what it does.</summary>
internal sealed class SqliteFile
{
    private static readonly IReadOnlyList<Migration> Schema = Migration.EmbeddedIn(typeof(SqliteFile).Assembly);
    private readonly SqliteStoreOptions _options;
    private readonly string _connectionString;

    public SqliteFile(SqliteStoreOptions options)
    {
        _connectionString = options.Driver;
        _options = options;
        Path = options.Path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    public TimeSpan BusyTimeout => _options.BusyTimeout;

    /// <summary>A connection that waits its turn inside SQLite.</summary>
    public Task<SqliteConnection> OpenReaderAsync(CancellationToken cancellationToken) =>
        OpenAsync($"pragma busy_timeout = {Milliseconds}; pragma query_only = on; pragma cache_size = -16000", cancellationToken);

    /// <summary>The connection that writes. Its waiting is done by <see cref="SqliteWriter"/>, which keeps no thread busy and looks every millisecond.</summary>
    public Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken) =>
        OpenAsync($"pragma busy_timeout = {Milliseconds}; pragma secure_delete = on; pragma synchronous = {_options.Durability}; "
            + $"pragma wal_autocheckpoint = {_options.CheckpointPages.ToString(CultureInfo.InvariantCulture)}; pragma cache_size = -64000"
            + (_options.LargestPages is { } pages ? $"; pragma max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}" : "") + "; pragma busy_timeout = 0", cancellationToken);

    /// <summary>A connection that writes the log back. It never waits: what cannot be written back now is later.</summary>
    public Task<SqliteConnection> OpenCheckpointerAsync(CancellationToken cancellationToken) =>
        OpenAsync($"pragma busy_timeout = 0; pragma secure_delete = on; pragma synchronous = {_options.Durability}", cancellationToken);

    /// <summary>Makes the file if there is none, and brings its schema up to date.</summary>
    public async Task MigrateAsync(SqliteDialect dialect, IReadOnlyList<Migration>? schema, CancellationToken cancellationToken)
    {
        MakeForOwner();
        var connection = await OpenLoggedAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        await new MigrationRunner(dialect, schema ?? Schema).RunAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A new file is its owner's alone, and so are its log and its index, which SQLite makes alike. It takes an empty file for a
    /// new
    /// database.</summary>
    private void MakeForOwner()
    {
        if (OperatingSystem.IsWindows() || !_options.MayCreate || File.Exists(Path))
            return;
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(Path, options).Dispose();
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another program made it at the same moment, in the same way.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite says what is wrong with the place, and names it.
        }
    }

    /// <summary>The first of all gives the file its log, which must have it alone for that moment: SQLite tells the others at once that it is locked, however long they would wait.</summary>
    private async Task<SqliteConnection> OpenLoggedAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await OpenAsync(
                    $"pragma busy_timeout = {Milliseconds}; pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on", cancellationToken).ConfigureAwait(false);
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(began) < BusyTimeout)
            {
                await Task.Delay(1, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private string Milliseconds => ((long)_options.BusyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private async Task<SqliteConnection> OpenAsync(string pragmas, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString) { DefaultTimeout = (int)_options.BusyTimeout.TotalSeconds };
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (raw.sqlite3_exec(connection.Handle, pragmas) is not raw.SQLITE_OK and var code)
                throw SqliteHandle.Error(connection.Handle!, code);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
