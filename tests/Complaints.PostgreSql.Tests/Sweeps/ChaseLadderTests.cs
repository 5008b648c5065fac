using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Sweeps;

/// <summary>X28: a department is chased, supervised and reported once each, however many nodes look at it.</summary>
public sealed class ChaseLadderTests
{
    [Fact]
    public async Task X28_A_ladder_is_climbed_once_by_two_nodes_over_restarts()
    {
        await using var schema = new TestSchema();
        var (fired, messages) = await ChaseLadder.WalkAsync(async () => StorePorts.Of(await schema.OpenAsync()), null);
        fired.ShouldBe(["1 chase technical", "2 supervise supervisor", "3 notice quality"]);
        messages.ShouldBe(["1 chase", "2 supervise", "3 notice"], "and each is told once");
    }
}
