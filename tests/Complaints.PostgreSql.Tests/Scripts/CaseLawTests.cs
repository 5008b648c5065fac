using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.Tests.Laws;
using Complaints.Storage.Tests.Scripts;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Scripts;

/// <summary>S041, X31: the three laws of a case on PostgreSQL, by the scripts of the other stores. More of them with
/// COMPLAINTS_FULL=1.</summary>
public sealed class CaseLawTests(ITestOutputHelper output)
{
    [Fact]
    public async Task S041_X31_Points_and_state_agree_nothing_is_told_before_authority_and_replay_equals_state()
    {
        var scripts = Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 1_000 : 120;
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        var runs = new CaseLawRuns(tenant => StorePorts.Of(new TenantView(store, tenant)));
        for (var seed = 1; seed <= scripts; seed++)
            (await runs.PlayAsync(seed)).ShouldBeEmpty($"seed {seed}");
        output.WriteLine($"{scripts} scripts; told: {string.Join(", ", runs.Told)}; {runs.Accepted.Count} commands were accepted");
        runs.Accepted.Count.ShouldBeGreaterThan(30);
        runs.Told.Count.ShouldBeGreaterThan(1);
        await runs.ControlAsync();
    }
}
