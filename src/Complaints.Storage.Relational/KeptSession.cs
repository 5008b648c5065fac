using System.Data.Common;

namespace Complaints.Storage.Relational;

/// <summary>A connection that stays open, with its statements, each prepared at first use and kept. For databases without a type for ids: they are bound as 16 bytes.</summary>
internal class KeptSession(DbConnection connection) : SqlSession, IAsyncDisposable
{
    private readonly Dictionary<SqlText, DbCommand> _prepared = [];
    private DbCommand? _once;

    public DbConnection Connection => connection;

    public override Task<DbDataReader> QueryAsync(SqlText sql, CancellationToken cancellationToken, params ReadOnlySpan<object?> values) =>
        Bind(sql, values).ExecuteReaderAsync(cancellationToken);

    public override Task<int> RunAsync(SqlText sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQueryAsync(CancellationToken.None);

    /// <remarks>The caller's transaction is what makes them all or none.</remarks>
    public override async Task<int[]> RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken = default)
    {
        var touched = new int[statements.Count];
        for (var i = 0; i < touched.Length; i++)
            touched[i] = await RunAsync(statements[i].Sql, statements[i].Values).ConfigureAwait(false);
        return touched;
    }

    /// <summary>Forgets the statements and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await ForgetAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Forgets the statements and leaves the connection open: it is somebody else's.</summary>
    public virtual async ValueTask ForgetAsync()
    {
        foreach (var command in _prepared.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        _prepared.Clear();
        if (_once is { } once)
            await once.DisposeAsync().ConfigureAwait(false);
        _once = null;
    }

    internal static DbCommand Create(DbConnection connection, SqlText sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts are constants and joined conditions of ours; every value is a parameter.
        command.CommandText = sql.Text;
#pragma warning restore CA2100
        foreach (var name in sql.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    internal static void Fill(DbCommand command, ReadOnlySpan<object?> values)
    {
        if (values.Length != command.Parameters.Count)
            throw new ArgumentException($"{values.Length} values for {command.Parameters.Count} parameters of: {command.CommandText}", nameof(values));
        for (var i = 0; i < values.Length; i++)
            {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                Guid id => id.ToByteArray(bigEndian: true),
                var value => value,
            };
        }
    }

    private DbCommand Bind(SqlText sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Create(connection, sql);
            if (sql.IsKept)
            {
                _prepared.Add(sql, command);
            }
            else
            {
                // The one before was read to its end: its caller has asked again.
                _once?.Dispose();
                _once = command;
            }
        }
        Fill(command, values);
        return command;
    }
}
