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

    /// <summary>Every column but those of the migrations.</summary>
    public static List<(string Table, string Column, string Type)> Columns(string file)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = """
            select m.name, c.name, lower(c.type) from sqlite_master m join pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'schema%' order by m.name, c.cid
            """;
        using var row = command.ExecuteReader();
        var columns = new List<(string, string, string)>();
        while (row.Read())
            columns.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        return columns;
    }

    /// <summary>The columns by which a row is one.</summary>
    public static string KeyOf(string table) => table switch
    {
        "complaint" or "aggregate" or "outbox" or "command" => "tenant, id",
        "complaint_state" => "tenant, complaint",
        "event" => "tenant, complaint, version, idx",
        "timer" => "tenant, complaint, clock, purpose",
        "lookup" => "tenant, hash, complaint",
        "number_block" => "tenant, year",
        "definition" => "tenant, kind, id, version",
        "participant" => "tenant, complaint, person",
        "subject_key" => "tenant, subject",
        "checkpoint" => "tenant, sequence",
        "sweeper" => "name",
        _ => throw new InvalidOperationException($"The test does not know what is unique in {table}."),
    };
}
