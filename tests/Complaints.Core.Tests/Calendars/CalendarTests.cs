using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

public sealed class CalendarTests
{
    private static readonly LocalDate Monday = new(2026, 9, 7);

    private static CalendarBuilder Shanghai => new("Asia/Shanghai");

    private static Instant At(LocalDate date, int hour, int minute = 0) => DateTimeZoneProviders.Tzdb["Asia/Shanghai"].AtStrictly(date.At(new LocalTime(hour, minute))).ToInstant();

    [Fact]
    public void T1_A_closed_date_cuts_what_the_night_before_would_carry_in_and_a_make_up_day_does_not()
    {
        var night = Shanghai.On(IsoDayOfWeek.Monday, "22:00-06:00").On(IsoDayOfWeek.Wednesday, "09:00-10:00");
        night.Build().IsOpen(At(Monday.PlusDays(1), 3)).ShouldBeTrue();
        night.Closed(Monday.PlusDays(1)).Build().IsOpen(At(Monday.PlusDays(1), 3)).ShouldBeFalse();
        var like = Shanghai.On(IsoDayOfWeek.Monday, "22:00-06:00").On(IsoDayOfWeek.Wednesday, "09:00-10:00").WorksLike(Monday.PlusDays(1), IsoDayOfWeek.Wednesday).Build();
        like.Between(At(Monday.PlusDays(1), 0), At(Monday.PlusDays(2), 0)).ShouldBe(Duration.FromHours(7));
    }

    [Fact]
    public void T1_Hours_of_a_date_may_run_into_the_next() =>
        Shanghai.Weekdays("09:00-18:00").Hours(Monday, "Inventory", "20:00-02:00").Build()
            .Between(At(Monday, 0), At(Monday.PlusDays(1), 9)).ShouldBe(Duration.FromHours(6));

    [Fact]
    public void T2_Adjoining_and_overlapping_windows_are_one()
    {
        var calendar = Shanghai.EveryDay("00:00-12:00", "11:00-24:00").Hours(Monday, null, "00:00-12:00").Build();
        calendar.NextClose(At(Monday.PlusDays(-5), 3)).ShouldBe(At(Monday, 12));
        calendar.NextOpen(At(Monday, 3)).ShouldBe(At(Monday.PlusDays(1), 0));
    }

    [Fact]
    public void T2_Hours_in_a_gap_do_not_exist_and_hours_in_an_overlap_count_twice()
    {
        var nights = new CalendarBuilder("Europe/London").EveryDay("01:00-02:00").Build();
        nights.Between(Instant.FromUtc(2026, 3, 28, 12, 0), Instant.FromUtc(2026, 3, 29, 12, 0)).ShouldBe(Duration.Zero);
        nights.Between(Instant.FromUtc(2026, 10, 24, 12, 0), Instant.FromUtc(2026, 10, 25, 12, 0)).ShouldBe(Duration.FromHours(2));
    }

    [Fact]
    public void T3_A_zero_duration_stays_also_on_closed_time() =>
        Shanghai.Weekdays("09:00-18:00").Build().Add(At(Monday, 3), Duration.Zero).ShouldBe(At(Monday, 3));

    [Fact]
    public void T4_Outside_1970_to_2100_is_refused()
    {
        var calendar = Shanghai.Weekdays("09:00-18:00").Build();
        Should.Throw<ArgumentOutOfRangeException>(() => calendar.Add(Instant.FromUtc(1969, 12, 31, 0, 0), Duration.FromHours(1))).Message.ShouldContain("calendar.out_of_range");
        Should.Throw<ArgumentOutOfRangeException>(() => calendar.Add(Instant.FromUtc(2100, 12, 31, 0, 0), Duration.FromDays(10))).Message.ShouldContain("calendar.out_of_range");
        Should.Throw<ArgumentOutOfRangeException>(() => calendar.Add(Instant.MinValue, Duration.Epsilon)).Message.ShouldContain("calendar.out_of_range");
        Should.Throw<ArgumentOutOfRangeException>(() => calendar.Between(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.MaxValue)).Message.ShouldContain("calendar.out_of_range");
        calendar.Between(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2100, 12, 31, 23, 59)).ShouldBeGreaterThan(Duration.FromDays(12_000));
    }

    [Fact]
    public void T4_A_calendar_that_opens_on_single_dates_only_is_none_that_never_opens() =>
        Shanghai.Hours(Monday, "Fair", "09:00-10:00").Build().NextOpen(At(Monday.PlusDays(-9_000), 0)).ShouldBe(At(Monday, 9));

    [Theory]
    [InlineData("""{"zone":"Mars/Olympus","week":{"monday":["09:00-18:00"]}}""", "calendar.zone_unknown", "zone")]
    [InlineData("""{"zone":"UTC","week":{"monday":[]}}""", "calendar.never_open", "UTC")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-18:00","10:00-10:60"]}}""", "calendar.window_invalid", "week.monday[1]")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-25:00"]}}""", "calendar.window_invalid", "09:00-25:00")]
    [InlineData("""{"zone":"UTC","week":{"monday":["24:00-06:00"]}}""", "calendar.window_invalid", "24:00-06:00")]
    [InlineData("""{"zone":"UTC","week":{"mondays":["09:00-18:00"]}}""", "definition.missing", "week.mondays")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-18:00"]},"dates":[{"date":"2026-01-01"},{"date":"2026-01-01","worksLike":"monday"}]}""", "calendar.date_conflict", "dates[1]")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-18:00"]},"dates":[{"date":"2026-01-01","hours":["09:00-10:00"],"worksLike":"monday"}]}""", "calendar.date_ambiguous", "dates[0]")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-18:00"]},"dates":[{"date":"2126-01-01"}]}""", "calendar.date_out_of_range", "dates[0].date")]
    [InlineData("""{"zone":"UTC","week":{"monday":["09:00-18:00"]},"holidayData":{"firstYear":2026,"lastYear":2020}}""", "number.out_of_range", "holidayData.lastYear")]
    public void T1_T4_A_wrong_calendar_is_refused_with_code_and_path(string json, string code, string mentioned)
    {
        var problem = DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "office", json,
            Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem();
        problem.Code.ShouldBe(code);
        problem.Message.ShouldContain(mentioned);
    }

    [Fact]
    public void T5_A_deadline_outside_the_years_whose_holidays_are_known_is_flagged()
    {
        var calendar = new BusinessCalendar(CalendarPresets.EnglandAndWales);
        calendar.IsBeyondHolidayData(Instant.FromUtc(2026, 12, 31, 23, 59)).ShouldBeFalse();
        calendar.IsBeyondHolidayData(Instant.FromUtc(2027, 1, 1, 0, 0)).ShouldBeTrue();
        calendar.IsBeyondHolidayData(Instant.FromUtc(2023, 12, 31, 23, 59)).ShouldBeTrue();
        Shanghai.Always().Build().IsBeyondHolidayData(At(Monday, 9)).ShouldBeFalse("it has no holidays at all");
    }

    [Fact]
    public void T6_Adding_and_counting_allocate_nothing()
    {
        var calendar = Shanghai.Weekdays("09:00-12:00", "13:00-18:00").Build();
        var start = At(Monday, 3);
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Work()
        {
            for (var hours = 1; hours < 1_000; hours++)
                calendar.Between(start, calendar.Add(start, Duration.FromHours(hours)));
        }
    }

    [Fact]
    public void T6_The_index_takes_at_most_20_KiB_a_year()
    {
        var calendar = Shanghai.Weekdays("09:00-12:00", "13:00-18:00").Build();
        calendar.Between(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0));
        (calendar.IndexBytes / 131.0 / 1024).ShouldBeInRange(5, 20);
    }

    [Fact]
    public void T6_The_index_grows_under_many_threads_and_answers_alike()
    {
        var calendar = Shanghai.Weekdays("09:00-18:00").Build();
        var hours = Enumerable.Range(0, 400).AsParallel().Select(n => calendar.Between(At(Monday.PlusYears(n % 130 - 56), 0), At(Monday.PlusYears(n % 130 - 55), 0))).ToList();
        hours.ShouldAllBe(year => year >= Duration.FromHours(260 * 9) && year <= Duration.FromHours(263 * 9));
    }

    [Fact]
    public void Calendars_unite_intersect_and_follow_the_sun()
    {
        var london = new CalendarBuilder("Europe/London").Weekdays("09:00-17:00").Closed(Monday).Build();
        var shanghai = Shanghai.Weekdays("09:00-18:00").Build();
        var utc = DateTimeZone.Utc;
        var (from, to) = (Instant.FromUtc(2026, 9, 8, 0, 0), Instant.FromUtc(2026, 9, 9, 0, 0));
        BusinessCalendar.Union(utc, london, shanghai).Between(from, to).ShouldBe(Duration.FromHours(15), "01:00-10:00 and 08:00-16:00");
        BusinessCalendar.Intersection(utc, london, shanghai).Between(from, to).ShouldBe(Duration.FromHours(2));
        BusinessCalendar.Union(utc, london, shanghai).CloseOn(new(2026, 9, 8)).ShouldBe(Instant.FromUtc(2026, 9, 8, 16, 0));
        BusinessCalendar.Intersection(utc, london, shanghai).IsWorkingDay(Monday).ShouldBeFalse();
        var desk = new FollowTheSun(utc, ("London", london), ("Shanghai", shanghai));
        desk.SiteAt(Instant.FromUtc(2026, 9, 8, 7, 59)).ShouldBe("Shanghai");
        desk.SiteAt(Instant.FromUtc(2026, 9, 8, 8, 0)).ShouldBe("London");
        desk.SiteAt(Instant.FromUtc(2026, 9, 8, 17, 0)).ShouldBeNull();
        (desk.Calendar.HolidayData!.FirstYear, desk.Calendar.HolidayData.LastYear).ShouldBe((2026, 2026));
        Should.Throw<ArgumentException>(() => BusinessCalendar.Intersection(utc, london, new CalendarBuilder("Europe/London").On(IsoDayOfWeek.Sunday, "09:00-17:00").Build())).Message.ShouldContain("calendar.never_open");
    }
}
