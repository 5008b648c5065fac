using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Which database a connection is on, whatever address it was reached by: its name, and when its server started, to the
/// microsecond.</summary>
internal readonly record struct DatabaseIdentity(string Name, DateTime StartedAt)
{
    private const string Question = "select pg_catalog.current_database()::text, pg_catalog.pg_postmaster_start_time()";

    public static async ValueTask<DatabaseIdentity> OfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Question, connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new(row.GetString(0), row.GetDateTime(1));
    }
}
