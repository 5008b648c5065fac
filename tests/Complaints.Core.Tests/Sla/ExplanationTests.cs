using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

public sealed class ExplanationTests
{
    [Fact]
    public void T24_Every_second_is_accounted_for_and_the_counted_ones_are_the_limit()
    {
        var situation = Situation.Registered();
        situation.After(Duration.FromHours(1)).Do(new PlaceOnHold("parts")).After(Duration.FromHours(26)).Do(new ReleaseHold("parts"));
        foreach (var clock in Clocks.Project(situation.Complaint!, situation.Rules))
        {
            var explained = Explanation.Of(situation.Complaint!, clock.Id, situation.Rules, clock.Due!.Value).ShouldNotBeNull();
            explained.Segments[0].From.ShouldBe(clock.StartedAt);
            explained.Segments[^1].To.ShouldBe(clock.Due!.Value);
            for (var i = 1; i < explained.Segments.Length; i++)
                explained.Segments[i].From.ShouldBe(explained.Segments[i - 1].To);
            (explained.Counted + explained.Skipped + explained.Paused).ShouldBe(clock.Due.Value - clock.StartedAt);
            explained.Segments.ShouldContain(segment => segment.Kind == SegmentKind.Paused && segment.Reason == "parts");
        }
        var whole = ClockSituations.Of(situation, Objective.FirstResponse).Single();
        Explanation.Of(situation.Complaint!, whole.Id, situation.Rules, whole.Due!.Value)!.Counted.ShouldBe(Duration.FromHours(8));
    }

    [Fact]
    public void T24_The_text_is_there_in_both_languages()
    {
        var situation = Situation.Registered().Do(new PlaceOnHold("parts"));
        var explained = Explanation.Of(situation.Complaint!, Objective.FirstResponse + "/1", situation.Rules, situation.Now + Duration.FromHours(5))!;
        explained.In(CultureInfo.GetCultureInfo("en")).ShouldContain("paused (Waiting for parts)");
        explained.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("暂停（");
        explained.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("2026-09-01 09:00:00");
    }

    [Fact]
    public void T24_A_running_clock_is_explained_up_to_now_with_what_it_has_taken_and_what_is_left()
    {
        // Tuesday 09:00 to 18:00 in Shanghai; eight working hours.
        var rules = Policies.Of([Policies.NineToSix], ("test", Policies.Json("""{"objective":"resolution","limit":"8 working hours"}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft));
        var clock = ClockSituations.Of(situation, Objective.Resolution).Single();
        Told(3).ShouldBe((3, 5, 0));
        Told(8).ShouldBe((8, 0, 0));
        Told(9.5).ShouldBe((9, 0, 1), "the desk closed an hour after it was due");
        Told(25).ShouldBe((10, 0, 2));
        Told(-1).ShouldBe((0, 8, 0));
        var explained = Explanation.Of(situation.Complaint!, clock.Id, situation.Rules, ClockSituations.At(25))!;
        explained.Segments.Select(segment => segment.Kind).ShouldBe([SegmentKind.Counted, SegmentKind.Skipped, SegmentKind.Counted]);
        (explained.Segments[^1].To, explained.Counted).ShouldBe((ClockSituations.At(25), Duration.FromHours(10)));
        explained.Time.ShouldBe(clock.TimeAt(ClockSituations.At(25)));
        explained.In(CultureInfo.GetCultureInfo("en")).ShouldContain("elapsed 10:00:00, remaining 0:00:00, overdue 2:00:00");
        explained.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("已用 10:00:00，剩余 0:00:00，超时 2:00:00");

        (double, double, double) Told(double hours)
        {
            var time = clock.TimeAt(ClockSituations.At(hours));
            return (time.Elapsed.TotalHours, time.Remaining.TotalHours, time.Overdue.TotalHours);
        }
    }

    [Fact]
    public void T24_A_clock_that_waits_tells_what_is_left_if_it_went_on_now_and_one_that_ended_what_was_left_then()
    {
        var situation = ClockSituations.With(ClockSituations.TenHours).At(4).Do(new PlaceOnHold("parts"));
        var waiting = ClockSituations.Of(situation, Objective.Resolution).Single();
        waiting.TimeAt(ClockSituations.At(7)).ShouldBe(new(Duration.FromHours(4), Duration.FromHours(6), Duration.Zero));
        situation.At(8).Do(new ReleaseHold("parts")).At(9).Do(new Resolve("solved"));
        var ended = ClockSituations.Of(situation, Objective.Resolution).Single();
        ended.TimeAt(ClockSituations.At(500)).ShouldBe(new(Duration.FromHours(5), Duration.FromHours(5), Duration.Zero));
        ended.TimeAt(ClockSituations.At(6)).ShouldBe(new(Duration.FromHours(4), Duration.FromHours(6), Duration.Zero), "as it was then");
        var promised = ClockSituations.With(ClockSituations.TenHours).Do(new AgreeDeadline(ClockSituations.At(6)));
        ClockSituations.Of(promised, Objective.Agreed).Single().TimeAt(ClockSituations.At(8)).Overdue.ShouldBe(Duration.FromHours(2));
        var extended = ClockSituations.Extended().At(3).Do(new PlaceOnHold("parts"));
        ClockSituations.Of(extended, Objective.Resolution).Single().TimeAt(ClockSituations.At(4)).Remaining
            .ShouldBe(Duration.FromHours(10), "until 14:00");
    }

    [Fact]
    public void T24_A_clock_in_a_calendar_that_never_closes_is_explained_too()
    {
        var rules = Policies.Of(
            [Policies.Define(SharedDefinitions.Calendars.Name, "always", 1, new CalendarBuilder("UTC").Always().ToDefinition().ToJson())],
            ("test", Policies.Json("""{"objective":"resolution","limit":"8 working hours","calendar":"always"}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft));
        var explained = Explanation.Of(situation.Complaint!, "resolution/1", rules, ClockSituations.At(3))!;
        explained.Segments.ShouldHaveSingleItem().Kind.ShouldBe(SegmentKind.Counted);
    }

    [Fact]
    public void A_clock_that_is_not_there_has_no_explanation() =>
        Explanation.Of(Situation.Registered().Complaint!, "resolution/9", Core.Definitions.Rulebook.BuiltIn, Situation.Morning).ShouldBeNull();
}
