using Complaints.Core;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>S061: a department sees what it takes part in, and of everything else nothing, whichever way it asks; in memory and on
/// SQLite.</summary>
public sealed class ForeignCaseTests
{
    [Fact]
    public void S061_Every_public_read_of_the_desks_is_tried()
    {
        using var walk = new ForeignCase(StorePorts.Of(new InMemoryComplaintStore()));
        walk.Forgotten().ShouldBeEmpty("whoever adds a read to a desk adds it to the walk");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S061_No_read_tells_a_department_of_a_foreign_case(bool onSqlite)
    {
        await using var database = new TemporaryDatabase();
        using var walk = new ForeignCase(onSqlite ? StorePorts.Of(database.Open()) : StorePorts.Of(new InMemoryComplaintStore()));
        await walk.FillAsync();
        (await walk.TellingAsync(ForeignCase.Tao)).ShouldBeEmpty();
        (await walk.TellingAsync(ForeignCase.Tao with { Teams = [] })).ShouldBeEmpty("without a team nothing is theirs");
        await walk.OwnAsync();
    }

    [Fact]
    public async Task S061_Control_every_read_tells_a_manager_of_it()
    {
        using var walk = new ForeignCase(StorePorts.Of(new InMemoryComplaintStore()));
        await walk.FillAsync();
        var telling = await walk.TellingAsync(new Actor("mei", Role.Manager));
        walk.Reads.Except(telling).ShouldBe([
            "AdviseAsync(IntakeDraft, CancellationToken)", // asks ports of the host, which has none here
        ], ignoreOrder: true);
    }
}
