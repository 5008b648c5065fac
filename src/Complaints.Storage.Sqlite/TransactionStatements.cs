using SQLitePCL;

namespace Complaints.Storage.Sqlite;

/// <summary>The few texts that begin and end transactions, prepared once for a connection: parsing them anew cost a command as much as one of its rows.</summary>
internal sealed class TransactionStatements(sqlite3 connection) : IDisposable
{
    private readonly Dictionary<string, sqlite3_stmt> _prepared = new(StringComparer.Ordinal);

    /// <summary>Runs one statement.</summary>
    /// <returns>SQLITE_OK, or why not.</returns>
    public int Run(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            if (raw.sqlite3_prepare_v2(connection, sql, out statement) is not raw.SQLITE_OK and var wrong)
                return wrong;
            _prepared.Add(sql, statement);
        }
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return code == raw.SQLITE_DONE ? raw.SQLITE_OK : code;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
    }
}
