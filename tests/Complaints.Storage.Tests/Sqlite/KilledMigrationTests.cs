using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R29: what is left when a process is killed while it brings a file up to date.</summary>
public sealed class KilledMigrationTests(ITestOutputHelper output) : IDisposable
{
    private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(SqliteStore).Assembly);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R29_a_run_killed_between_any_two_statements_leaves_no_half_file_and_is_taken_up()
    {
        var kills = 0;
        for (var number = 0; number < Ours.Count; number++)
        {
            var (before, left) = await KilledAsync(number);
            foreach (var file in left)
            {
                kills++;
                Everything(file).ShouldBe(before, $"killed before statement {left.IndexOf(file)} of {Ours[number].Name}");
                await MigrateAsync(file, Ours);
                Applied(file).ShouldBe(Ours.Count);
            }
        }
        output.WriteLine($"R29: SQLite, killed between any two statements, {kills} kills, no half file");
        kills.ShouldBe(Ours.Sum(migration => SqlFile.Statements(migration.Sql).Count + 1));
    }

    [Fact]
    public async Task R29_control_a_run_that_commits_each_statement_leaves_half_a_file_that_is_seen()
    {
        var (kills, stuck) = (0, 0);
        for (var number = 0; number < Ours.Count; number++)
        {
            var (before, left) = await KilledAsync(number, "commit; begin immediate;\n");
            foreach (var file in left.Skip(1))
            {
                kills++;
                Everything(file).ShouldNotBe(before, $"killed before statement {left.IndexOf(file)} of {Ours[number].Name}");
                Applied(file).ShouldBe(number);
                stuck += await Record.ExceptionAsync(() => MigrateAsync(file, Ours)) is SqliteException ? 1 : 0;
            }
        }
        output.WriteLine($"R29: control on SQLite, each statement committed by itself, {kills} kills, {kills} half files, {stuck} that could not be taken up");
        stuck.ShouldBeGreaterThan(0);
    }

    /// <summary>Runs one migration and keeps, before each of its statements and after the last, what a process that is killed there leaves: its files as they lie.</summary>
    private async Task<(string Before, List<string> Left)> KilledAsync(int number, string afterEach = "")
    {
        var (whole, left) = (Path.Combine(_folder.FullName, $"{number}.db"), new List<string>());
        await MigrateAsync(whole, [.. Ours.Take(number)]);
        Fill(whole);
        var before = Everything(whole);
        await using var connection = await ConnectAsync(whole);
        connection.CreateFunction("killed_here", () =>
        {
            var copy = Path.Combine(_folder.FullName, $"{number}-{left.Count}.db");
            foreach (var part in new[] { "", "-wal" })
                File.Copy(whole + part, copy + part);
            left.Add(copy);
            return left.Count;
        });
        var statements = SqlFile.Statements(Ours[number].Sql).Select(statement => $"select killed_here();\n{statement};\n{afterEach}");
        await new MigrationRunner(new SqliteDialect(), [.. Ours.Take(number), Ours[number] with { Sql = string.Concat(statements) + "select killed_here()" }]).RunAsync(connection, default);
        return (before, left);
    }

    private static async Task MigrateAsync(string file, IReadOnlyList<Migration> migrations)
    {
        await using var connection = await ConnectAsync(file);
        await new MigrationRunner(new SqliteDialect(), migrations).RunAsync(connection, default);
    }

    /// <summary>With the smallest cache, so that what is not committed is in the log too.</summary>
    private static async Task<SqliteConnection> ConnectAsync(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal; pragma cache_size = 1";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>A row for each table, which must not be lost when one is made anew.</summary>
    private static void Fill(string file)
    {
        foreach (var table in Tables(file).Where(table => table != "schema_migration"))
        {
            var values = Query(file, $"select lower(type) from pragma_table_info('{table}')")
                .Select((type, i) => type switch { "blob" => $"x'{i + 1:x2}'", "text" => $"'{i + 1}'", _ => $"{i + 1}" });
            Query(file, $"insert into {table} values ({string.Join(", ", values)})");
        }
    }

    /// <summary>The schema and every row.</summary>
    private static string Everything(string file) => string.Join('\n', Query(file, "select type, name, sql from sqlite_master order by name")
        .Concat(Tables(file).SelectMany(table => Query(file, $"select '{table}', * from {table}"))));

    private static List<string> Tables(string file) => Query(file, "select name from sqlite_master where type = 'table' order by name");

    private static int Applied(string file) => Tables(file).Contains("schema_migration") ? Query(file, "select number from schema_migration").Count : 0;

    private static List<string> Query(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }
}
