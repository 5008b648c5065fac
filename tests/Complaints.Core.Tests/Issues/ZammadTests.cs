using Complaints.Core.Calendars;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>Situations reported at zammad/zammad; the number of the report stands in each name.</summary>
public sealed class ZammadTests
{
    [Fact]
    public void T1_zammad_3180_A_day_may_have_a_lunch_break_and_an_end_at_midnight()
    {
        var calendar = new CalendarBuilder("Europe/Berlin").Weekdays("08:00-12:00", "13:00-24:00").Build();
        // Monday 2 March 2026, 11:00 in Berlin.
        calendar.Add(Instant.FromUtc(2026, 3, 2, 10, 0), Duration.FromHours(12)).ShouldBe(Instant.FromUtc(2026, 3, 2, 23, 0), "an hour, lunch, and eleven until midnight");
    }

    [Fact]
    public void T8_zammad_5177_3140_Each_objective_has_its_own_clock_and_stops_by_its_own_event()
    {
        var situation = Case.Under("""{"objective":"first-response","limit":"2 hours"}""", """{"objective":"next-response","limit":"4 hours"}""", """{"objective":"resolution","limit":"20 hours"}""");
        situation.At(1).Do(new RecordInteraction(Direction.Outbound, "email")).At(3).Do(new RecordInteraction(Direction.Inbound, "email"));
        situation.Clock(Objective.FirstResponse).IsMet.ShouldBeTrue();
        situation.Clock(Objective.NextResponse).Due.ShouldBe(Case.Hour(7));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(20), "no message moves it");
    }

    [Fact]
    public void T14_zammad_2579_4516_A_case_that_was_late_and_is_reopened_is_not_late_twice_for_one_wait()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours"}""");
        situation.At(12).Do(new FireClocks(), Actor.System).At(13).Do(new Resolve("solved")).At(20).Do(new Reopen("other", "Again."));
        situation.Verdicts(Objective.Resolution).ShouldBe([ClockVerdict.Breached]);
        situation.At(29).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due", "the new round has ten hours of its own");
    }

    [Fact]
    public void T15_zammad_4353_186_A_merged_case_has_no_clock_that_runs_on()
    {
        var situation = Situation.In(ComplaintState.Merged);
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldAllBe(clock => !clock.IsOpen);
        situation.Try(new FireClocks(), Actor.System).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void T22_zammad_4432_Quiet_hours_move_no_deadline()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"20 hours"}""");
        situation.At(1).Do(new RecordInteraction(Direction.Inbound, "phone", Contact: new ContactPreference("America/New_York", ["18:00-20:00"])));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(20));
        ContactWindow.Next(situation.Now, situation.Rules.ContactHours, situation.Complaint!.Receipt.Contact, DateTimeZone.Utc).ShouldBe(Instant.FromUtc(2026, 9, 1, 22, 0), "18:00 in New York");
    }

    [Fact]
    public void T24_zammad_390_A_deadline_says_how_it_came_about()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"8 working hours"}""");
        situation.At(10).Do(new PlaceOnHold("parts")).At(12).Do(new ReleaseHold("parts"));
        var due = situation.Clock(Objective.Resolution).Due!.Value;
        var explained = Explanation.Of(situation.Complaint!, "resolution/1", situation.Rules, due)!;
        explained.Counted.ShouldBe(Duration.FromHours(8));
        (explained.Counted + explained.Skipped + explained.Paused).ShouldBe(due - explained.Clock.StartedAt);
    }
}
