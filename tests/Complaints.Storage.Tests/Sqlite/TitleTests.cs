using Complaints.Core;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>A title is one envelope in event, state and list, and shows nothing where it does not belong.</summary>
public sealed class TitleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-titles-");

    private string FileName => Path.Combine(_folder.FullName, "titles.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_title_opens_wherever_it_stands_in_memory()
    {
        var harness = new DeskHarness();
        await TitleWalk.FileAsync(harness);
        TitleWalk.Shut(await TitleWalk.ReadAsync(harness.Ports)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_title_opens_wherever_it_stands_in_a_file_and_nowhere_else()
    {
        await using (var store = new SqliteStore(FileName))
        {
            await TitleWalk.FileAsync(new DeskHarness(StorePorts.Of(store)));
            TitleWalk.Shut(await TitleWalk.ReadAsync(StorePorts.Of(store))).ShouldBeEmpty();
        }
        using (var connection = new SqliteConnection($"Data Source={FileName};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = TitleWalk.PutTheFirstTitleIntoEveryRow("complaint");
            command.ExecuteNonQuery().ShouldBe(2);
        }
        await using var again = new SqliteStore(FileName);
        TitleWalk.Shut(await TitleWalk.ReadAsync(StorePorts.Of(again))).ShouldBe(["head 2", "list 2", "scan 2"]);
    }
}
