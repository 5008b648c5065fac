using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>S061: a department sees what it takes part in, and of everything else nothing, whichever way it asks; on PostgreSQL.</summary>
public sealed class ForeignCaseTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task S061_No_read_tells_a_department_of_a_foreign_case()
    {
        var store = await _schema.OpenAsync();
        await store.MigrateAsync(default);
        using var walk = new ForeignCase(StorePorts.Of(store));
        await walk.FillAsync();
        (await walk.TellingAsync(ForeignCase.Tao)).ShouldBeEmpty();
        (await walk.TellingAsync(ForeignCase.Tao with { Teams = [] })).ShouldBeEmpty("without a team nothing is theirs");
        await walk.OwnAsync();
    }
}
