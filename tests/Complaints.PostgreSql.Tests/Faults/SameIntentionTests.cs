using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R37 on PostgreSQL; its controls are beside the other stores.</summary>
public sealed class SameIntentionTests
{
    [Fact]
    public async Task R37_One_command_id_stands_for_one_intention_on_PostgreSQL()
    {
        await using var schema = new TestSchema();
        (await SameIntention.WalkAsync(StorePorts.Of(await schema.OpenAsync()))).ShouldBeEmpty();
    }
}
