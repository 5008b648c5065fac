using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Sla;

public sealed class TimeLimitTests
{
    private static readonly BusinessCalendar Office = new CalendarBuilder("Asia/Shanghai").Weekdays("09:00-12:00", "13:00-18:00").Build();
    private static readonly BusinessCalendar Night = new CalendarBuilder("Asia/Shanghai").Weekdays("22:00-06:00").Build();
    private static readonly BusinessCalendar Always = new CalendarBuilder("Asia/Shanghai").Always().Build();

    private static Instant At(string local, string zone = "Asia/Shanghai") =>
        LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm").Parse(local).Value.InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToInstant();

    private static Instant EndOf(string date) => At($"{date} 00:00") + Duration.FromDays(1) - Duration.FromTicks(10);

    private static TimeLimit Limit(string text)
    {
        TimeLimit.TryParse(text, "limit", out var limit, out var problem).ShouldBeTrue(problem?.Message);
        return limit;
    }

    [Theory]
    [InlineData("3 working days, day of receipt excluded, late receipt counts that day", "2026-09-09 18:00")]
    [InlineData("3 working days, day of receipt excluded, late receipt counts next working day", "2026-09-10 18:00")]
    [InlineData("3 working days, day of receipt counted, late receipt counts that day", "2026-09-09 18:00")]
    [InlineData("3 working days, day of receipt counted, late receipt counts next working day", "2026-09-09 18:00")]
    public void T7_Received_on_a_Saturday(string limit, string due) =>
        Limit(limit).DueFrom(At("2026-09-05 10:00"), Office, []).ShouldBe(At(due));

    [Theory]
    [InlineData("2026-09-08", "first")]
    [InlineData("2026-09-09", "inner")]
    [InlineData("2026-09-10", "last")]
    public void T7_Close_of_business_on_the_third_business_day_following_the_day_of_receipt_skips_a_holiday(string holiday, string which)
    {
        var calendar = new CalendarBuilder("Asia/Shanghai").Weekdays("09:00-18:00").Closed(LocalDatePattern.Iso.Parse(holiday).Value, which).Build();
        Limit("3 business days, close of business, day of receipt excluded").DueFrom(At("2026-09-07 10:00"), calendar, []).ShouldBe(At("2026-09-11 18:00"));
    }

    [Theory]
    [InlineData("2026-09-07 12:30", "2026-09-08 18:00", "lunch is not after hours")]
    [InlineData("2026-09-07 18:00", "2026-09-08 18:00", "closing time is in time")]
    [InlineData("2026-09-07 18:01", "2026-09-09 18:00", "after hours is received tomorrow")]
    [InlineData("2026-09-07 08:00", "2026-09-08 18:00", "before hours is received today")]
    public void T7_After_hours_is_after_the_last_window_of_the_date(string received, string due, string why) =>
        Limit("1 working day, late receipt counts next working day").DueFrom(At(received), Office, []).ShouldBe(At(due), why);

    [Theory]
    [InlineData("5 days", "2026-09-12 24:00")]
    [InlineData("5 days, free last day next working day", "2026-09-14 24:00")]
    [InlineData("5 days, free last day previous working day", "2026-09-11 24:00")]
    [InlineData("5 days, close of business, free last day next working day", "2026-09-14 18:00")]
    [InlineData("5 days, same time", "2026-09-12 10:30")]
    [InlineData("5 calendar days, day of receipt counted, same time", "2026-09-11 10:30")]
    [InlineData("8 weeks, same time", "2026-11-02 10:30")]
    [InlineData("3 months, same time", "2026-12-07 10:30")]
    [InlineData("3 months, same time, day of receipt counted", "2026-12-06 10:30")]
    [InlineData("90 minutes", "2026-09-07 12:00")]
    [InlineData("24 hours", "2026-09-08 10:30")]
    [InlineData("2 working hours", "2026-09-07 13:30")]
    public void T7_Each_unit_and_option(string limit, string due) =>
        Limit(limit).DueFrom(At("2026-09-07 10:30"), Office, []).ShouldBe(due.EndsWith("24:00", StringComparison.Ordinal) ? EndOf(due[..10]) : At(due));

    [Theory]
    [InlineData("2026-01-31 10:00", "1 month, same time", "2026-02-28 10:00")]
    [InlineData("2026-01-31 10:00", "1 month, same time, day of receipt counted", "2026-02-28 10:00")]
    [InlineData("2026-03-01 10:00", "1 month, same time, day of receipt counted", "2026-03-31 10:00")]
    public void T7_Months_are_clamped(string received, string limit, string due) =>
        Limit(limit).DueFrom(At(received), Office, []).ShouldBe(At(due));

    [Fact]
    public void T7_Close_of_business_of_a_night_shift_is_the_next_morning_and_of_an_open_day_midnight()
    {
        Limit("1 working day").DueFrom(At("2026-09-07 23:00"), Night, []).ShouldBe(At("2026-09-09 06:00"));
        Limit("1 working day").DueFrom(At("2026-09-07 23:00"), Always, []).ShouldBe(At("2026-09-09 00:00"));
    }

    [Fact]
    public void T7_A_due_before_the_receipt_becomes_the_next_countable_day() =>
        Limit("1 working day, day of receipt counted").DueFrom(At("2026-09-04 19:00"), Office, []).ShouldBe(At("2026-09-07 18:00"));

    [Fact]
    public void T7_A_local_time_in_a_gap_is_the_gaps_end_and_an_ambiguous_one_the_later()
    {
        var london = new CalendarBuilder("Europe/London").EveryDay("00:00-24:00").Build();
        Limit("1 day, same time").DueFrom(Instant.FromUtc(2026, 3, 28, 1, 30), london, []).ShouldBe(Instant.FromUtc(2026, 3, 29, 1, 0));
        Limit("1 day, same time").DueFrom(Instant.FromUtc(2026, 10, 24, 0, 30), london, []).ShouldBe(Instant.FromUtc(2026, 10, 25, 1, 30));
        london.StartAt(new(2026, 10, 25, 1, 30)).ShouldBe(Instant.FromUtc(2026, 10, 25, 0, 30));
    }

    [Fact]
    public void T7_Close_of_business_on_a_day_that_never_opens_is_refused_unless_it_rolls()
    {
        Limit("30 days, close of business").Problems("limit", Office).Single().Code.ShouldBe("policy.close_on_closed_day");
        Limit("30 days, close of business").Problems("limit", Always).ShouldBeEmpty();
        Limit("30 days, close of business, free last day next working day").Problems("limit", Office).ShouldBeEmpty();
        Limit("100000 working days").Problems("limit", Office).Single().Code.ShouldBe("limit.beyond_calendar");
    }

    [Theory]
    [InlineData("soon", "limit.syntax", 1)]
    [InlineData("", "limit.syntax", 1)]
    [InlineData(" 0 hours", "limit.amount", 2)]
    [InlineData("1.5 hours", "limit.amount", 1)]
    [InlineData("100001 days", "limit.amount", 1)]
    [InlineData("3 fortnights", "limit.unit", 3)]
    [InlineData("3 days, at noon", "limit.option", 9)]
    [InlineData("3 days, ", "limit.option", 9)]
    [InlineData("3 days, same time, end of day", "limit.option_twice", 20)]
    [InlineData("3 hours, same time", "limit.option_useless", 10)]
    public void T7_A_limit_that_cannot_be_read_is_refused_with_its_position(string text, string code, int position)
    {
        TimeLimit.TryParse(text, "objectives[0].limit", out _, out var problem).ShouldBeFalse();
        problem!.Code.ShouldBe(code);
        problem.Data["position"].ShouldBe(position.ToString(CultureInfo.InvariantCulture));
        problem.Message.ShouldContain("objectives[0].limit");
    }

    [Fact]
    public void T10_Working_time_in_pauses_does_not_count_and_nights_in_pauses_move_nothing()
    {
        var limit = Limit("8 working hours");
        limit.DueFrom(At("2026-09-07 09:00"), Office, [new(At("2026-09-07 17:00"), At("2026-09-08 10:00"))]).ShouldBe(At("2026-09-08 11:00"));
        limit.DueFrom(At("2026-09-07 10:00"), Office, [new(At("2026-09-07 19:00"), At("2026-09-08 08:00"))]).ShouldBe(At("2026-09-08 10:00"));
        limit.DueFrom(At("2026-09-07 09:00"), Office, [new(At("2026-09-07 18:00"), At("2026-09-09 18:00"))]).ShouldBe(At("2026-09-07 18:00"), "a pause from the due instant on");
        limit.DueFrom(At("2026-09-07 09:00"), Office, [new(At("2026-09-07 10:00"))]).ShouldBe(At("2026-09-07 18:00"), "if resumed at once");
    }

    [Theory]
    [InlineData("2026-09-08 10:00", "2026-09-08 16:00", "2026-09-10 18:00", "over before closing")]
    [InlineData("2026-09-08 10:00", "2026-09-08 18:00", "2026-09-10 18:00", "over at closing")]
    [InlineData("2026-09-08 10:00", "2026-09-08 18:01", "2026-09-11 18:00", "paused at closing")]
    [InlineData("2026-09-08 19:00", "2026-09-09 09:00", "2026-09-10 18:00", "only overnight")]
    [InlineData("2026-09-08 10:00", "2026-09-10 09:00", "2026-09-14 18:00", "paused at two closings, and a weekend")]
    public void T11_A_working_day_at_whose_closing_the_clock_is_paused_does_not_count(string from, string to, string due, string why) =>
        Limit("3 working days").DueFrom(At("2026-09-07 10:00"), Office, [new(At(from), At(to))]).ShouldBe(At(due), why);

    [Fact]
    public void T11_Days_and_months_count_on_for_each_day_that_ended_in_a_pause()
    {
        Pause[] pauses = [new(At("2026-09-09 10:00"), At("2026-09-11 10:00"))];
        Limit("5 days").DueFrom(At("2026-09-07 10:00"), Office, [.. pauses]).ShouldBe(EndOf("2026-09-14"));
        Limit("1 month").DueFrom(At("2026-09-07 10:00"), Office, [.. pauses]).ShouldBe(EndOf("2026-10-09"));
        Limit("1 month").DueFrom(At("2026-09-07 10:00"), Office, [.. pauses, new(At("2026-10-09 10:00"), At("2026-10-10 10:00"))]).ShouldBe(EndOf("2026-10-10"), "also one in the added days");
    }

    [Fact]
    public void T18_Shares_and_distances_walk_the_limits_own_measure()
    {
        var (start, pause) = (At("2026-09-07 09:00"), new Pause(At("2026-09-07 17:00"), At("2026-09-08 10:00")));
        var limit = Limit("8 working hours");
        var due = limit.DueFrom(start, Office, [pause]);
        limit.At(50, start, due, Office, [pause]).ShouldBe(At("2026-09-07 14:00"));
        limit.At(100, start, due, Office, [pause]).ShouldBe(due);
        limit.Before(Duration.FromHours(2), start, due, Office, [pause]).ShouldBe(At("2026-09-07 16:00"));
        limit.Before(Duration.FromHours(8), start, due, Office, [pause]).ShouldBeNull("a warning at the start has no place");
        limit.After(Duration.FromHours(8), due, Office, [pause]).ShouldBe(At("2026-09-09 11:00"));
        limit.Counted(start, due, Office, [pause]).ShouldBe(Duration.FromHours(8));
        Limit("2 working days").At(50, start, At("2026-09-09 18:00"), Office, []).ShouldBe(At("2026-09-08 14:00"), "24 working hours, half of them");
        Limit("2 days").Before(Duration.FromHours(12), start, At("2026-09-09 09:00"), Office, []).ShouldBe(At("2026-09-08 21:00"));
    }
}
