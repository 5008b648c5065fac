using Complaints.Cli;
using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests;

/// <summary>The queue on the command line, and a database that has none.</summary>
public sealed class ListTests(ImportedLedger ledger) : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task A_list_says_how_to_go_on_until_its_end()
    {
        ledger.CopyTo(_tool);
        var all = Numbers((await _tool.DoAsync("list", "--json", "--order", "Newest")).Json);
        var (met, after) = (new List<string>(), Array.Empty<string>());
        do
        {
            string[] arguments = ["list", "--order", "Newest", "--take", "1", .. after];
            var page = (await _tool.DoAsync([.. arguments, "--json"])).Json;
            met.AddRange(Numbers(page));
            after = page.GetProperty("next").GetString() is { } next ? ["--after", next] : [];
            (await _tool.DoAsync(arguments)).Output.Contains("--after " + after.LastOrDefault()).ShouldBe(after.Length > 0);
        }
        while (after.Length > 0);

        met.ShouldBe(all);
        met.Count.ShouldBeGreaterThan(2);
        (await _tool.RunAsync("list", "--after", "2")).Error.ShouldContain("'--after'");
        var due = (await _tool.DoAsync("list", "--json", "--take", "1")).Json.GetProperty("next").GetString()!;
        (await _tool.RunAsync("list", "--after", due, "--order", "Oldest")).Error.ShouldContain("--order Due");

        static IReadOnlyList<string> Numbers(System.Text.Json.JsonElement list) =>
            [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()!)];
    }

    [Theory]
    [InlineData("list")]
    [InlineData("doctor")]
    [InlineData("init")]
    public async Task A_database_of_before_the_first_release_is_refused_in_one_sentence(string command)
    {
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var make = connection.CreateCommand();
            make.CommandText =
                """
                create table schema_migration (number integer not null primary key, name text not null, checksum text not null);
                insert into schema_migration (number, name, checksum)
                values (1, 'complaints', ''), (2, 'outbox_queue', ''), (3, 'own_verdicts', ''), (4, 'sweeper', '')
                """;
            await make.ExecuteNonQueryAsync();
        }

        var refused = await _tool.RunAsync(command);
        refused.ExitCode.ShouldBe(ExitCode.StoreFailed, refused.Output + refused.Error);
        refused.Error.Trim().ShouldBe(
            "The database was made before the first release (its last migration is 0004_sweeper) and is not carried over: "
            + "export what you need with the program that made it, and start a new database with this one.");
    }
}
