using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R38: a person is erased by one program while another writes about that person. Longer in a full run.</summary>
public sealed class ErasureTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 1_000 : 40;

    [Fact]
    public async Task R38_no_word_is_written_under_a_key_that_another_program_has_destroyed()
    {
        await using var database = new TemporaryDatabase();
        var (writer, eraser) = (StorePorts.Of(database.Open()), StorePorts.Of(database.Open()));
        var (kept, leftOut, dead) = await ErasureRace.RunAsync(writer, eraser, Rounds);
        output.WriteLine(
            $"R38: SQLite, {Rounds} persons erased beside five notes each, "
            + $"{kept} notes kept, {leftOut} without their words, {dead} under a dead key");
        dead.ShouldBe(0);
        (kept > 0, leftOut > 0).ShouldBe((true, true));
    }

    [Fact]
    public async Task R38_control_a_store_that_looks_at_no_key_writes_under_dead_ones()
    {
        await using var database = new TemporaryDatabase();
        var (writer, eraser) = (StorePorts.Of(database.Open()), StorePorts.Of(database.Open()));
        var (_, _, dead) = await ErasureRace.RunAsync(writer, eraser, 10, looksAtKeys: false);
        output.WriteLine($"R38 control: {dead} words under a dead key");
        dead.ShouldBeGreaterThan(0);
    }
}
