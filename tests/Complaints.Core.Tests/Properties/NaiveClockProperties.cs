using Complaints.Core.Calendars;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>The index against a clock that steps through the minutes, at every clock change of nine zones.</summary>
[ManyCases(Arbitrary = [typeof(Questions)])]
public sealed class NaiveClockProperties
{
    private const int Month = 30 * 1440;

    [Property]
    public void T2_T3_The_calendar_equals_a_clock_that_steps_through_the_minutes(Question question) =>
        Same(question.Planned.Calendar, question);

    [Fact]
    public void T2_A_calendar_that_is_off_by_one_window_is_caught()
    {
        var broken = PlanPool.All.ToDictionary(planned => planned, planned =>
        {
            var day = Array.FindLastIndex(planned.Plan.Week, windows => windows.Count > 0);
            var week = planned.Plan.Week.ToArray();
            week[day] = [.. week[day].Take(week[day].Count - 1)];
            week[0] = [];
            return (planned.Plan with { Week = week }).Builder().On(IsoDayOfWeek.Sunday, "03:00-03:01").Build();
        });
        Should.Throw<Exception>(() => Prop
            .ForAll(Questions.All, question => Same(broken[question.Planned], question))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000)));
    }

    [Fact]
    public void T2_The_date_that_Apia_left_out_has_no_working_time_and_is_no_working_day()
    {
        var calendar = new CalendarBuilder("Pacific/Apia").EveryDay("09:00-17:00").Build();
        var eve = new LocalDate(2011, 12, 29);
        calendar.IsWorkingDay(eve).ShouldBeTrue();
        calendar.IsWorkingDay(eve.PlusDays(1)).ShouldBeFalse();
        calendar.Add(calendar.CloseOn(eve)!.Value - Duration.FromHours(1), Duration.FromHours(2)).ShouldBe(calendar.StartAt(new(2011, 12, 31, 10, 0)));
    }

    private static void Same(BusinessCalendar calendar, Question question)
    {
        var (planned, at, one, two, _) = question;
        var naive = planned.Naive.Value;
        var other = at + Duration.FromMinutes(one % Month);
        calendar.IsOpen(at).ShouldBe(naive.IsOpen(at));
        calendar.Between(at, other).ShouldBe(Duration.FromMinutes(naive.Between(at, other)));
        var forward = two % (naive.Between(at, at + Duration.FromDays(30)) + 1);
        calendar.Add(at, Duration.FromMinutes(forward)).ShouldBe(naive.Add(at, forward));
        var back = two % (naive.Between(at - Duration.FromDays(9), at) + 1);
        calendar.Add(at, -Duration.FromMinutes(back)).ShouldBe(naive.Add(at, -back));
    }
}
