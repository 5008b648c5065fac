using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Complaints.Tests.Shared;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Approving ends what waited for the approval, in memory and on SQLite.</summary>
public sealed class ApprovedWorkTests
{
    [Fact]
    public async Task Approving_a_pending_approval_removes_its_work_row_in_the_same_commit_on_SQLite()
    {
        await using var database = new TemporaryDatabase();
        (await ApprovedWork.WalkAsync(StorePorts.Of(database.Open()), () => HoldAsync(database.File))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Approving_a_pending_approval_removes_its_work_row_in_the_same_commit_in_memory() =>
        (await ApprovedWork.WalkAsync(StorePorts.Of(new InMemoryComplaintStore()))).ShouldBeEmpty();

    [Fact]
    public async Task Control_a_store_that_removes_it_after_the_commit_fails()
    {
        await using var database = new TemporaryDatabase();
        var late = ApprovedWork.Late(StorePorts.Of(database.Open()));
        (await ApprovedWork.WalkAsync(late, () => HoldAsync(database.File))).ShouldContain("something of the approval was kept");
    }

    [Fact]
    public async Task Control_a_store_that_leaves_the_row_fails() =>
        (await ApprovedWork.WalkAsync(ApprovedWork.Forgetful(StorePorts.Of(new InMemoryComplaintStore()))))
            .ShouldContain("the approval still waits");

    /// <summary>A trigger under which no work can be taken away.</summary>
    private static async Task<IAsyncDisposable> HoldAsync(string file)
    {
        await ExecuteAsync("create trigger held before delete on work begin select raise(abort, 'held'); end");
        return new Held(() => ExecuteAsync("drop trigger held"));

        async Task ExecuteAsync(string sql)
        {
            await using var connection = RawTables.Open(file);
            await using var command = new SqliteCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
