using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Sla;

public sealed class ClockTests
{
    private static readonly BusinessCalendar Office = Calendar("""{"zone":"Asia/Shanghai","week":{"monday":["09:00-12:00","13:00-18:00"],"tuesday":["09:00-12:00","13:00-18:00"],"wednesday":["09:00-12:00","13:00-18:00"],"thursday":["09:00-12:00","13:00-18:00"],"friday":["09:00-12:00","13:00-18:00"]},"dates":[{"date":"2026-09-07","name":"Holiday"},{"date":"2026-09-12","worksLike":"friday"}]}""");

    private static BusinessCalendar Calendar(string json)
    {
        var definition = new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, "default", 2, json, default, "test");
        return Rulebook.From([definition]).Calendar("default");
    }

    private static Instant Shanghai(string local) =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Parse(local).Value.InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();

    [Theory]
    [InlineData("2026-09-01 09:00", "8 working hours", "2026-09-01 18:00")]
    [InlineData("2026-09-01 11:30", "1 working hour", "2026-09-01 13:30")]
    [InlineData("2026-09-04 17:30", "60 working minutes", "2026-09-08 09:30")]
    [InlineData("2026-09-04 10:00", "1 working day", "2026-09-08 18:00")]
    [InlineData("2026-09-10 10:00", "2 working days", "2026-09-12 18:00")]
    [InlineData("2026-09-05 10:00", "24 hours", "2026-09-06 10:00")]
    public void S096_A_limit_in_working_time_skips_nights_lunch_weekends_and_holidays(string start, string limit, string due)
    {
        TimeLimit.TryParse(limit, out var parsed).ShouldBeTrue();
        parsed.DueFrom(Shanghai(start), Office, []).ShouldBe(Shanghai(due));
    }

    [Fact]
    public void T3_A_result_on_closing_time_is_the_closing_instant() =>
        Office.Add(Shanghai("2026-09-01 09:00"), Duration.FromHours(3)).ShouldBe(Shanghai("2026-09-01 12:00"));

    [Fact]
    public void A_limit_round_trips_through_its_text()
    {
        foreach (var text in new[] { "8 working hours", "90 working minutes", "3 working days", "24 hours", "30 days", "8 weeks", "1 month", "3 working days, same time, free last day next working day" })
        {
            TimeLimit.TryParse(text, out var limit).ShouldBeTrue();
            limit.ToString().ShouldBe(text);
        }
        foreach (var wrong in new[] { "", "0 hours", "-1 days", "soon", "3 fortnights", "1.5 hours" })
            TimeLimit.TryParse(wrong, out _).ShouldBeFalse(wrong);
    }

    [Fact]
    public void T10_A_hold_stops_the_clock_and_the_due_instant_moves_by_the_working_time_waited()
    {
        var situation = Situation.Registered();
        var before = Due(situation);
        situation.Do(new PlaceOnHold("parts"));
        Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.FirstResponse).Due.ShouldBeNull("a paused clock has no due instant");
        situation.After(Duration.FromHours(2) - Duration.FromMinutes(1)).Do(new ReleaseHold("parts"));
        Due(situation).ShouldBe(situation.Rules.Calendar("default").Add(before, Duration.FromHours(2)));

        static Instant Due(Situation situation) =>
            Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.FirstResponse).Due!.Value;
    }

    [Fact]
    public void T17_A_clock_that_stops_at_its_due_instant_is_met()
    {
        var situation = Situation.Registered();
        situation.Now = Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.FirstResponse).Due!.Value;
        situation.Do(new RecordInteraction(Direction.Outbound, "phone"));
        Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.FirstResponse).IsMet.ShouldBeTrue();
    }

    [Fact]
    public void S098_S100_The_resolution_starts_the_notification_and_the_follow_up()
    {
        var situation = Situation.In(ComplaintState.Resolved);
        var clocks = Clocks.Project(situation.Complaint!, situation.Rules).ToDictionary(clock => clock.Objective);
        clocks[Objective.ResultNotification].IsRunning.ShouldBeTrue();
        clocks[Objective.FollowUpVisit].Due.ShouldBe(Shanghai("2026-09-05 00:00") - Duration.FromTicks(10));
        situation.Do(new NotifyResult("phone"));
        Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.ResultNotification).IsMet.ShouldBeTrue();
    }

    [Fact]
    public void T13_A_hand_over_moves_no_clock()
    {
        var situation = Situation.Registered();
        var before = Clocks.Project(situation.Complaint!, situation.Rules);
        situation.Do(new HandOver("ben", null, "other", "Holiday."));
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldBe(before);
    }
}
