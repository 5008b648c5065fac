using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Import;

/// <summary>One complaint as the library wrote it: its row, its state, and the rows of its events.</summary>
internal sealed record RecordedRow(object[] Complaint, List<object[]> States, List<object[]> Events)
{
    /// <summary>Every complaint of a database in the order in which it was written.</summary>
    public static List<RecordedRow> Of(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var rows = new List<RecordedRow>();
        var byId = new Dictionary<string, RecordedRow>();
        foreach (var complaint in Rows(connection, "complaint"))
        {
            var row = new RecordedRow(complaint, [], []);
            rows.Add(row);
            byId.Add(Convert.ToHexString((byte[])complaint[1]), row);
        }
        foreach (var state in Rows(connection, "complaint_state"))
            byId[Convert.ToHexString((byte[])state[1])].States.Add(state);
        foreach (var happened in Rows(connection, "event"))
            byId[Convert.ToHexString((byte[])happened[1])].Events.Add(happened);
        if (Count(connection, "lookup") + Count(connection, "command") > 0)
            throw new InvalidOperationException("The ledger leads to rows that the hand-written arm does not write.");
        return rows;
    }

    /// <summary>The names of a table's columns.</summary>
    public static List<string> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select name from pragma_table_info('{table}') order by cid";
        using var row = command.ExecuteReader();
        var names = new List<string>();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }

    private static IEnumerable<object[]> Rows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select * from {table} order by rowid";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var values = new object[row.FieldCount];
            row.GetValues(values);
            yield return values;
        }
    }

    private static long Count(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return (long)command.ExecuteScalar()!;
    }
}
