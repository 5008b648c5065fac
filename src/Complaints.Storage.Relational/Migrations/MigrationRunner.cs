using System.Data.Common;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational.Migrations;

/// <summary>
/// Brings a database's schema up to date: each file in a transaction of its own together with its row in <c>schema_migration</c>, so that a run that was killed is
/// taken up at the next file. Several programs may start at once: the write lock makes them take turns, and each looks again once it has the lock.
/// </summary>
internal sealed class MigrationRunner(ISqlDialect dialect, IReadOnlyList<Migration> migrations, bool mayApply = true)
{
    /// <summary>Makes the table in which is written down what was applied.</summary>
    public const string CreateTable =
        """
        create table if not exists schema_migration (
            number     integer not null primary key,
            name       text    not null,
            checksum   text    not null,
            applied_at text    not null default current_timestamp)
        """;

    private const string SelectApplied = "select number, name, checksum from schema_migration order by number";

    private const string InsertApplied = "insert into schema_migration (number, name, checksum) values (@number, @name, @checksum)";

    /// <summary>Checks what is there and applies what is missing. After a failure the caller closes the connection, which undoes the file at hand.</summary>
    /// <exception cref="StoreException">The database is newer than this program, or older and not to be changed by it, or of before the
    /// first release, or a file was changed after it had been applied. Nothing was changed.</exception>
    public async Task RunAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (await AppliedAsync(connection, cancellationToken).ConfigureAwait(false) == migrations.Count)
            return;
        if (!mayApply)
            throw new StoreException($"The database has schema {await AppliedAsync(connection, cancellationToken).ConfigureAwait(false)}, this program needs {migrations.Count}: let its owner bring it up to date first.");
        foreach (var migration in migrations)
        {
            await ExecuteAsync(connection, dialect.BeginWrite, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, dialect.Qualify(CreateTable), cancellationToken).ConfigureAwait(false);
            if (await AppliedAsync(connection, cancellationToken).ConfigureAwait(false) < migration.Number)
                await ApplyAsync(connection, migration, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(connection, "commit", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ApplyAsync(DbConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, dialect.Adapt(migration.Sql), cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, new SqlText(dialect.Qualify(InsertApplied)), cancellationToken, (long)migration.Number, migration.Name, migration.Checksum).ConfigureAwait(false);
    }

    /// <summary>How many files have been applied, after checking that they are ours.</summary>
    private async Task<int> AppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var exists = Command(connection, new SqlText(dialect.TableExists), "schema_migration");
        await using var existsDisposal = exists.ConfigureAwait(false);
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
            return 0;
        var select = Command(connection, new SqlText(dialect.Qualify(SelectApplied)));
        await using var selectDisposal = select.ConfigureAwait(false);
        var row = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowDisposal = row.ConfigureAwait(false);
        var (applied, old, other) = (0, (string?)null, (string?)null);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var (name, checksum) = (row.GetString(1), row.GetString(2));
            applied = row.GetInt32(0);
            var isOurs = applied <= migrations.Count && migrations[applied - 1].Checksum == checksum;
            if (!isOurs && OldNumbering.Has(applied, name, checksum))
                old = $"{applied:D4}_{name}";
            else if (!isOurs && applied <= migrations.Count)
                other ??= $"{applied:D4}_{name}";
        }
        if (old is not null)
        {
            throw new StoreException(
                $"The database was made before the first release (its last migration is {old}) and is not carried over: "
                + "export what you need with the program that made it, and start a new database with this one.");
        }
        if (other is not null)
        {
            throw new StoreException(
                $"The database was made with another text of migration {other} than this program has: "
                + "use the program that made it, or restore the file.");
        }
        return applied <= migrations.Count
            ? applied
            : throw new StoreException($"The database has schema {applied}, this program knows {migrations.Count}: update the program.");
    }

    private static Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, new SqlText(sql), cancellationToken);

    private static async Task ExecuteAsync(DbConnection connection, SqlText sql, CancellationToken cancellationToken, params object?[] values)
    {
        var command = Command(connection, sql, values);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DbCommand Command(DbConnection connection, SqlText sql, params object?[] values)
    {
        var command = KeptSession.Create(connection, sql);
        KeptSession.Fill(command, values);
        return command;
    }
}
