using Complaints.Core.DependencyInjection;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Storage.Sqlite;

/// <summary>Chooses SQLite: <c>services.AddComplaints().UseSqlite("Data Source=complaints.db")</c>.</summary>
public static class SqliteComplaintsBuilderExtensions
{
    /// <summary>
    /// Keeps everything in one SQLite file, and the master key of personal data in <c>&lt;file&gt;.key</c> beside it unless a key protector is chosen.
    /// Called again, the last call counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString"><c>Data Source=complaints.db</c>, or the path of a file.</param>
    public static ComplaintsBuilder UseSqlite(this ComplaintsBuilder builder, string connectionString) =>
        builder.UseSqlite(new SqliteStoreOptions(connectionString));

    /// <summary>The same with options.</summary>
    public static ComplaintsBuilder UseSqlite(this ComplaintsBuilder builder, SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(_ => new SqliteStore(options)));
        services.Replace(ServiceDescriptor.Singleton<IComplaintStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IComplaintReader>(Store));
        services.Replace(ServiceDescriptor.Singleton<IComplaintImporter>(Store));
        services.Replace(ServiceDescriptor.Singleton<IDefinitionStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<ISubjectKeyStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IChainStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<ITimerStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IOutboxStore>(Store));
        services.Replace(ServiceDescriptor.Singleton<IWakeUp>(Store));
        return builder.UseDefaultKeyFile(options.Path + ".key");
    }

    private static SqliteStore Store(IServiceProvider provider) => provider.GetRequiredService<SqliteStore>();
}
