using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R38: a person is erased by one node while another writes about that person. Longer in a full run.</summary>
public sealed class ErasureTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 1_000 : 40;

    [Fact]
    public async Task R38_no_word_is_written_under_a_key_that_another_node_has_destroyed()
    {
        await using var schema = new TestSchema();
        var (writer, eraser) = (StorePorts.Of(await schema.OpenAloneAsync()), StorePorts.Of(await schema.OpenAloneAsync()));
        var (kept, leftOut, dead) = await ErasureRace.RunAsync(writer, eraser, Rounds);
        output.WriteLine(
            $"R38: PostgreSQL, {Rounds} persons erased beside five notes each, "
            + $"{kept} notes kept, {leftOut} without their words, {dead} under a dead key");
        dead.ShouldBe(0);
        (kept > 0, leftOut > 0).ShouldBe((true, true));
    }

    [Fact]
    public async Task R38_control_a_store_that_looks_at_no_key_writes_under_dead_ones()
    {
        await using var schema = new TestSchema();
        var (writer, eraser) = (StorePorts.Of(await schema.OpenAloneAsync()), StorePorts.Of(await schema.OpenAloneAsync()));
        var (_, _, dead) = await ErasureRace.RunAsync(writer, eraser, 10, looksAtKeys: false);
        output.WriteLine($"R38 control: {dead} words under a dead key");
        dead.ShouldBeGreaterThan(0);
    }
}
