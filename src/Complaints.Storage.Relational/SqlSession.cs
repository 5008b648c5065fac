using System.Data.Common;

namespace Complaints.Storage.Relational;

/// <summary>One open connection with its statements, each prepared at first use and kept. Not thread-safe: a session is rented by one caller at a time.</summary>
internal sealed class SqlSession(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<SqlText, DbCommand> _prepared = [];

    public DbConnection Connection => connection;

    /// <summary>A kept statement with its values, in the order of <see cref="SqlText.Parameters"/>. Not to be disposed by the caller.</summary>
    public DbCommand Bind(SqlText sql, params ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            _prepared.Add(sql, command);
        }
        Fill(command, values);
        return command;
    }

    /// <summary>A statement whose text was made for this one call; the caller disposes it.</summary>
    public DbCommand Once(SqlText sql, params ReadOnlySpan<object?> values)
    {
        var command = Create(sql);
        Fill(command, values);
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private DbCommand Create(SqlText sql)
    {
        var command = connection.CreateCommand();
        Describe(command, sql);
        return command;
    }

    internal static void Describe(DbCommand command, SqlText sql)
    {
#pragma warning disable CA2100 // Texts are constants and joined conditions of ours; every value is a parameter.
        command.CommandText = sql.Text;
#pragma warning restore CA2100
        foreach (var name in sql.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
    }

    internal static void Fill(DbCommand command, ReadOnlySpan<object?> values)
    {
        if (values.Length != command.Parameters.Count)
            throw new ArgumentException($"{values.Length} values for {command.Parameters.Count} parameters of: {command.CommandText}", nameof(values));
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
