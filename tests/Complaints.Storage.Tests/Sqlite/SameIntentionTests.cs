using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R37 in memory and on SQLite.</summary>
public sealed class SameIntentionTests
{
    [Fact]
    public async Task R37_One_command_id_stands_for_one_intention_on_SQLite()
    {
        await using var database = new TemporaryDatabase();
        (await SameIntention.WalkAsync(StorePorts.Of(database.Open()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task R37_One_command_id_stands_for_one_intention_in_memory() =>
        (await SameIntention.WalkAsync(StorePorts.Of(new InMemoryComplaintStore()))).ShouldBeEmpty();

    [Theory]
    [InlineData(false, true, "the same an hour later")]
    [InlineData(true, false, "another complaint")]
    public async Task R37_control_a_store_that_keeps_no_command_or_looks_for_it_with_its_complaint_only_fails(
        bool keepsCommands, bool asksAll, string what)
    {
        var broken = SameIntention.Broken(StorePorts.Of(new InMemoryComplaintStore()), keepsCommands, asksAll);
        (await SameIntention.WalkAsync(broken)).ShouldContain(wrong => wrong.StartsWith(what, StringComparison.Ordinal));
    }
}
