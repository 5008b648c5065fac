using System.Data.Common;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Makes data sources from connection strings.</summary>
internal static class DataSources
{
    /// <summary>With what a connection string does not say: statements are prepared at their second use, and nothing is reset between uses, because no session keeps anything.</summary>
    public static NpgsqlDataSource Of(string connectionString)
    {
        Check(connectionString);
        var said = new NpgsqlConnectionStringBuilder(connectionString);
        if (!SaysHowToPrepare(connectionString))
            (said.MaxAutoPrepare, said.AutoPrepareMinUsages) = (100, 2);
        said.NoResetOnClose = true;
        said.ApplicationName ??= "complaints";
        return new NpgsqlDataSourceBuilder(said.ConnectionString).Build();
    }

    /// <summary>Zero is an answer, too: a pooler between us and the server may forget what was prepared. Npgsql's own builder has every
    /// key.</summary>
    private static bool SaysHowToPrepare(string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
            .Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals("MaxAutoPrepare", StringComparison.OrdinalIgnoreCase));

    /// <summary>The string itself is not repeated: it may hold a password.</summary>
    public static void Check(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        if (!PostgreSqlStore.IsConnectionString(connectionString))
            throw new ArgumentException("This names no PostgreSQL server: use 'Host=...;Database=...;Username=...', or UseSqlite of Complaints.Storage.Sqlite for a file.", nameof(connectionString));
    }
}
