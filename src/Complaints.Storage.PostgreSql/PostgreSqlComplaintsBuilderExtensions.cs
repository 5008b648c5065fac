using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Chooses PostgreSQL: <c>services.AddComplaints().UsePostgreSql("Host=db;Database=crm;Username=complaints_app")</c>.</summary>
public static class PostgreSqlComplaintsBuilderExtensions
{
    /// <summary>
    /// Keeps everything in one PostgreSQL database. The master key of personal data is a file that every host must share: choose it with
    /// <see cref="ComplaintsBuilder.UseKeyFile"/>. Called again, the last call counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Such as <c>Host=db;Database=crm;Username=complaints_app</c>.</param>
    /// <param name="options">How the store works; <c>null</c> for the defaults.</param>
    public static ComplaintsBuilder UsePostgreSql(this ComplaintsBuilder builder, string connectionString, PostgreSqlStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Use(builder, provider => new PostgreSqlStore(connectionString, options, provider.GetRequiredService<IClock>(), provider.GetService<ILogger<PostgreSqlStore>>()));
    }

    /// <summary>The same on a data source of the host, which stays the host's.</summary>
    public static ComplaintsBuilder UsePostgreSql(this ComplaintsBuilder builder, NpgsqlDataSource source, PostgreSqlStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Use(builder, provider => new PostgreSqlStore(source, options, provider.GetRequiredService<IClock>(), provider.GetService<ILogger<PostgreSqlStore>>()));
    }

    private static ComplaintsBuilder Use(ComplaintsBuilder builder, Func<IServiceProvider, PostgreSqlStore> store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(store));
        services.Replace(ServiceDescriptor.Singleton<IComplaintStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IComplaintReader>(Store));
        services.Replace(ServiceDescriptor.Singleton<IComplaintImporter>(Store));
        services.Replace(ServiceDescriptor.Singleton<IDefinitionStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<ISubjectKeyStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IChainStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<ITimerStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IOutboxStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IWakeUp>(Store));
        return builder;
    }

    private static PostgreSqlStore Store(IServiceProvider provider) => provider.GetRequiredService<PostgreSqlStore>();
}
