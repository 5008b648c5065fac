using Complaints.Core.DependencyInjection;
using Complaints.Storage.Relational;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Chooses PostgreSQL: <c>services.AddComplaints().UsePostgreSql("Host=db;Database=crm;Username=complaints_app")</c>.</summary>
public static class PostgreSqlComplaintsBuilderExtensions
{
    /// <summary>
    /// Keeps everything in one PostgreSQL database. The master key of personal data is a file that every host must share, and has no default place: choose it with
    /// <see cref="ComplaintsBuilder.UseKeyFile"/>. Called again, the last call counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Such as <c>Host=db;Database=crm;Username=complaints_app</c>.</param>
    /// <param name="options">How the store works; <c>null</c> for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string names no server.</exception>
    public static ComplaintsBuilder UsePostgreSql(this ComplaintsBuilder builder, string connectionString, PostgreSqlStoreOptions? options = null)
    {
        DataSources.Check(connectionString);
        return builder.UseStore(provider => new PostgreSqlStore(connectionString, options, provider.GetRequiredService<IClock>(), provider.GetService<ILogger<PostgreSqlStore>>()));
    }

    /// <summary>The same on a data source of the host, which stays the host's.</summary>
    public static ComplaintsBuilder UsePostgreSql(this ComplaintsBuilder builder, NpgsqlDataSource source, PostgreSqlStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.UseStore(provider => new PostgreSqlStore(source, options, provider.GetRequiredService<IClock>(), provider.GetService<ILogger<PostgreSqlStore>>()));
    }
}
