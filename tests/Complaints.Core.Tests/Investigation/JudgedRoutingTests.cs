using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;

namespace Complaints.Core.Tests.Investigation;

/// <summary>S043: what is established goes where the routing says; and each point has its outcome in the end.</summary>
public sealed class JudgedRoutingTests
{
    private const string Rows = """
        { "rows": [
            { "when": { "finding": ["established"], "department": ["logistics"] },
              "team": "escalations", "owner": "mei", "track": "manager" },
            { "when": { "finding": ["established", "partly-established"] }, "team": "experts", "track": "manager" },
            { "team": "first-line" } ] }
        """;

    private static readonly DecideValidity Established = new("established", "sufficient", "reasonable", "true", 1, "logistics");
    private static readonly DecideValidity Partly = new("partly-established", "sufficient", "partly-reasonable", "partly-true", 1);
    private static readonly DecideValidity Not = new("not-established", "insufficient", "not-reasonable", "misuse", 1);

    private static Situation Case() => new Situation
    {
        Rules = Rulebook.From([new(TenantId.Default, "routing", "default", 2, Rows, default, "adam")]),
    }.Do(new Register(Situation.Draft)).Do(new HandOver("amy", "first-line", "expertise", Track: "agent"));

    [Fact]
    public void S043_S045_What_is_established_goes_to_the_managers_by_its_department_and_what_is_not_stays()
    {
        var situation = Case().Do(Established);
        var handed = situation.Decisions[^1].Events.OfType<HandedOver>().ShouldHaveSingleItem();
        (handed.Owner, handed.Team, handed.Track, handed.Reason, handed.IsFirst)
            .ShouldBe(("mei", "escalations", "manager", "routing", false));
        (handed.Route!.Row, handed.Route.Version).ShouldBe((1, 2));
        situation.Complaint!.Responsibility.Owner.ShouldBe("mei");

        Case().Do(Not).Decisions[^1].Events.OfType<HandedOver>().ShouldBeEmpty("no row is for it, and that for new cases is for new cases");
        var partly = Case().Do(Partly).Complaint!.Responsibility;
        (partly.Owner, partly.Team, partly.Track).ShouldBe((null, "experts", "manager"), "whose it is the team says");
    }

    [Fact]
    public void S043_It_goes_once_every_point_is_judged_and_not_again_where_the_same_is_judged_again()
    {
        var situation = Case().Do(new RaisePoint("Rude.")).Do(Established);
        situation.Decisions[^1].Events.OfType<HandedOver>().ShouldBeEmpty("one point is left");
        situation.Do(Not with { Point = 2 }).Complaint!.Responsibility.Owner.ShouldBe("mei");
        situation.Do(new HandOver("kim", "escalations", "workload")).Do(Established with { Remark = "Again." });
        situation.Complaint!.Responsibility.Owner.ShouldBe("kim", "who has it keeps it");
        situation.Do(Partly).Complaint!.Responsibility.Team.ShouldBe("experts", "it is judged otherwise");
    }

    [Fact]
    public void S043_S116_Nobody_gets_it_who_must_keep_out()
    {
        var situation = Case().Do(new AddParticipant("accused", Staff: "mei")).Do(Established);
        var had = situation.Complaint!.Responsibility;
        (had.Owner, had.Team).ShouldBe((null, "escalations"));
    }

    [Theory]
    [InlineData("""{ "finding": ["made-up"] }""")]
    [InlineData("""{ "finding": ["established", "yes"] }""")]
    public void S043_A_finding_that_there_is_not_is_not_published(string when) =>
        DefinitionKinds.Check("routing", "default", $$"""{ "rows": [ { "when": {{when}}, "team": "a" } ] }""", Rulebook.BuiltIn)!
            .Details.ShouldHaveSingleItem().Code.ShouldBe("definition.missing");

    [Fact]
    public void X30_S041_Each_point_has_its_outcome_when_the_case_has_one()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Rude.")).Do(new RaisePoint("Late.")).Do(new RaisePoint("Again."))
            .Do(Established).Do(Not with { Point = 2 }).Do(new DropPoint(4, PointDrop.Duplicate, 3));
        Outcomes(situation).ShouldBe([null, null, null, null]);
        situation.Do(new Resolve("solved"));
        Outcomes(situation).ShouldBe(["solved", "not-established", "solved", null]);
        situation.Do(new Reopen("new-facts"));
        Outcomes(situation).ShouldBe([null, null, null, null], "a new round has none yet");

        var declined = Situation.Registered().Do(new RaisePoint("Rude.")).Do(Not).Do(new DecideNotEstablished("declined", "Not ours."));
        Outcomes(declined).ShouldBe(["declined", "declined"], "as the case was decided");
        Outcomes(declined.Do(new NotifyResult("phone")).Do(new ConfirmSolved()).Do(new Close())).ShouldBe(["declined", "declined"]);
        var zh = new Wording(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"));
        var told = Situation.Registered().Do(Established).Do(new Resolve("solved"));
        SubjectWords.Of(told.Complaint!, new("point", "1"), told.Rules, zh)
            .ShouldEndWith(zh.Say(told.Rules.Outcomes.Named("solved").Label));
    }

    private static IEnumerable<string?> Outcomes(Situation situation) =>
        situation.Complaint!.Points.Select(point => situation.Complaint.OutcomeOf(point));
}
