using System.Data.Common;
using Complaints.Core;
using Complaints.Storage.Relational;
using Npgsql;

namespace Complaints.Storage.PostgreSql;

/// <summary>A connection on which batches run: one round trip each, and one transaction where nobody began one.</summary>
/// <param name="connection">The connection.</param>
/// <param name="texts">The statements as PostgreSQL takes them.</param>
/// <param name="wall">Whose rows the database shall show where row-level security is on; <c>null</c> where it is off.</param>
/// <param name="sent">Called for every round trip.</param>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, NumberedTexts texts, string? wall, Action sent) : SqlSession
{
    private const string Wall = "select pg_catalog.set_config('complaints.tenant', $1, true)";

    /// <summary>Whose rows: a tenant's, or everybody's.</summary>
    public static string WallOf(TenantId? tenant) => tenant?.Value ?? "*";

    public override Task<DbDataReader> QueryAsync(SqlText sql, CancellationToken cancellationToken, params ReadOnlySpan<object?> values) =>
        ReaderAsync(BatchOf(sql, values), cancellationToken);

    public override Task<int> RunAsync(SqlText sql, params ReadOnlySpan<object?> values) => CountAsync(BatchOf(sql, values));

    public override async Task<int[]> RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken = default)
    {
        var batch = new NpgsqlBatch(connection);
        AddWall(batch);
        foreach (var statement in statements)
            Add(batch, statement.Sql, statement.Values);
        await CountAsync(batch, cancellationToken).ConfigureAwait(false);
        return [.. ((IList<NpgsqlBatchCommand>)batch.BatchCommands).Skip(batch.BatchCommands.Count - statements.Count).Select(command => (int)command.RecordsAffected)];
    }

    /// <summary>Runs commands that answer one row with one number in the last of them, to the end: until the server is ready again nothing is durable.</summary>
    /// <param name="before">What is not answered with a row.</param>
    /// <param name="command">The command that is.</param>
    /// <param name="after">What comes after it and is not answered with a row.</param>
    /// <param name="cancellationToken">Ends the wait, behind a lock of somebody else for one: the server undoes what it had begun, unless
    /// it was done with it.</param>
    public async Task<long> NumberAsync(
        IEnumerable<string> before, NpgsqlBatchCommand command, IEnumerable<string> after, CancellationToken cancellationToken = default)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var text in before)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text));
        AddWall(batch);
        batch.BatchCommands.Add(command);
        foreach (var text in after)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text));
        var row = await ReaderAsync(batch, cancellationToken).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var number = await row.ReadAsync(cancellationToken).ConfigureAwait(false) ? row.GetInt64(0) : 0;
        do
        {
            while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
        while (await row.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return number;
    }

    /// <summary>Runs commands that answer one row with one number each: one round trip.</summary>
    /// <returns>The smallest of the numbers.</returns>
    public async Task<long> LeastAsync(IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        AddWall(batch);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        var row = await ReaderAsync(batch, CancellationToken.None).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        var least = long.MaxValue;
        do
        {
            while (await row.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                least = Math.Min(least, row.GetInt64(0));
        }
        while (await row.NextResultAsync(CancellationToken.None).ConfigureAwait(false));
        return least;
    }

    /// <summary>Runs a statement of the protocol, such as a savepoint.</summary>
    public async Task ExecuteAsync(string text)
    {
        sent();
        var command = new NpgsqlCommand(text, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private NpgsqlBatch BatchOf(SqlText sql, ReadOnlySpan<object?> values)
    {
        var batch = new NpgsqlBatch(connection);
        if (!texts.Of(sql).BeginsTransaction)
            AddWall(batch);
        Add(batch, sql, values);
        return batch;
    }

    private void Add(NpgsqlBatch batch, SqlText sql, ReadOnlySpan<object?> values)
    {
        if (values.Length != sql.Parameters.Count)
            throw new ArgumentException($"{values.Length} values for {sql.Parameters.Count} parameters of: {sql.Text}", nameof(values));
        var numbered = texts.Of(sql);
        foreach (var statement in numbered.Statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            foreach (var parameter in statement.Parameters)
                command.Parameters.Add(Parameter.Of(values[parameter]));
            batch.BatchCommands.Add(command);
            if (numbered.BeginsTransaction && batch.BatchCommands.Count == 1)
                AddWall(batch);
        }
    }

    private void AddWall(NpgsqlBatch batch)
    {
        if (wall is null)
            return;
        var command = new NpgsqlBatchCommand(Wall);
        command.Parameters.Add(Parameter.Of(wall));
        batch.BatchCommands.Add(command);
    }

    private async Task<DbDataReader> ReaderAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        sent();
        var row = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        // What the wall answers is nobody's business.
        if (wall is not null)
            await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    private Task<int> CountAsync(NpgsqlBatch batch, CancellationToken cancellationToken = default)
    {
        sent();
        return batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
