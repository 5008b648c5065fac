using Complaints.Core.DependencyInjection;
using Complaints.Storage.Relational;

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
        return builder.UseStore(_ => new SqliteStore(options)).UseDefaultKeyFile(options.Path + ".key");
    }
}
