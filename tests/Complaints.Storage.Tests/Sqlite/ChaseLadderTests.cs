using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>A department is chased, supervised and reported once each by two programs on one file that are started
/// anew every day.</summary>
public sealed class ChaseLadderTests
{
    private static readonly string[] All = ["1 chase technical", "2 supervise supervisor", "3 notice quality"];

    [Fact]
    public async Task X28_A_ladder_is_climbed_once_by_two_nodes_over_restarts()
    {
        await using var database = new TemporaryDatabase();
        var (fired, messages) = await ChaseLadder.WalkAsync(() => Task.FromResult(StorePorts.Of(database.Open())), null);
        fired.ShouldBe(All);
        messages.ShouldBe(["1 chase", "2 supervise", "3 notice"], "and each is told once");
    }

    [Fact]
    public async Task X28_It_stops_at_the_answer()
    {
        await using var database = new TemporaryDatabase();
        var (fired, messages) = await ChaseLadder.WalkAsync(() => Task.FromResult(StorePorts.Of(database.Open())), 24 * 4);
        fired.ShouldBe(All[..2], "the notice was due five working days after");
        messages.Count.ShouldBe(2);
    }
}
