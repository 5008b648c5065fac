using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Tests.Assignment;
using Complaints.Testing;

namespace Complaints.Core.Tests.Investigation;

/// <summary>The accused on a desk: the routing passes them and their lead by, and their work list stays empty.</summary>
public sealed class AccusedDeskTests
{
    private const string Teams = """
        { "teams": [ { "code": "first", "label": { "en": "First line", "zh": "一线" }, "lead": "kim" } ] }
        """;

    private const string People = """
        { "id": "lee", "teams": ["first"] }, { "id": "kim", "teams": ["first"] }, { "id": "zoe", "teams": ["first"] }
        """;

    private static async Task<Office> OpenAsync(string rows, string people = People)
    {
        var office = await Office.OpenAsync();
        await office.PublishAsync("organisation", Teams);
        await office.PublishAsync("staff", $$"""{ "people": [ {{people}} ] }""");
        await office.PublishAsync("routing", $$"""{ "rows": [ {{rows}} ] }""");
        return office;
    }

    [Fact]
    public async Task S116_The_routing_passes_by_whom_it_is_about_and_who_leads_their_team()
    {
        var office = await OpenAsync("""{ "team": "first" }""");
        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe("kim", "the control: the first by id");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            var complaint = await office.RegisterAsync(draft => draft with { Accused = ["lee"] });
            (complaint.Responsibility.Owner, complaint.Responsibility.Route!.Problem).ShouldBe(("zoe", null));
            ConflictRules.KeptOut(complaint).ShouldBe(["kim", "lee"]);
        }
    }

    [Theory]
    [InlineData("""{ "team": "first" }""")]
    [InlineData("""{ "team": "first", "owner": "lee" }""")]
    [InlineData("""{ "team": "first", "owner": "away" }""")]
    public async Task S116_Where_nobody_else_is_left_the_case_waits_with_the_team_and_says_why(string rows)
    {
        var office = await OpenAsync(rows, """
            { "id": "lee", "teams": ["first"] }, { "id": "kim", "teams": ["first"] },
            { "id": "away", "deputy": "lee", "absent": [ { "from": "2020-01-01", "until": "2099-12-31" } ] }
            """);
        var complaint = await office.RegisterAsync(draft => draft with { Accused = ["lee"] });
        (complaint.Responsibility.Owner, complaint.Responsibility.Team, complaint.Responsibility.Route!.Problem)
            .ShouldBe((null, "first", RouteProblem.AllInvolved));
    }

    [Fact]
    public async Task S116_A_strategy_of_the_host_is_not_even_shown_them()
    {
        var seen = new List<string>();
        var office = await Office.OpenAsync(strategy: new Choosing(candidates =>
        {
            seen.AddRange(candidates);
            return "lee";
        }), strategyCode: "mine", rows: """{ "team": "first" }""", people: People);
        await office.PublishAsync("organisation", Teams);
        var complaint = await office.RegisterAsync(draft => draft with { Accused = ["lee"] });
        seen.ShouldBe(["zoe"]);
        (complaint.Responsibility.Owner, complaint.Responsibility.Route!.Problem).ShouldBe((null, RouteProblem.StrategyFailed));
    }

    [Fact]
    public async Task S116_Their_lists_of_work_stay_empty_however_it_came_to_them()
    {
        var office = await OpenAsync("""{ "team": "first" }""");
        var desk = office.Harness.Desk;
        var complaint = await office.RegisterAsync();
        (await desk.ExecuteAsync(complaint.Id, new PlanStep(StepPhase.Investigation, "records", "lee"))).Refusal.ShouldBeNull();
        var (lee, kim, zoe) = (Of("lee"), Of("kim"), Of("zoe"));
        (await CountAsync(lee)).ShouldBeGreaterThan(0);
        (await desk.ExecuteAsync(complaint.Id, new AddParticipant("accused", Staff: "lee"))).Refusal.ShouldBeNull();
        (await CountAsync(lee)).ShouldBe(0);
        (await CountAsync(kim)).ShouldBe(0, "who leads the team");
        (await CountAsync(zoe)).ShouldBeGreaterThan(0, "somebody else of the team");
        (await CountAsync(desk.For(zoe.Actor with { OnBehalfOf = "lee" }))).ShouldBe(0);

        ComplaintDesk Of(string person) => desk.For(new Actor(person, Role.Agent, Role.Supervisor, Role.Manager) { Teams = ["first"] });

        static async Task<int> CountAsync(ComplaintDesk desk) => (await desk.WorkAsync(new WorkQuery())).Items.Length;
    }

    [Fact]
    public async Task S116_Whoever_takes_over_a_merged_complaint_keeps_the_same_people_out()
    {
        var office = await OpenAsync("""{ "team": "first" }""");
        var desk = office.Harness.Desk;
        var (first, second) = (await office.RegisterAsync(draft => draft with { Accused = ["lee"] }), await office.RegisterAsync());
        (await desk.ExecuteAsync(first.Id, new Merge(second.Id, "other", "The same."))).Refusal.ShouldBeNull();
        await desk.SweepAsync(100);
        var survivor = (await desk.ViewAsync(second.Id))!.Complaint;
        ConflictRules.KeptOut(survivor).ShouldBe(["kim", "lee"]);
        survivor.Responsibility.Owner.ShouldBeNull("kim had it");
    }

    private sealed class Choosing(Func<IEnumerable<string>, string?> choose) : IAssignmentStrategy
    {
        public string Code => "mine";

        public ValueTask<string?> ChooseAsync(AssignmentRequest request, CancellationToken cancellationToken) =>
            new(choose(request.Candidates.Select(candidate => candidate.Person.Id)));
    }
}
