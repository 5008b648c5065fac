using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Who takes part in a case: each way there is, and each way out; the rows say the same as the state.</summary>
public sealed class TakingPartTests
{
    private static readonly PlanStep Records = new(StepPhase.Investigation, "records");

    private static bool Sees(Situation situation, Actor actor) =>
        TakingPart.Does(TakingPart.As(actor, situation.Rules.Organisation), situation.Complaint!);

    private static Actor Of(params ImmutableArray<string> teams) => new("zoe", Role.Department) { Teams = teams };

    private static Actor Named(string id) => new(id, Role.Department);

    [Fact]
    public void S061_Nobody_takes_part_in_a_case_that_is_nobodys()
    {
        var situation = TaskCases.Registered();
        TakingPart.In(situation.Complaint!).ShouldBeEmpty();
        Sees(situation, Of("technical-support")).ShouldBeFalse();
        Sees(situation, Of()).ShouldBeFalse();
    }

    [Fact]
    public void S061_A_department_takes_part_with_its_task_and_by_each_of_its_teams()
    {
        var sent = TaskCases.In(DepartmentTaskStatus.Sent);
        TakingPart.In(sent.Complaint!).ShouldBe(["department/technical-support"]);
        Sees(sent, TaskCases.Tao).ShouldBeTrue();
        Sees(sent, TaskCases.Ren).ShouldBeTrue("a team of the department");
        Sees(sent, TaskCases.Han).ShouldBeFalse("another department");
        Sees(sent, new Actor("helper", Role.Department) { OnBehalfOf = "tao" }).ShouldBeFalse("acting for somebody gives no part");
        foreach (var status in Enum.GetValues<DepartmentTaskStatus>())
            Sees(TaskCases.In(status), TaskCases.Tao).ShouldBe(status != DepartmentTaskStatus.Cancelled, $"{status}");
        Sees(TaskCases.In(DepartmentTaskStatus.Signed).Do(new CancelTask(1, "solved"), TaskCases.Mei), TaskCases.Tao)
            .ShouldBeTrue("it had begun to work");
    }

    [Fact]
    public void S061_A_task_that_is_sent_elsewhere_goes_with_its_part()
    {
        var redirected = TaskCases.In(DepartmentTaskStatus.Returned)
            .Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery", "Theirs since May."), TaskCases.Mei);
        TakingPart.In(redirected.Complaint!).ShouldBe(["department/delivery"]);
        Sees(redirected, TaskCases.Yi).ShouldBeTrue();
        Sees(redirected, TaskCases.Tao).ShouldBeFalse();
    }

    [Fact]
    public void S061_Owner_team_steps_participants_and_who_was_called_in_take_part_until_it_is_over()
    {
        var situation = TaskCases.Registered()
            .Do(new HandOver("amy", "first-line", "expertise"))
            .Do(Records with { Owner = "cai" }).Do(Records with { Team = "bench" })
            .Do(new AddParticipant("team-member", Staff: "olga"))
            .Do(new Escalate(2, Role.Quality, null, "other", "Late.", EscalationKind.QualityReview, ["warehouse"]), TaskCases.Mei);
        TakingPart.In(situation.Complaint!).ShouldBe(
            ["department/warehouse", "person/amy", "person/cai", "person/olga", "team/bench", "team/first-line"]);
        foreach (var actor in new[] { Of("warehouse"), Named("amy"), Named("cai"), Named("olga"), Of("bench"), Of("first-line") })
            Sees(situation, actor).ShouldBeTrue(actor.ToString());
        foreach (var actor in new[] { Of("delivery"), Named("bench"), Of("amy"), Of("person/amy"), Named("amy ") })
            Sees(situation, actor).ShouldBeFalse(actor.ToString());

        var later = situation.Do(new FinishStep(1, StepResult.Cancelled, "Not needed.")).Do(new FinishStep(2, StepResult.Done), Of("bench"))
            .Do(new AmendParticipant(1, Left: true)).Do(new HandOver("ben", null, "expertise"));
        TakingPart.In(later.Complaint!).ShouldBe(["department/warehouse", "person/ben", "team/bench", "team/first-line"]);
    }

    [Fact]
    public void S061_Who_is_complained_about_takes_no_part_in_person()
    {
        var situation = TaskCases.Registered().Do(Records with { Owner = "cai" })
            .Do(new AddParticipant(ParticipantRole.Accused, Staff: "cai"));
        Sees(situation, Named("cai")).ShouldBeFalse();
    }

    [Fact]
    public void S061_Somebody_of_a_thousand_teams_is_told_of_the_first_of_them()
    {
        var actor = Of([.. Enumerable.Range(0, 1_000).Select(i => $"t{i}")]);
        TakingPart.As(actor, new Organisation()).Length.ShouldBe(TakingPart.Most);
        TakingPart.Most.ShouldBe(ITakingPartStore.MostParties);
    }

    [Theory]
    [InlineData("""{"zone":"UTC"}""", Role.Department, true)]
    [InlineData("""{"zone":"UTC"}""", "branch", false)]
    [InlineData("""{"zone":"UTC","roles":{"branch":["department"]}}""", "branch", true)]
    [InlineData("""{"zone":"UTC","ownCasesOnly":["department","agent"]}""", Role.Agent, true)]
    [InlineData("""{"zone":"UTC","ownCasesOnly":["branch"],"roles":{"branch":["agent"]}}""", "branch", true)]
    public async Task S061_Which_roles_see_only_what_they_take_part_in_is_data(string settings, string role, bool seesOwn)
    {
        var harness = new DeskHarness();
        (await harness.Definitions.PublishAsync(TenantId.Default, "tenant", "default", settings, DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
        var manager = harness.Desk.For(TaskCases.Mei);
        var own = (await manager.RegisterAsync(Drafts.English())).Value.Complaint;
        (await manager.ExecuteAsync(own, new HandOver(null, "bench", "expertise"))).IsSuccess.ShouldBeTrue();
        var foreign = (await manager.RegisterAsync(Drafts.English())).Value.Complaint;
        var desk = harness.Desk.For(new Actor("zoe", role) { Teams = ["bench"] });
        (await desk.ViewAsync(own) is not null).ShouldBe(seesOwn);
        (await desk.ViewAsync(foreign)).ShouldBeNull();
        (await desk.ListAsync(new())).Items.Length.ShouldBe(seesOwn ? 1 : 0);
        (await harness.Desk.For(new Actor("zoe", role, Role.Supervisor)).ViewAsync(foreign)).ShouldNotBeNull("another role sees all");
    }

    [Fact]
    public async Task S061_Nobody_may_take_the_librarys_own_sight_away()
    {
        var (_, refusal) = await new DeskHarness().Definitions.PublishAsync(
            TenantId.Default, "tenant", "default", """{"zone":"UTC","ownCasesOnly":["system"]}""", DeskHarness.Administrator, default);
        refusal!.Code.ShouldBe("definition.invalid");
    }
}
