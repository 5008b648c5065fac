using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Makes data sources from connection strings.</summary>
internal static class DataSources
{
    /// <summary>With what a connection string does not say: statements are prepared at their second use, and nothing is reset between uses, because no session keeps anything.</summary>
    public static NpgsqlDataSource Of(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var said = new NpgsqlConnectionStringBuilder(connectionString);
        if (!said.ContainsKey("Max Auto Prepare") || said.MaxAutoPrepare == 0)
            (said.MaxAutoPrepare, said.AutoPrepareMinUsages) = (100, 2);
        said.NoResetOnClose = true;
        said.ApplicationName ??= "complaints";
        return new NpgsqlDataSourceBuilder(said.ConnectionString).Build();
    }
}
