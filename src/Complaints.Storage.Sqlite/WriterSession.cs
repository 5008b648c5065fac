using System.Buffers;
using System.Text;
using Complaints.Storage.Relational;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>
/// The writer's connection. A statement that answers no rows runs below the driver, which would look up each parameter by its name for every row: a command has fifty of them.
/// </summary>
internal sealed class WriterSession(SqliteConnection connection) : KeptSession(connection)
{
    private readonly sqlite3 _connection = connection.Handle!;
    private readonly Dictionary<SqlText, Prepared> _prepared = [];

    public override Task<int> RunAsync(SqlText sql, params ReadOnlySpan<object?> values)
    {
        if (sql.Statements.Count > 1 || !sql.IsKept)
            return base.RunAsync(sql, values);
        if (values.Length != sql.Parameters.Count)
            throw new ArgumentException($"{values.Length} values for {sql.Parameters.Count} parameters of: {sql.Text}", nameof(values));
        var (statement, bound) = PreparedOf(sql);
        // SQLite numbers named parameters in the order in which they first occur, as a text does; and it keeps what is bound.
        for (var i = 0; i < values.Length; i++)
        {
            if (IsSame(bound[i], values[i]))
                continue;
            Check(Bind(statement, i + 1, values[i]));
            bound[i] = values[i];
        }
        var code = raw.sqlite3_step(statement);
        var touched = raw.sqlite3_changes(_connection);
        raw.sqlite3_reset(statement);
        Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        return Task.FromResult(touched);
    }

    public override async ValueTask ForgetAsync()
    {
        foreach (var (statement, _) in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
        await base.ForgetAsync().ConfigureAwait(false);
    }

    private Prepared PreparedOf(SqlText sql)
    {
        if (!_prepared.TryGetValue(sql, out var prepared))
        {
            Check(raw.sqlite3_prepare_v2(_connection, sql.Text, out var statement));
            // What nothing was bound to is null.
            prepared = new(statement, new object?[sql.Parameters.Count]);
            _prepared.Add(sql, prepared);
        }
        return prepared;
    }

    /// <summary>Whether a value is the one that is bound already: nothing, the tenant, the id that the statement before had.</summary>
    private static bool IsSame(object? bound, object? value) =>
        ReferenceEquals(bound, value) || value is long or Guid && value.Equals(bound);

    private static int Bind(sqlite3_stmt statement, int at, object? value)
    {
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(statement, at);
            case long number:
                return raw.sqlite3_bind_int64(statement, at, number);
            case string text:
                return BindText(statement, at, text);
            case byte[] bytes:
                return raw.sqlite3_bind_blob(statement, at, bytes);
            case Guid id:
                Span<byte> sixteen = stackalloc byte[16];
                id.TryWriteBytes(sixteen, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(statement, at, sixteen);
            default:
                throw new ArgumentException($"A value of type {value.GetType()} has no column.", nameof(value));
        }
    }

    private static int BindText(sqlite3_stmt statement, int at, string text)
    {
        // An empty span would become null instead of empty.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, at, text);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var code = raw.sqlite3_bind_text(statement, at, buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        ArrayPool<byte>.Shared.Return(buffer);
        return code;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw SqliteHandle.Error(_connection, code);
    }

    /// <param name="Statement">The statement.</param>
    /// <param name="Bound">What is bound to each of its parameters.</param>
    private readonly record struct Prepared(sqlite3_stmt Statement, object?[] Bound);
}
