using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Laws;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>The columns that the program knows are those of a migrated file, in both directions.</summary>
public sealed class ColumnTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");

    private string File => Path.Combine(_folder.FullName, "a.db");

    public async ValueTask InitializeAsync()
    {
        await using var store = new SqliteStore(File);
        await store.MigrateAsync(default);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public void The_columns_of_the_program_are_those_of_the_file() => InTheFile().ShouldBe(Known);

    [Theory]
    [InlineData("alter table complaint add column added text")]
    [InlineData("alter table complaint_state add column added integer")]
    [InlineData("alter table complaint drop column outcome")]
    [InlineData("alter table complaint rename column title to heading")]
    [InlineData("alter table complaint drop column outcome; alter table complaint add column outcome text not null default ''")]
    [InlineData("alter table complaint drop column outcome; alter table complaint add column outcome blob")]
    public void Control_a_column_more_or_less_or_of_another_kind_is_seen(string change)
    {
        Query<object>(change, _ => null!);

        InTheFile().ShouldNotBe(Known);
    }

    private static IReadOnlyList<string> Known => KnownColumns.Lines(kind => kind switch
    {
        "Text" => "text",
        "Id" or "Bytes" => "blob",
        _ => "integer",
    });

    private List<string> InTheFile() =>
    [
        .. new[] { "complaint", "complaint_state" }
            .SelectMany(table => Query(
                $"select name, type, \"notnull\" from pragma_table_info('{table}')",
                row => KnownColumns.Line(table, row.GetString(0), row.GetString(1).ToLowerInvariant(), row.GetInt32(2) == 0)))
            .Order(StringComparer.Ordinal),
    ];

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }
}
