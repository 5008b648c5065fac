using System.Globalization;
using System.Text;
using Complaints.Core.Storage;
using Complaints.Storage.Relational.Migrations;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>Brings the schema up to date, or insists that it is; and writes the same as a text for those who do it by hand.</summary>
internal sealed class SchemaKeeper(PostgreSqlStoreOptions options, PostgreSqlDialect dialect, IReadOnlyList<Migration>? migrations = null)
{
    private static readonly IReadOnlyList<Migration> Schema = Migration.EmbeddedIn(typeof(SchemaKeeper).Assembly);

    private static readonly string[] Tables =
    [
        "complaint", "complaint_state", "aggregate", "event", "timer", "work", "link", "outbox", "command", "lookup", "participant",
        "taking_part", "subject_key", "number_block", "definition", "checkpoint",
    ];

    private readonly IReadOnlyList<Migration> _migrations = migrations ?? Schema;

    public async Task MakeReadyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        if (options is { Migrate: true, RuntimeRole: { } role } && !await HasRoleAsync(connection, role, cancellationToken).ConfigureAwait(false))
            throw new StoreException($"The server has no role '{role}': make it first, such as with: create role {role} login password '...'");
        await new MigrationRunner(dialect, _migrations, options.Migrate).RunAsync(connection, cancellationToken).ConfigureAwait(false);
        if (options.Migrate && Rights() is { Length: > 0 } rights && !await HasRightsAsync(connection, cancellationToken).ConfigureAwait(false))
            await ExecuteAsync(connection, $"{dialect.BeginWrite};\n{rights}commit;", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything as one script in one transaction.</summary>
    /// <param name="after">The number of the last migration that the database has; 0 for a new one.</param>
    public string Script(int after)
    {
        var script = new StringBuilder($"{dialect.BeginWrite};\n");
        if (after == 0)
            script.Append(CultureInfo.InvariantCulture, $"\n{MigrationRunner.CreateTable};\n");
        foreach (var migration in _migrations.Where(migration => migration.Number > after))
        {
            script.Append(CultureInfo.InvariantCulture, $"\n{dialect.Adapt(migration.Sql)}\n");
            script.Append(CultureInfo.InvariantCulture, $"insert into schema_migration (number, name, checksum) values ({migration.Number}, '{migration.Name}', '{migration.Checksum}');\n");
        }
        return script.Append(CultureInfo.InvariantCulture, $"\n{Rights()}commit;\n").ToString();
    }

    /// <summary>What the options ask for besides the tables.</summary>
    private string Rights()
    {
        var text = new StringBuilder();
        if (options.RowLevelSecurity is { } isOn)
        {
            foreach (var table in Tables)
                text.Append(CultureInfo.InvariantCulture, $"alter table {table} {(isOn ? "enable" : "disable")} row level security, {(isOn ? "force" : "no force")} row level security;\n");
        }
        if (options.RuntimeRole is { } role)
        {
            text.Append(CultureInfo.InvariantCulture, $"grant usage on schema {options.Schema} to {role};\n")
                .Append(CultureInfo.InvariantCulture, $"grant select on schema_migration to {role};\n")
                .Append(CultureInfo.InvariantCulture, $"grant select, insert, update, delete on {string.Join(", ", Tables)} to {role};\n");
        }
        return text.ToString();
    }

    /// <summary>True when the database has what the options ask for: altering tables would hold up everybody who works on them.</summary>
    private async Task<bool> HasRightsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            """
            select pg_catalog.bool_and(relrowsecurity = coalesce($2, relrowsecurity) and ($3 is null or pg_catalog.has_table_privilege($3, c.oid, 'select, insert, update, delete') and pg_catalog.has_schema_privilege($3, n.oid, 'usage')))
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = any($4)
            """, connection);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(Parameter.Of(options.Schema));
        command.Parameters.Add(Parameter.Of(options.RowLevelSecurity, NpgsqlTypes.NpgsqlDbType.Boolean));
        command.Parameters.Add(Parameter.Of(options.RuntimeRole));
        command.Parameters.Add(Parameter.Of(Tables));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Asked before anything is changed: a schema without its rights would be half of the work.</summary>
    private static async Task<bool> HasRoleAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("select 1 from pg_catalog.pg_roles where rolname = $1", connection);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(Parameter.Of(role));
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var _ = command.ConfigureAwait(false);
#pragma warning disable CA2100 // Ours, with names that the options have checked.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
