using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>The tables of a file as somebody without the library sees them.</summary>
internal static class RawTables
{
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Table, column, type, and whether it may be null, of every column but those of the migrations.</summary>
    public const string ColumnsQuery = """
        select m.name, c.name, lower(c.type), c."notnull" = 0 from sqlite_master m join pragma_table_info(m.name) c
        where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'schema%' order by m.name, c.cid
        """;

    public static List<(string Table, string Column, string Type)> Columns(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = ColumnsQuery;
        using var row = command.ExecuteReader();
        var columns = new List<(string, string, string)>();
        while (row.Read())
            columns.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        return columns;
    }
}
