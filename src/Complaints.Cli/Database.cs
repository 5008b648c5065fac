using System.CommandLine;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Core;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Complaints.Cli;

/// <summary>The database that a run works on: a SQLite file, or a PostgreSQL server.</summary>
internal sealed class Database
{
    public static readonly Option<string?> Role = new("--role") { Description = "PostgreSQL: the role of the hosts; it is given its rights, and none on tables." };

    public static readonly Option<int> Partitions = new("--partitions") { Description = "PostgreSQL: lay the large tables of a new schema out in so many partitions by tenant." };

    public static readonly Option<bool?> RowLevelSecurity = new("--row-level-security") { Description = "PostgreSQL: true to let the database hide other tenants' rows, false to stop that." };

    public static readonly Option<string> Key = new("--key")
    {
        Description = "The file of the master key of personal data. Default: the variable COMPLAINTS_KEY, or FILE.key beside a SQLite file; PostgreSQL has no other default.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("COMPLAINTS_KEY") ?? "",
    };

    private readonly SqliteStoreOptions? _sqlite;
    private readonly string? _key;
    private readonly string _setting;
    private readonly PostgreSqlStoreOptions _postgreSql = new();

    public Database(string setting, ParseResult parsed)
    {
        (_setting, _key) = (setting, parsed.GetValue(Key));
        if (!PostgreSqlStore.IsConnectionString(setting))
        {
            _sqlite = new SqliteStoreOptions(setting);
            Name = _sqlite.Path;
            return;
        }
        var said = new NpgsqlConnectionStringBuilder(setting);
        Name = $"{said.Host}/{said.Database ?? said.Username}";
        if (parsed.GetResult(Role) is not null || parsed.GetResult(Partitions) is not null || parsed.GetResult(RowLevelSecurity) is not null)
            _postgreSql = new() { RuntimeRole = parsed.GetValue(Role), Partitions = parsed.GetValue(Partitions), RowLevelSecurity = parsed.GetValue(RowLevelSecurity) };
    }

    /// <summary>A file's path, or server and database; never a password.</summary>
    public string Name { get; }

    /// <summary>The file; <c>null</c> for a server.</summary>
    public string? File => _sqlite?.Path;

    /// <summary>False when it is a file that is not there.</summary>
    public bool Exists => File is null || System.IO.File.Exists(File);

    /// <summary>The script that makes the schema; <c>null</c> for a file.</summary>
    public string? Script => _sqlite is null ? PostgreSqlStore.Script(_postgreSql) : null;

    public void Choose(ComplaintsBuilder builder)
    {
        if (_sqlite is not null)
            builder.UseSqlite(_sqlite);
        else
            builder.UsePostgreSql(_setting, _postgreSql);
        if (!string.IsNullOrWhiteSpace(_key))
            builder.UseKeyFile(_key);
        else if (_sqlite is null)
            builder.Services.Replace(ServiceDescriptor.Singleton(NoKey));
    }
    /// <summary>Only said where a key is needed: the script of the schema, say, is made without one.</summary>
    private static IKeyProtector NoKey(IServiceProvider provider) => throw new UsageException(
        "Where is the master key of personal data? On PostgreSQL it has no default place: add --key FILE, or set COMPLAINTS_KEY, "
            + "with the same file for every program on this database.",
        "个人数据的主密钥在哪里？使用 PostgreSQL 时没有默认位置：请加 --key FILE，或设置 COMPLAINTS_KEY，此数据库上的每个程序都须使用同一文件。");
}
