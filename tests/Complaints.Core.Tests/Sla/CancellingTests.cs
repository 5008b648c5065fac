using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

/// <summary>Facts that end a clock without a verdict, and what a policy says of them.</summary>
public sealed class CancellingTests
{
    [Fact]
    public void T21_A_recalled_approval_is_cancelled_and_an_answered_one_met()
    {
        var situation = Case.Under("""{"objective":"approval","limit":"4 hours"},{"objective":"resolution","limit":"100 hours"}""")
            .Do(new Propose(["exchange"])).Do(new RequestApproval(1)).Do(new RecallApproval(1, "changed"))
            .Do(new RequestApproval(1)).Do(new Approve(2), Situation.Supervisor);
        situation.Verdicts(Objective.Approval).ShouldBe([ClockVerdict.Cancelled, ClockVerdict.Met]);
        Clocks.Project(situation.Complaint!, situation.Rules).First(clock => clock.Objective == Objective.Approval)
            .CancelledAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""["proposal"]""", true)]
    [InlineData("""["payment","proposal"]""", true)]
    public void T21_An_objective_may_be_for_what_carries_a_tag(string tags, bool runs)
    {
        var situation = Case.Under($$"""
            {"objective":"own","limit":"4 hours","for":{{tags}},"start":["approval-requested"],"stop":["approval-answered"]}
            """)
            .Do(new Propose(["exchange"])).Do(new RequestApproval(1));
        Clocks.Project(situation.Complaint!, situation.Rules).Any(clock => clock.Objective == "own").ShouldBe(runs);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void T08_A_hosts_own_objective_may_repeat(bool repeats, int occurrences)
    {
        var situation = Case.Under($$"""
            {"objective":"house","limit":"4 hours","start":["customer-message"],"stop":["human-contact"],
             "repeats":{{(repeats ? "true" : "false")}}}
            """);
        for (var i = 0; i < 2; i++)
        {
            situation.Do(new Core.Intake.RecordInteraction(Core.Intake.Direction.Inbound, "email"))
                .Do(new Core.Intake.RecordInteraction(Core.Intake.Direction.Outbound, "email"));
        }
        Clocks.Project(situation.Complaint!, situation.Rules).Count(clock => clock.Objective == "house").ShouldBe(occurrences);
    }

    [Fact]
    public void T21_What_a_policy_names_goes_before_what_the_objective_knows_by_itself()
    {
        const string Stops = """{"objective":"first-response","limit":"4 hours","stop":["human-contact","resolved"]}""";
        Case.Under(Stops).Do(new Resolve("solved")).Verdicts(Objective.FirstResponse).ShouldBe([ClockVerdict.Met]);
        const string Cancels = """{"objective":"first-response","limit":"4 hours","cancel":["human-contact"]}""";
        Case.Under(Cancels).Do(new Core.Intake.RecordInteraction(Core.Intake.Direction.Outbound, "phone")).Verdicts(Objective.FirstResponse)
            .ShouldBe([ClockVerdict.Cancelled]);
    }

    [Fact]
    public void Judging_validity_stops_its_clock_and_no_other_and_ending_a_case_by_it_does_both()
    {
        const string Both = """{"objective":"validity-decision","limit":"4 hours"},{"objective":"resolution","limit":"100 hours"}""";
        var situation = Case.Under(Both);
        var judged = situation.Complaint! with
        {
            Clocks = situation.Complaint.Clocks.With(new ClockFact(FactKind.ValidityJudged, Case.Hour(1))),
        };
        var clocks = Clocks.Project(judged, situation.Rules);
        clocks.Single(clock => clock.Objective == Objective.ValidityDecision).IsMet.ShouldBeTrue();
        clocks.Single(clock => clock.Objective == Objective.Resolution).IsRunning.ShouldBeTrue();

        situation.Do(new DecideNotEstablished("not-established", "No."));
        Clocks.Project(situation.Complaint!, situation.Rules).Where(clock => clock.IsOpen).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"objective":"resolution","limit":"1 hour","stop":["resolved"],"cancel":["resolved"]}""",
        "policy.stop_and_cancel", "objectives[0].cancel")]
    [InlineData("""{"objective":"resolution","limit":"1 hour","for":["technical"]}""", "policy.for_matches_nothing", "objectives[0].for")]
    [InlineData("""{"objective":"approval","limit":"1 hour","for":["technical"]}""", "policy.for_matches_nothing", "objectives[0].for")]
    [InlineData("""{"objective":"resolution","limit":"1 hour","cancel":["nonsense"]}""", "definition.missing", "objectives[0].cancel")]
    [InlineData("""{"objective":"resolution","limit":"1 hour","cancel":["signal:"]}""", "definition.missing", "objectives[0].cancel")]
    [InlineData("""{"objective":"resolution","limit":"1 hour","cancel":["signal:cannot-wait"]}""", null, null)]
    [InlineData("""{"objective":"sign-for","limit":"1 hour","for":["technical"]}""", null, null)]
    [InlineData("""{"objective":"sign-for","limit":"1 hour","for":["tecnical"]}""", "definition.missing", "objectives[0].for")]
    [InlineData("""{"objective":"approval","limit":"1 hour","for":["proposal"]}""", null, null)]
    public void A_policy_that_can_never_do_what_it_says_is_refused(string objective, string? code, string? path)
    {
        var problem = DefinitionKinds.Check("policy", "test", Policies.Json(objective, order: 7), Rulebook.BuiltIn)?.Details
            .SingleOrDefault();
        problem?.Code.ShouldBe(code);
        (problem is null).ShouldBe(code is null);
        problem?.Data["path"].ShouldBe(path);
    }

    [Theory]
    [InlineData("soon", "limit.syntax")]
    [InlineData("28 days", null)]
    public void X25_The_window_for_reviews_is_a_limit(string window, string? code)
    {
        var json = Policies.Json("""{"objective":"resolution","limit":"1 hour"}""", order: 7)
            .Replace("\"order\"", $"\"reviewWindow\":\"{window}\",\"order\"");
        DefinitionKinds.Check("policy", "test", json, Rulebook.BuiltIn)?.Details.Single().Code.ShouldBe(code);
    }
}
