using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Sqlite;

/// <summary>How a SQLite store works.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>A store on a connection string, or on the path of a file.</summary>
    /// <param name="connectionString"><c>Data Source=complaints.db</c>. A server's (<c>Host=...</c>) is refused, and in-memory databases are: use the in-memory store of Complaints.Testing.</param>
    public SqliteStoreOptions(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        // Its text would do as a file's name. It is not repeated here: it may hold a password.
        if (!Names(connectionString, "DATA SOURCE", "DATASOURCE", "FILENAME") && Names(connectionString, "HOST", "SERVER"))
            throw new ArgumentException("This names a server, not a file: use 'Data Source=complaints.db', or UsePostgreSql of Complaints.Storage.PostgreSql for a server.", nameof(connectionString));
        ConnectionString = connectionString;
        var builder = IsPath(connectionString) ? new SqliteConnectionStringBuilder { DataSource = connectionString } : new SqliteConnectionStringBuilder(connectionString);
        if (builder.Mode == SqliteOpenMode.Memory || builder.DataSource is "" or ":memory:")
            throw new ArgumentException("A SQLite store needs a file; for a store in memory use InMemoryComplaintStore of Complaints.Testing.", nameof(connectionString));
        if (!string.IsNullOrEmpty(builder.Password))
            throw new ArgumentException("The connection string has a password, and this SQLite cannot encrypt: leave it out. Personal data is sealed in any case.", nameof(connectionString));
        // Sessions are kept open by the store, with their prepared statements; the driver's own pool would only hide them.
        builder.Pooling = false;
        Path = builder.DataSource;
        MayCreate = builder.Mode == SqliteOpenMode.ReadWriteCreate && !Path.StartsWith("file:", StringComparison.Ordinal)
            && !Path.Contains('|', StringComparison.Ordinal);
        Driver = builder.ToString();
    }

    /// <summary>The connection string.</summary>
    public string ConnectionString { get; }

    /// <summary>The file that it names.</summary>
    public string Path { get; }

    /// <summary>Whether the file is made where there is none, and its name is a plain one.</summary>
    internal bool MayCreate { get; }

    /// <summary>The connection string as the driver gets it.</summary>
    internal string Driver { get; }

    /// <summary>When a commit is on the disk. Default <see cref="Sqlite.Durability.Full"/>.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>How long to wait while another program writes, 5 seconds to 10 minutes. Default 30 seconds.</summary>
    public TimeSpan BusyTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromSeconds(5));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(10));
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>How many pages of 4 KiB the log may grow before a commit itself must write them back; a background task does it earlier. 1,000 to 1,000,000. Default 20,000.</summary>
    public int CheckpointPages
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1_000);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000_000);
            field = value;
        }
    } = 20_000;

    /// <summary>The most pages that the file may have: a disk that is full, for tests.</summary>
    internal int? LargestPages { get; init; }

    /// <summary>A file's name may hold <c>=</c> and <c>;</c>: only what names its data source is a connection string.</summary>
    private static bool IsPath(string text) => !Names(text, "DATA SOURCE", "DATASOURCE", "FILENAME");

    private static bool Names(string text, params ReadOnlySpan<string> keys)
    {
        foreach (var part in text.Split(';'))
        {
            if (part.Split('=', 2) is [var key, _] && keys.Contains(key.Trim().ToUpperInvariant()))
                return true;
        }
        return false;
    }
}

/// <summary>When a commit is on the disk.</summary>
public enum Durability
{
    /// <summary>When it returns: it survives a loss of power.</summary>
    Full,

    /// <summary>At the next checkpoint: it survives a crash of the program, and a loss of power may take the last seconds. For imports that can be repeated.</summary>
    Normal,
}
