using System.IO.Compression;
using Complaints.Core;
using Complaints.Storage.Sqlite;
using CsvHelper;
using Microsoft.Data.Sqlite;

namespace Complaints.Benchmarks.Import;

/// <summary>What a careful programmer writes by hand: one open connection, prepared inserts, a transaction a batch, CsvHelper for the file. What it inserts was computed before.</summary>
internal sealed class RawImportArm(string ledger, string folder, List<RecordedRow> rows, int batch)
{
    public string File { get; private set; } = "";

    /// <summary>A new file with the library's schema and indexes.</summary>
    public async Task PrepareAsync(int operations)
    {
        ImportBenchmark.Forget(File.Length > 0 ? File : null);
        File = Path.Combine(folder, $"raw-{Guid.NewGuid():N}.db");
        await using var store = new SqliteStore(File);
        await store.CountAsync(TenantId.Default, default);
    }

    public Task RunAsync(int operations)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma wal_autocheckpoint = 20000; pragma cache_size = -64000");
        using var complaint = Insert(connection, "complaint");
        using var state = Insert(connection, "complaint_state");
        using var happened = Insert(connection, "event");
        using var csv = CsvReader.Create(new GZipStream(System.IO.File.OpenRead(ledger), CompressionMode.Decompress), new CsvReaderOptions(), false);
        csv.ReadHeader();
        var fields = new string?[csv.Headers.Count];
        for (var i = 0; i < rows.Count && csv.Read(); i++)
        {
            for (var column = 0; column < fields.Length; column++)
                fields[column] = csv.GetString(column);
            if (i % batch == 0)
                Execute(connection, "begin immediate");
            Run(complaint, rows[i].Complaint);
            foreach (var row in rows[i].States)
                Run(state, row);
            foreach (var row in rows[i].Events)
                Run(happened, row);
            if ((i + 1) % batch == 0 || i + 1 == rows.Count)
                Execute(connection, "commit");
        }
        return Task.CompletedTask;
    }

    private static SqliteCommand Insert(SqliteConnection connection, string table)
    {
        var columns = RecordedRow.Columns(connection, table);
        var command = connection.CreateCommand();
        command.CommandText = $"insert into {table} values ({string.Join(", ", columns.Select(name => "$" + name))})";
        foreach (var name in columns)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + name });
        return command;
    }

    private static void Run(SqliteCommand command, object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
