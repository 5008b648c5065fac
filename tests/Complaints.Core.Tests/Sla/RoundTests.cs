using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class RoundTests
{
    private const string Continued = """{"objective":"resolution","limit":"10 hours","reopening":"continue"}""";

    [Fact]
    public void T14_Continue_carries_what_was_counted_and_the_time_in_between_is_inactive()
    {
        var situation = Reopened(Continued, resolvedAt: 4, reopenedAt: 100);
        var clocks = Of(situation, Objective.Resolution);
        clocks.Select(clock => clock.Id).ShouldBe(["resolution/1", "resolution/2"]);
        clocks[0].IsMet.ShouldBeTrue();
        clocks[1].StartedAt.ShouldBe(At(0));
        clocks[1].Due.ShouldBe(At(106), "four of the ten hours were used");

        var explanation = Explanation.Of(situation.Complaint!, "resolution/2", situation.Rules, At(106))!;
        explanation.Segments.Select(segment => segment.Kind).ShouldBe([SegmentKind.Counted, SegmentKind.Inactive, SegmentKind.Counted]);
        (explanation.Counted, explanation.Inactive).ShouldBe((Duration.FromHours(10), Duration.FromHours(96)));
        explanation.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("已解决，未计时");
    }

    [Fact]
    public void T14_Each_further_round_carries_on_the_one_before()
    {
        var situation = Reopened(Continued, resolvedAt: 4, reopenedAt: 100).At(102).Do(new Resolve("solved")).At(200).Do(
            new Reopen("other", "Once more."));
        Of(situation, Objective.Resolution)[^1].Due.ShouldBe(At(204));
        situation.Complaint!.Clocks.Results.Select(result => (result.Clock, result.Verdict)).ShouldBe([("resolution/1", ClockVerdict.Met), ("resolution/2", ClockVerdict.Met)]);
    }

    [Fact]
    public void T14_A_statutory_limit_counts_the_inactive_time()
    {
        var situation = Reopened("""{"objective":"resolution","limit":"10 hours","reopening":"continue","countsInactive":true}""", resolvedAt: 4, reopenedAt: 7);
        Of(situation, Objective.Resolution)[^1].Due.ShouldBe(At(10));
        Explanation.Of(situation.Complaint!, "resolution/2", situation.Rules, At(10))!.Counted.ShouldBe(Duration.FromHours(10));
    }

    [Fact]
    public void T14_A_clock_that_was_breached_stays_so_and_gives_no_second_breach()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours","reopening":"continue","escalations":[{"at":"due","level":1},{"at":"5 hours after","level":2}]}""");
        situation.At(12).Do(new FireClocks(), Actor.System).At(13).Do(new Resolve("solved")).At(100).Do(new Reopen("other", "Again."));
        Of(situation, Objective.Resolution)[^1].WasBreached.ShouldBeTrue();
        situation.At(300).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due");
        situation.Do(new Resolve("solved"));
        situation.Complaint!.Clocks.Results.Select(result => (result.Clock, result.Verdict)).ShouldBe([("resolution/1", ClockVerdict.Breached), ("resolution/2", ClockVerdict.Breached)]);
        situation.Decisions.SelectMany(decision => decision.Events).OfType<ClockBreached>().Count().ShouldBe(1);
    }

    [Fact]
    public void T14_A_new_round_is_the_usual_thing_and_keeps_the_policy_it_had()
    {
        var situation = Reopened("""{"objective":"resolution","limit":"10 hours"}""", resolvedAt: 4, reopenedAt: 100);
        Of(situation, Objective.Resolution)[^1].Due.ShouldBe(At(110));
        situation.Complaint!.Clocks.Policy!.Value.Version.ShouldBe(2);
    }

    [Fact]
    public void T14_A_round_stays_under_its_own_policy_when_a_review_is_judged_by_another()
    {
        var situation = Reviewed(
            """{"objective":"resolution","limit":"10 hours"},{"objective":"progress-update","start":["received"],"limit":"3 hours"}""",
            """{"objective":"resolution","start":["review-requested"],"limit":"20 hours"}"""
            + """,{"objective":"final-reply","start":["received","review-requested"],"limit":"30 hours"}""");
        Ids(situation).ShouldBe(["final-reply/2", "progress-update/1", "resolution/1", "resolution/2"],
            "no reply was owed in the first round, and what was owed there is told of it");
        var (first, second) = (Of(situation, Objective.Resolution)[0], Of(situation, Objective.Resolution)[1]);
        (first.StartedAt, first.Due, first.IsMet).ShouldBe((At(0), At(10), true));
        (second.StartedAt, second.Due).ShouldBe((At(5), At(25)));
        Of(situation, Objective.ProgressUpdate).ShouldHaveSingleItem().Round.ShouldBe(1, "the second policy has none");
        Explanation.Of(situation.Complaint!, "resolution/1", situation.Rules, At(6)).ShouldNotBeNull()
            .Counted.ShouldBe(Duration.FromHours(4));
    }

    [Fact]
    public void T14_A_round_that_a_review_ends_is_measured_by_its_own_policy()
    {
        // Nothing stops it: the request itself ends it, in the instant in which the other policy is pinned.
        var situation = Reviewed(
            """{"objective":"resolution","start":["received"],"stop":["signal:told"],"limit":"40 hours"}""",
            """{"objective":"resolution","start":["review-requested"],"stop":["signal:told"],"limit":"7 hours"}""");
        var clocks = Of(situation, Objective.Resolution);
        clocks.Select(clock => (clock.Round, clock.StartedAt, clock.Due, clock.CancelledAt)).ShouldBe(
            [(1, At(0), (Instant?)At(40), (Instant?)At(5)), (2, At(5), At(12), null)]);
    }

    private static string[] Ids(Situation situation) =>
        [.. Clocks.Project(situation.Complaint!, situation.Rules).Select(clock => clock.Id).Order(StringComparer.Ordinal)];

    private static Situation Reviewed(string first, string second)
    {
        var situation = new Situation
        {
            Rules = Policies.Of(("test", Policies.Json(first, """{"stages":[1]}""")),
                ("review", Policies.Json(second, """{"stages":[2]}"""))),
        };
        return situation.Do(new Register(Situation.Draft)).At(4).Do(new Resolve("solved")).Do(new NotifyResult("email"))
            .At(5).Do(new RequestReview("phone"));
    }
}
