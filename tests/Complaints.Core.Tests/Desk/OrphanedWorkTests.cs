using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>No definition leaves open work to nobody.</summary>
public sealed class OrphanedWorkTests
{
    private const string Both =
        """{"teams":[{"code":"north","label":{"en":"North","zh":"北区"}},{"code":"south","label":{"en":"South","zh":"南区"}}]}""";

    private const string South = """{"teams":[{"code":"south","label":{"en":"South","zh":"南区"}}]}""";

    private readonly DeskHarness _harness = new();

    private async Task<ComplaintError?> PublishAsync(string kind, string json)
    {
        var refusal = (await _harness.Definitions.PublishAsync(
            TenantId.Default, kind, "default", json, DeskHarness.Administrator, default)).Refusal;
        _harness.Clock.Advance(Duration.FromSeconds(31));
        return refusal;
    }

    [Fact]
    public async Task A_team_with_open_work_is_not_taken_away()
    {
        (await PublishAsync("organisation", Both)).ShouldBeNull();
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [new HandOver(null, "north", "expertise")]);
        var refused = (await PublishAsync("organisation", South))!;
        refused.Code.ShouldBe("definition.orphans_work");
        refused.In(CultureInfo.GetCultureInfo("en")).ShouldContain("1 pieces of open work of North");
        refused.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("“北区”还有 1 项待办");
        await _harness.DoAsync(id, [new HandOver(null, "south", "expertise")]);
        (await PublishAsync("organisation", South)).ShouldBeNull();
    }

    [Fact]
    public async Task A_person_with_open_work_is_marked_as_gone_and_not_forgotten()
    {
        (await PublishAsync("staff", """{"people":[{"id":"amy"},{"id":"ben"}]}""")).ShouldBeNull();
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [new HandOver("ben", null, "expertise")]);
        (await PublishAsync("staff", """{"people":[{"id":"amy"}]}"""))!.Code.ShouldBe("definition.orphans_work");
        (await PublishAsync("staff", """{"people":[{"id":"amy"},{"id":"ben","left":"2026-08-01"}]}""")).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_role_that_may_answer_what_waits_is_not_taken_away()
    {
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [new HandOver("amy", null, "expertise"), new StartInvestigation(),
            new Propose(["compensation"], "Money.", 500), new RequestApproval(1)]);
        var nobody = Settings("\"permissions\": {\"approve\": []}");
        var refused = (await PublishAsync("tenant", nobody))!;
        (refused.Code, refused.In(CultureInfo.GetCultureInfo("zh-CN")).Contains("approve", StringComparison.Ordinal))
            .ShouldBe(("definition.orphans_work", false));
        (await _harness.Desk.For(DeskHarness.Supervisor).ExecuteAsync(id, new Approve(1))).IsSuccess.ShouldBeTrue();
        (await PublishAsync("tenant", nobody)).ShouldBeNull();
    }

    private static string Settings(string member)
    {
        var builtIn = Core.Definitions.BuiltIns.All.Single(definition => definition.Kind == "tenant").Json;
        return $"{builtIn.TrimEnd().TrimEnd('}').TrimEnd()},\n{member}}}";
    }
}
