using System.Security.Cryptography;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;

namespace Complaints.SampleHost;

/// <summary>Where the data and its key lie, in the words of the tool: <c>--db</c> and <c>--key</c>, or <c>COMPLAINTS_DB</c> and <c>COMPLAINTS_KEY</c>.</summary>
internal sealed class Place
{
    private readonly string _database;
    private readonly string? _key;

    public Place(string[] args, IConfiguration configuration)
    {
        // By themselves, because a variable of the machine may be called KEY.
        var said = new ConfigurationBuilder().AddCommandLine(args).Build();
        _database = said["db"] ?? configuration["Database"] ?? configuration["COMPLAINTS_DB"] ?? Path.Combine(AppContext.BaseDirectory, "data", "complaints.db");
        _key = said["key"] ?? configuration["COMPLAINTS_KEY"];
    }

    /// <summary>For people: the file, never a connection string.</summary>
    public string Name => PostgreSqlStore.IsConnectionString(_database) ? "PostgreSQL" : Path.GetFullPath(_database);

    /// <summary>What is missing, in one sentence.</summary>
    public string? Problem => PostgreSqlStore.IsConnectionString(_database) && string.IsNullOrWhiteSpace(_key)
        ? "Where is the master key of personal data? On PostgreSQL it has no default place: add --key FILE, or set COMPLAINTS_KEY, with the same file for every program on this database."
        : null;

    public void Choose(ComplaintsBuilder complaints)
    {
        if (PostgreSqlStore.IsConnectionString(_database))
        {
            complaints.UsePostgreSql(_database);
            complaints.UseEvidenceFolder(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_key!))!, "evidence"));
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_database))!);
            complaints.UseSqlite(new SqliteStoreOptions(_database));
            complaints.UseEvidenceFolder(Path.GetFullPath(_database) + ".evidence");
        }
        if (!string.IsNullOrWhiteSpace(_key))
            complaints.UseKeyFile(_key);
    }

    /// <summary>What a person can do something about: said in one sentence, without a stack trace.</summary>
    public static bool IsOfTheOutside(Exception error) =>
        error is StoreException or InvalidDataException or CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
