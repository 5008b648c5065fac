using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>Situations of other desks, each with where it was reported or described.</summary>
public sealed class OtherDesksTests
{
    [Fact]
    public void T12_chatwoot_13392_Changing_the_policy_and_back_ends_at_the_first_due_instant_and_keeps_the_start()
    {
        var situation = Case.UnderPolicies(
            ("slow", Case.PolicyFor("p3", """{"objective":"resolution","limit":"10 hours","neverLater":true}""")),
            ("fast", Case.PolicyFor("p1", """{"objective":"resolution","limit":"20 hours","neverLater":true}""")));
        situation.At(1).Do(new Classify(Severity: "critical", Urgency: "urgent"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(10), "a longer limit does not help");
        situation.At(2).Do(new Classify(Severity: "minor", Urgency: "normal"));
        (situation.Clock(Objective.Resolution).StartedAt, situation.Clock(Objective.Resolution).Due).ShouldBe((Case.Hour(0), Case.Hour(10)));
    }

    [Fact]
    public void T1_frappe_helpdesk_2212_Two_windows_a_day_are_counted_both()
    {
        var calendar = new CalendarBuilder("Asia/Kolkata").Weekdays("09:00-13:00", "14:00-18:00").Build();
        var monday = Instant.FromUtc(2026, 3, 2, 3, 30);
        calendar.Between(monday, monday + Duration.FromHours(24)).ShouldBe(Duration.FromHours(8));
    }

    [Fact]
    public void T16_frappe_32328_An_automatic_mail_is_no_first_response()
    {
        var situation = Case.Under("""{"objective":"first-response","limit":"2 hours"}""");
        situation.At(0.1).Do(new Acknowledge()).Do(new RecordInteraction(Direction.Outbound, "email", ByPerson: false));
        situation.Clock(Objective.FirstResponse).IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void T10_erpnext_49414_Several_holds_at_once_are_one_wait_and_the_last_release_ends_it()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours"}""");
        situation.At(1).Do(new PlaceOnHold("parts")).At(2).Do(new PlaceOnHold("legal")).At(4).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).IsPaused.ShouldBeTrue("one reason is left");
        situation.At(6).Do(new ReleaseHold("legal"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(15), "five hours, not eight");
    }

    [Fact]
    public void T10_ServiceNow_A_hold_that_is_written_down_late_counts_from_when_it_began()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours"}""").At(6);
        var held = situation.Late(new PlaceOnHold("parts"), 2);
        var released = Complaint.Decide(held.Complaint, new ReleaseHold("parts"), situation.At(8).Context());
        Clocks.Project(released.Complaint, situation.Rules).Single().Due.ShouldBe(Case.Hour(16));
        situation.Late(new PlaceOnHold("parts"), -1).Refusal!.Code.ShouldBe("time.before_receipt");
    }

    [Fact]
    public void T10_ServiceNow_A_pause_wholly_outside_the_hours_is_none()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"8 working hours"}""");
        var due = situation.Clock(Objective.Resolution).Due;
        situation.At(17).Do(new PlaceOnHold("parts")).At(30).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(due, "from 18:00 to 07:00 nobody works");
    }

    [Fact]
    public void T23_ServiceNow_A_changed_policy_repairs_no_running_clock_by_itself()
    {
        var situation = Case.UnderPolicies(("test", Case.Policies("""{"objective":"resolution","limit":"10 hours"}""")));
        var newer = Rulebook.From([
            new Definition(TenantId.Default, SlaDefinitions.Policies.Name, "test", 2,
                Case.Policies("""{"objective":"resolution","limit":"10 hours"}"""), default, "test"),
            new Definition(TenantId.Default, SlaDefinitions.Policies.Name, "test", 3,
                Case.Policies("""{"objective":"resolution","limit":"1 hour"}"""), default, "test"),
        ]);
        Clocks.Project(situation.Complaint!, newer).Single().Due.ShouldBe(Case.Hour(10));
    }

    [Fact]
    public void T11_HOCS_A_waiting_clock_has_no_due_instant_not_one_in_the_year_9999()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"20 working days"}""").At(1).Do(new PlaceOnHold("legal"));
        situation.Clock(Objective.Resolution).Due.ShouldBeNull();
        Clocks.NextDue([.. Clocks.Project(situation.Complaint!, situation.Rules)]).ShouldBeNull();
        situation.At(24 * 300).Do(new ReleaseHold("legal"));
        situation.Clock(Objective.Resolution).Due!.Value.InUtc().Year.ShouldBe(2027);
    }

    [Fact]
    public void T10_Dynamics_Pausing_inside_and_resuming_outside_the_hours_counts_the_part_inside()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"8 working hours"}""");
        // Tuesday 15:00 until Wednesday 07:00: two working hours of Tuesday.
        situation.At(14).Do(new PlaceOnHold("parts")).At(30).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Instant.FromUtc(2026, 9, 2, 11, 0));
    }

    [Fact]
    public void T10_Dynamics_Pausing_outside_and_resuming_inside_the_hours_counts_the_part_inside()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"8 working hours"}""");
        situation.At(3).Do(new PlaceOnHold("parts")).At(11).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Instant.FromUtc(2026, 9, 2, 12, 0), "from 09:00 to 12:00 it waited");
    }

    [Fact]
    public void T4_osTicket_6739_A_schedule_that_never_opens_is_refused_and_nothing_hangs() =>
        Should.Throw<ArgumentException>(() => new CalendarBuilder("UTC").Build()).Message.ShouldContain("calendar.never_open");

    [Fact]
    public void T14_osTicket_5955_A_statutory_limit_counts_the_time_in_which_the_case_was_closed()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours","pausable":false,"reopening":"continue","countsInactive":true}""");
        situation.At(4).Do(new Resolve("solved")).At(7).Do(new Reopen("other", "Again."));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(10));
    }

    [Fact]
    public void T25_osTicket_4144_dbt_zendesk_92_A_late_fact_corrects_a_result_and_the_old_one_stays()
    {
        var situation = Case.Under("""{"objective":"first-response","limit":"2 hours"}""").At(3).Do(new FireClocks(), Actor.System);
        var corrected = situation.Late(new RecordInteraction(Direction.Outbound, "phone"), 1);
        corrected.Complaint.Clocks.Results.Select(result => result.Verdict).ShouldBe([ClockVerdict.Breached, ClockVerdict.Met]);
    }

    [Fact]
    public void T21_alga_psa_3091_What_is_over_when_it_is_registered_starts_no_clock_that_is_late()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"2 hours"}""", """{"objective":"follow-up-visit","limit":"3 days"}""");
        situation.At(0.5).Do(new Resolve("solved", ConfirmedInCall: true));
        situation.At(40).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due");
        situation.Clock(Objective.FollowUpVisit).IsRunning.ShouldBeTrue("what the resolution starts does start");
    }

    [Fact]
    public void T7_correspondence_tool_2879_A_deadline_in_working_days_does_not_begin_on_a_free_day_of_receipt()
    {
        var calendar = new CalendarBuilder("Europe/London").Weekdays("09:00-17:00").Build();
        TimeLimit.TryParse("1 working day, late receipt counts next working day", out var limit).ShouldBeTrue();
        // Saturday: received on Monday, due on Tuesday.
        limit.DueFrom(Instant.FromUtc(2026, 1, 10, 12, 0), calendar, []).ShouldBe(Instant.FromUtc(2026, 1, 13, 17, 0));
    }
}
