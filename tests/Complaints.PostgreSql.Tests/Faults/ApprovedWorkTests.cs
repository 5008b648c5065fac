using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>Approving ends what waited for the approval, on PostgreSQL.</summary>
public sealed class ApprovedWorkTests
{
    [Fact]
    public async Task Approving_a_pending_approval_removes_its_work_row_in_the_same_commit_on_PostgreSQL()
    {
        await using var schema = new TestSchema();
        (await ApprovedWork.WalkAsync(StorePorts.Of(await schema.OpenAsync()), () => HoldAsync(schema.Name))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Control_a_store_that_removes_it_after_the_commit_fails_on_PostgreSQL()
    {
        await using var schema = new TestSchema();
        var late = ApprovedWork.Late(StorePorts.Of(await schema.OpenAsync()));
        (await ApprovedWork.WalkAsync(late, () => HoldAsync(schema.Name))).ShouldContain("something of the approval was kept");
    }

    /// <summary>A trigger under which no work can be taken away.</summary>
    private static async Task<IAsyncDisposable> HoldAsync(string schema)
    {
        await ExecuteAsync(
            $"""
            create function {schema}.held() returns trigger language plpgsql as $$ begin raise exception 'held'; end $$;
            create trigger held before delete on {schema}.work for each row execute function {schema}.held();
            """);
        return new Held(() => ExecuteAsync($"drop trigger held on {schema}.work; drop function {schema}.held()"));

        static async Task ExecuteAsync(string sql)
        {
            await using var command = (await SharedServer.SourceAsync()).CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
