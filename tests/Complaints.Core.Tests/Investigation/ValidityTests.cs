using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Whether points are established: grounds and demand apart, and what the case may come to by that.</summary>
public sealed class ValidityTests
{
    private static readonly DecideValidity Right = new("established", "sufficient", "reasonable", "true", Department: "technical-support");
    private static readonly DecideValidity Wrong = new("not-established", "insufficient", "not-reasonable", "misuse");
    private static readonly DecideNotEstablished End = new("not-established", "Used outdoors.");
    private static readonly Actor Rita = new("rita", Role.Agent);

    private static Situation Two() => Situation.Registered().Do(new RaisePoint("Rude.", "service", "attitude"));

    [Fact]
    public void S041_Grounds_and_demand_are_two_answers_of_each_point()
    {
        var situation = Two().Do(Right with { Point = 1, Demand = PointDemand.Partly }).Do(Wrong with { Point = 2 });
        situation.Complaint!.Points.Select(point => (point.Validity, point.Grounds, point.Demand)).ShouldBe(
            [("established", "sufficient", "partly-reasonable"), ("not-established", "insufficient", "not-reasonable")]);
        situation.Complaint.State.ShouldBe(ComplaintState.Registered, "it moves nothing");
    }

    [Fact]
    public void S065_An_established_point_has_a_department_of_its_own()
    {
        var situation = Two();
        situation.Try(Right with { Department = " " }).Refusal!.Code.ShouldBe("validity.department_missing");
        situation.Do(Right with { Point = 1 }).Do(Right with { Point = 2, Department = "customer-service" });
        situation.Complaint!.Points.Select(point => point.Department).ShouldBe(["technical-support", "customer-service"]);
        situation.Try(Right with { Validity = "partly-established", Department = null }).Refusal.ShouldBeNull();
        situation.Try(Right with { Department = new string('x', 101) }).Refusal!.Code.ShouldBe("text.too_long");
    }

    [Fact]
    public void S065_Where_the_organisation_names_departments_it_is_one_of_them()
    {
        var situation = Two();
        var json = """{"departments":[{"code":"shop","label":{"en":"Shop","zh":"门店"}}]}""";
        situation.Rules = Rulebook.From([new(TenantId.Default, "organisation", "default", 2, json, default, "adam")]);
        var unknown = situation.Try(Right).Refusal!;
        (unknown.Code, unknown.Data["field"], unknown.Data["known"]).ShouldBe(("code.unknown", "department", "shop"));
        var wording = new Wording(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"));
        situation.Do(Right with { Department = "shop" });
        SubjectWords.Of(situation.Complaint!, new("point", "1"), situation.Rules, wording).ShouldEndWith("成立 · 门店");
    }

    [Fact]
    public void S041_All_open_points_are_judged_together_again_if_need_be_and_dropped_ones_are_not()
    {
        var situation = Two().Do(new RaisePoint("Late.")).Do(new DropPoint(3, PointDrop.Withdrawn)).Do(Right with { Point = 1 }).Do(Wrong);
        situation.Complaint!.Points.Select(point => point.Validity).ShouldBe(["not-established", "not-established", null]);
        situation.Complaint.Points[0].Department.ShouldBeNull("what was said before counts no more");
        situation.Decisions[^1].Events.OfType<ValidityJudged>().Single().Points.ShouldBe([1, 2]);
    }

    [Fact]
    public void S041_What_contradicts_itself_or_is_about_nothing_is_refused_and_changes_nothing()
    {
        var situation = Two().Do(new DropPoint(2, PointDrop.Withdrawn));
        Code(Right with { Grounds = PointGrounds.Insufficient }).ShouldBe("validity.contradiction");
        Code(Right with { Point = 2 }).ShouldBe("point.not_found", "it was dropped");
        Code(Right with { Point = 0 }).ShouldBe("point.not_found");
        Code(Right with { Validity = "perhaps" }).ShouldBe("code.unknown");
        Code(Right with { Grounds = "" }).ShouldBe("text.required");
        Code(Right with { Demand = "some" }).ShouldBe("code.unknown");
        Code(Right with { Reason = "because" }).ShouldBe("code.unknown");
        Code(Right with { Reason = "other" }).ShouldBe("text.required");
        Code(Right).ShouldBeNull("the control");
        situation.Try(Right with { Point = 9 }).Refusal!.Data["known"].ShouldBe("1");

        string? Code(DecideValidity command)
        {
            var tried = situation.Try(command);
            tried.Events.IsEmpty.ShouldBe(tried.Refusal is not null);
            return tried.Refusal?.Code;
        }
    }

    [Fact]
    public void S041_The_time_limit_of_the_decision_stops_with_the_last_point()
    {
        const string Objective = """{"objective":"validity-decision","limit":"10 hours"}""";
        Situation Begun() => Case.Under(Objective).Do(new RaisePoint("Rude."));
        Begun().At(1).Do(Right with { Point = 1 }).Clock("validity-decision").IsRunning.ShouldBeTrue("the other is not judged");
        Begun().At(1).Do(Right with { Point = 1 }).At(2).Do(Wrong with { Point = 2 }).Clock("validity-decision").StoppedAt
            .ShouldBe(Case.Hour(2));
        Begun().At(1).Do(Right).Clock("validity-decision").StoppedAt.ShouldBe(Case.Hour(1));
        Begun().At(1).Do(Right with { Point = 1 }).At(3).Do(new DropPoint(2, PointDrop.Withdrawn)).Clock("validity-decision").StoppedAt
            .ShouldBe(Case.Hour(3), "nothing is left to be judged");
        Begun().At(1).Do(new DropPoint(2, PointDrop.Withdrawn)).Clock("validity-decision").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void S041_Only_what_is_nowhere_established_ends_as_not_established()
    {
        var situation = Two().Do(new RaisePoint("Late.")).Do(Right with { Point = 1 }).Do(
            Right with { Point = 3, Validity = "partly-established" });
        var refused = situation.Try(End).Refusal!;
        (refused.Code, refused.Data["points"]).ShouldBe(("validity.established", "point/1, point/3"));
        situation.Complaint!.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("decide-not-established"));
        refused.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("诉求点 1、诉求点 3");

        situation.Do(Wrong with { Point = 1 }).Do(Wrong with { Point = 3 }).Do(End);
        situation.Complaint!.State.ShouldBe(ComplaintState.NotEstablished);
        situation.Complaint.Points.Select(point => (point.Validity, point.Grounds)).ShouldBe(
            [("not-established", "insufficient"), ("not-established", null), ("not-established", "insufficient")]);
    }

    [Fact]
    public void S041_A_point_that_was_dropped_hinders_nothing_and_is_not_judged()
    {
        var situation = Two().Do(new DropPoint(2, PointDrop.Withdrawn)).Do(End);
        situation.Complaint!.Points.Select(point => point.Validity).ShouldBe(["not-established", null]);
    }

    [Fact]
    public void S041_After_a_reopening_it_stays_decided_until_it_is_judged_again()
    {
        var situation = Two().Do(Right with { Point = 1 }).Do(Wrong with { Point = 2 }).Do(new Resolve("solved"))
            .Do(new Reopen("problem-persists"));
        situation.Complaint!.Points.Select(point => point.Validity).ShouldBe(["established", "not-established"]);
        situation.Try(End).Refusal!.Code.ShouldBe("validity.established");
        situation.Do(Wrong).Try(End).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S041_In_a_review_nobody_judges_who_decided_in_the_first_stage()
    {
        var situation = Two().Do(Wrong).Do(End, Situation.Supervisor).Do(new NotifyResult("email"))
            .Do(new GrantReview(Rita.Id), Situation.Director);
        situation.Complaint!.Progress.Rounds[0].Deciders.ShouldBe([Situation.Agent.Id, Situation.Supervisor.Id]);
        var forAmy = new Actor("ben", Role.Agent) { OnBehalfOf = Situation.Agent.Id };
        foreach (var first in new[] { Situation.Agent, Situation.Supervisor, forAmy })
        {
            foreach (var command in new ComplaintCommand[] { Right, End })
            {
                var refused = situation.Try(command, first).Refusal!;
                (refused.Code, refused.Data["value"]).ShouldBe(("review.decided_before",
                    first == Situation.Supervisor ? Situation.Supervisor.Id : Situation.Agent.Id));
            }
            situation.Complaint.PermittedNames(situation.Context(first)).ShouldNotContain(new CommandName("decide-validity"));
        }
        situation.Do(Right with { Point = 1 }, Rita).Do(Wrong with { Point = 2 }, Rita).Do(Wrong with { Point = 1 }, Rita)
            .Try(End, Rita).Refusal.ShouldBeNull("what the reviewer decides in the review hinders nothing");
    }

    [Fact]
    public void S041_Who_judged_does_not_review()
    {
        var situation = Two().Do(Right, Rita).Do(new Resolve("solved"));
        situation.Try(new GrantReview(Rita.Id), Situation.Director).Refusal!.Code.ShouldBe("review.not_independent");
    }

    [Fact]
    public void S041_It_may_be_judged_again_within_a_stage_by_who_judged_before() =>
        Two().Do(Right).Do(new Resolve("solved")).Do(new Reopen("new-facts")).Do(Wrong).Complaint!.Points
            .ShouldAllBe(point => point.Validity == PointValidity.Not);
}
