using System.Collections.Immutable;
using System.Text;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests;

/// <summary>
/// What people write stands in the clear in no column of any table, as a dump would have it, and in no file of the server: tables as they
/// lie on the disk, write-ahead log, server log; before and after an erasure (R17, R27).
/// </summary>
public sealed class CanaryTests(OwnServer own, ITestOutputHelper output) : IClassFixture<OwnServer>
{
    /// <summary>Another bird, so that the control lies in the same server's log.</summary>
    private static readonly CanaryBird Planted = new("WELLENSITTICH", "虎皮鹦鹉");

    [Fact]
    public async Task R17_R27_no_word_of_any_command_stands_in_tables_log_and_files_before_and_after_erasure()
    {
        await using var store = Open("canary");
        var walk = new CanaryWalk(store);
        output.WriteLine(await walk.PlayAsync(scripts: 0));
        walk.Missing.ShouldBeEmpty("every command with words was accepted with the canary in them");

        (await FoundAsync("canary", CanaryWalk.Bird)).ShouldBeEmpty("before the erasure");
        var erased = await walk.EraseAsync();
        output.WriteLine($"{erased} keys destroyed");
        erased.ShouldBeGreaterThan(10);
        (await FoundAsync("canary", CanaryWalk.Bird)).ShouldBeEmpty("after the erasure");
    }

    [Fact]
    public async Task R17_control_a_canary_in_an_attribute_is_found_in_tables_log_and_files()
    {
        await using var store = Open("planted");
        var planted = ImmutableSortedDictionary<string, string>.Empty.Add("host", Planted.Word);
        await new DeskHarness(StorePorts.Of(store)).FileAsync(Drafts.Chinese() with { Attributes = planted });

        var found = await FoundAsync("planted", Planted);
        new[] { "event.body utf-8", "base utf-8", "pg_wal utf-8", "log hex" }.Except(found).ShouldBeEmpty(string.Join(", ", found));
    }

    private PostgreSqlStore Open(string schema) =>
        new(own.Server.ConnectionString(), new PostgreSqlStoreOptions { Schema = schema });

    private async Task<ImmutableSortedSet<string>> FoundAsync(string schema, CanaryBird bird)
    {
        // So that the tables' files are written too.
        await own.Server.ExecuteAsync("checkpoint");
        var (values, tables) = await InTablesAsync(schema, bird);
        var (bytes, files) = InFiles(bird);
        output.WriteLine($"looked through {values} values and {bytes >> 20} MB of files");
        (values > 0, bytes > 0).ShouldBe((true, true));
        return [.. tables, .. files];
    }

    /// <summary>What stands in each column of a schema, as bytes or as text.</summary>
    private async Task<(long Values, List<string> Found)> InTablesAsync(string schema, CanaryBird bird)
    {
        await using var source = NpgsqlDataSource.Create(own.Server.ConnectionString() + ";Pooling=false");
        var (values, found) = (0L, new List<string>());
        foreach (var (table, column, type) in await ColumnsAsync(source, schema))
        {
            var shown = type == "bytea" ? $"\"{column}\"" : $"convert_to(\"{column}\"::text, 'UTF8')";
            await using var command = source.CreateCommand(
                $"select {shown} from \"{schema}\".\"{table}\" where \"{column}\" is not null");
            await using var reader = await command.ExecuteReaderAsync();
            for (; await reader.ReadAsync(); values++)
                found.AddRange(bird.FoundIn(reader.GetFieldValue<byte[]>(0)).Select(encoding => $"{table}.{column} {encoding}"));
        }
        return (values, found);
    }

    private static async Task<List<(string Table, string Column, string Type)>> ColumnsAsync(NpgsqlDataSource source, string schema)
    {
        await using var command = source.CreateCommand(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = $1");
        command.Parameters.AddWithValue(schema);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, string)>();
        while (await reader.ReadAsync())
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return columns;
    }

    /// <summary>What stands in the server's files, by the folder in which they lie.</summary>
    private (long Bytes, List<string> Found) InFiles(CanaryBird bird)
    {
        var (total, found) = (0L, new List<string>());
        foreach (var file in Directory.EnumerateFiles(own.Server.Folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            total += stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var path = Path.GetRelativePath(own.Server.Folder, file).Split(Path.DirectorySeparatorChar);
            var place = path is ["data", var below, ..] ? below : path[0];
            found.AddRange(bird.FoundIn(bytes).Select(encoding => $"{place} {encoding}"));
        }
        return (total, found);
    }
}

/// <summary>A server in whose files nobody else writes.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    internal PrivateServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await PrivateServer.StartAsync("fsync = off", "log_statement = 'all'");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
