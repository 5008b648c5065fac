using System.Globalization;
using Complaints.Core.Lifecycle;
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
            var explained = Explanation.Of(situation.Complaint!, clock.Id, situation.Rules, situation.Now).ShouldNotBeNull();
            explained.Segments[0].From.ShouldBe(clock.StartedAt);
            explained.Segments[^1].To.ShouldBe(clock.Due!.Value);
            for (var i = 1; i < explained.Segments.Length; i++)
                explained.Segments[i].From.ShouldBe(explained.Segments[i - 1].To);
            (explained.Counted + explained.Skipped + explained.Paused).ShouldBe(clock.Due.Value - clock.StartedAt);
            explained.Segments.ShouldContain(segment => segment.Kind == SegmentKind.Paused && segment.Reason == "parts");
        }
        Explanation.Of(situation.Complaint!, Objective.FirstResponse + "/1", situation.Rules, situation.Now)!.Counted.ShouldBe(Duration.FromHours(8));
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
    public void A_clock_that_is_not_there_has_no_explanation() =>
        Explanation.Of(Situation.Registered().Complaint!, "resolution/9", Core.Definitions.Rulebook.BuiltIn, Situation.Morning).ShouldBeNull();
}
