using Complaints.Benchmarks.Commands;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Sqlite;

/// <summary>Inserts rows by statements that are prepared once a table.</summary>
internal sealed class PreparedInserts(SqliteConnection connection)
{
    private readonly Dictionary<string, SqliteCommand> _tables = [];

    public void Insert(IEnumerable<Row> rows, SqliteTransaction? transaction = null)
    {
        foreach (var row in rows)
        {
            if (!_tables.TryGetValue(row.Table, out var insert))
                _tables[row.Table] = insert = Prepare(row);
            insert.Transaction = transaction;
            for (var i = 0; i < row.Values.Length; i++)
            {
                insert.Parameters[i].Value =
                    row.Values[i] switch { null => DBNull.Value, Guid id => id.ToByteArray(bigEndian: true), var value => value };
            }
            insert.ExecuteNonQuery();
        }
    }

    private SqliteCommand Prepare(Row row)
    {
        var insert = connection.CreateCommand();
        var parameters = string.Join(", ", row.Columns.Select(column => "$" + column));
        insert.CommandText = $"insert into {row.Table} ({string.Join(", ", row.Columns)}) values ({parameters})";
        foreach (var column in row.Columns)
            insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
        return insert;
    }
}
