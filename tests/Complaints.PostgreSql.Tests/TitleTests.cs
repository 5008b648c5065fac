using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests;

/// <summary>A title is one envelope in event, state and list, and shows nothing where it does not belong.</summary>
public sealed class TitleTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task A_title_opens_wherever_it_stands_and_nowhere_else()
    {
        var ports = StorePorts.Of(await _schema.OpenAsync());
        await TitleWalk.FileAsync(new DeskHarness(ports));
        TitleWalk.Shut(await TitleWalk.ReadAsync(ports)).ShouldBeEmpty();

        await (await SharedServer.GetAsync()).ExecuteAsync(TitleWalk.PutTheFirstTitleIntoEveryRow($"{_schema.Name}.complaint"));
        TitleWalk.Shut(await TitleWalk.ReadAsync(ports)).ShouldBe(["head 2", "list 2", "scan 2"]);
    }
}
