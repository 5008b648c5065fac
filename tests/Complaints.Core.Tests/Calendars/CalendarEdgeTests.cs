using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

/// <summary>The first and last instant that calendars know, dates and hours that a clock change leaves out, and windows of a whole
/// day.</summary>
public sealed class CalendarEdgeTests
{
    private static readonly Instant Last = Instant.FromUtc(2101, 1, 1, 0, 0);
    private static readonly LocalDate Spring = new(2026, 3, 29);
    private static readonly LocalDate Skipped = new(2011, 12, 30);

    private static Instant Utc(int day, int hour, int minute = 0) => Instant.FromUtc(2100, 12, day, hour, minute);

    private static TimeLimit Limit(string text) => TimeLimit.TryParse(text, out var limit) ? limit : throw new FormatException(text);

    private static CalendarBuilder London => new("Europe/London");

    private static CalendarBuilder Apia => new("Pacific/Apia");

    [Fact]
    public void T04_The_last_instant_is_the_end_of_2100_for_every_question()
    {
        var always = new CalendarBuilder("UTC").Always().Build();
        var hours = new CalendarBuilder("UTC").EveryDay("09:00-24:00").Build();
        foreach (var calendar in new[] { always, hours })
        {
            calendar.Add(Utc(31, 23), Duration.FromHours(1)).ShouldBe(Last);
            calendar.Add(Last, Duration.Zero).ShouldBe(Last);
            calendar.Subtract(Last, Duration.FromHours(1)).ShouldBe(Utc(31, 23));
            calendar.Between(Utc(31, 23), Last).ShouldBe(Duration.FromHours(1));
            calendar.Between(Last, Utc(31, 23)).ShouldBe(-Duration.FromHours(1));
            calendar.NextClose(Utc(31, 23)).ShouldBe(Last);
            calendar.RollBackward(Last).ShouldBe(Last);
            calendar.IsOpen(Last).ShouldBeFalse("nothing is known behind it");
            Limit("1 working hour").DueFrom(Utc(31, 23), calendar, []).ShouldBe(Last);
            Limit("1 hour").DueFrom(Utc(31, 23), calendar, []).ShouldBe(Last);
            Limit("1 day, same time").DueFrom(Last - Duration.FromDays(1), calendar, []).ShouldBe(Last);
            foreach (Action beyond in new Action[]
            {
                () => calendar.Add(Utc(31, 23), Duration.FromHours(1) + Duration.Epsilon),
                () => calendar.Between(Utc(31, 23), Last + Duration.Epsilon),
                () => calendar.NextClose(Last),
                () => calendar.NextOpen(Last),
                () => calendar.RollForward(Last),
                () => Limit("1 hour").DueFrom(Utc(31, 23) + Duration.Epsilon, calendar, []),
            })
                Should.Throw<ArgumentOutOfRangeException>(beyond).Message.ShouldContain("calendar.out_of_range");
        }
    }

    [Fact]
    public void T04_A_window_that_a_clock_change_leaves_out_makes_no_working_day()
    {
        var nights = London.EveryDay("01:00-02:00").Build();
        nights.IsWorkingDay(Spring).ShouldBeFalse();
        nights.CloseOn(Spring).ShouldBeNull();
        nights.NextWorkingDay(Spring.PlusDays(-1)).ShouldBe(Spring.PlusDays(1));
        Limit("1 working day").DueFrom(Instant.FromUtc(2026, 3, 28, 1, 30), nights, []).ShouldBe(Instant.FromUtc(2026, 3, 30, 1, 0));
        Limit("3 days, close of business").Problems("limit", nights).Single().Code.ShouldBe("policy.close_on_closed_day");
        London.EveryDay("00:30-02:00").Build().IsWorkingDay(Spring).ShouldBeTrue("half an hour of it exists");
        London.EveryDay("00:00-00:30", "01:10-01:50").Build().CloseOn(Spring).ShouldBe(Instant.FromUtc(2026, 3, 29, 0, 30));
        London.EveryDay("09:00-10:00").WorksLike(Spring, IsoDayOfWeek.Monday).On(IsoDayOfWeek.Monday, "01:00-02:00").Build()
            .IsWorkingDay(Spring).ShouldBeFalse("a make-up day has a weekday's windows, gap or not");
    }

    [Fact]
    public void T04_T07_A_skipped_date_has_no_hours_and_carries_none()
    {
        var calendar = Apia.EveryDay("22:00-06:00").Build();
        calendar.IsWorkingDay(Skipped).ShouldBeFalse();
        calendar.CloseOn(Skipped).ShouldBeNull();
        calendar.IsOpen(calendar.StartAt(new(2011, 12, 31, 3, 0))).ShouldBeFalse();
        calendar.IsOpen(calendar.StartAt(new(2012, 1, 1, 3, 0))).ShouldBeTrue("the control");
    }

    [Fact]
    public void T07_A_skipped_date_is_no_calendar_day()
    {
        var calendar = Apia.Always().Build();
        var start = calendar.StartAt(new(2011, 12, 28, 10, 0));
        Limit("2 days").DueFrom(start, calendar, []).ShouldBe(calendar.EndOn(new(2011, 12, 31)));
        Limit("1 week").DueFrom(start, calendar, []).ShouldBe(calendar.EndOn(new(2012, 1, 5)));
        Limit("2 days, same time").DueFrom(start, calendar, []).ShouldBe(calendar.EndAt(new(2011, 12, 31, 10, 0)));
        Limit("2 working days").DueFrom(start, calendar, []).ShouldBe(calendar.CloseOn(new(2011, 12, 31))!.Value);
        Limit("1 month").DueFrom(calendar.StartAt(new(2011, 11, 30, 10, 0)), calendar, []).ShouldBe(calendar.EndOn(new(2011, 12, 31)));
        var waits = new Pause(calendar.StartAt(new(2011, 12, 29, 12, 0)), calendar.StartAt(new(2011, 12, 31, 12, 0)));
        Limit("2 days").DueFrom(start, calendar, [waits]).ShouldBe(calendar.EndOn(new(2012, 1, 1)), "one date ended in the pause");
        Limit("2 days").DueFrom(calendar.StartAt(new(2011, 12, 20, 10, 0)), calendar, []).ShouldBe(calendar.EndOn(new(2011, 12, 22)));
    }

    [Theory]
    [InlineData("""{"zone":"Europe/London","dates":[{"date":"2026-03-29","hours":["01:00-02:00"]}]}""")]
    [InlineData("""{"zone":"Europe/London","dates":[{"date":"2026-03-29","hours":["01:10-01:20","01:30-02:00"]}]}""")]
    [InlineData("""{"zone":"Pacific/Apia","dates":[{"date":"2011-12-30","hours":["09:00-17:00"]}]}""")]
    [InlineData("""{"zone":"Pacific/Apia","dates":[{"date":"2011-12-30","hours":["22:00-06:00"]}]}""")]
    public void T04_A_calendar_whose_hours_do_not_exist_never_opens(string json)
    {
        DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "office", json, Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem()
            .Code.ShouldBe("calendar.never_open");
        Should.Throw<ArgumentException>(() => new BusinessCalendar(CalendarDefinition.Parse(json))).Message
            .ShouldContain("calendar.never_open");
    }

    [Fact]
    public void T04_Combined_calendars_are_judged_over_all_years()
    {
        var fair = new LocalDate(2031, 5, 6);
        var one = London.On(IsoDayOfWeek.Monday, "09:00-17:00").Hours(fair, "Fair", "09:00-17:00").Build();
        var other = London.On(IsoDayOfWeek.Sunday, "09:00-17:00").Hours(fair, "Fair", "16:00-20:00").Build();
        BusinessCalendar.Intersection(DateTimeZone.Utc, one, other).NextOpen(Instant.FromUtc(2026, 1, 1, 0, 0))
            .ShouldBe(Instant.FromUtc(2031, 5, 6, 15, 0));
        var never = London.On(IsoDayOfWeek.Sunday, "09:00-17:00").Build();
        Should.Throw<ArgumentException>(() => BusinessCalendar.Intersection(DateTimeZone.Utc, one, never)).Message
            .ShouldContain("calendar.never_open");
        DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "both", Both, Parts("2031-05-06")).ShouldBeNull();
        DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "both", Both, Parts("2031-05-07"))!.Details.ShouldHaveSingleItem()
            .Code.ShouldBe("calendar.never_open");
    }

    [Fact]
    public void T04_A_window_from_an_hour_to_the_same_hour_is_a_whole_day()
    {
        var calendar = new CalendarBuilder("UTC").On(IsoDayOfWeek.Monday, "08:00-08:00").Build();
        var monday = Instant.FromUtc(2026, 9, 7, 0, 0);
        calendar.Between(monday, monday + Duration.FromDays(7)).ShouldBe(Duration.FromHours(24));
        calendar.NextOpen(monday).ShouldBe(monday + Duration.FromHours(8));
        calendar.NextClose(monday).ShouldBe(monday + Duration.FromHours(32));
        calendar.CloseOn(new(2026, 9, 7)).ShouldBe(monday + Duration.FromHours(32));
        var daily = new CalendarBuilder("UTC").EveryDay("08:00-08:00").Build();
        daily.Between(monday, monday + Duration.FromDays(7)).ShouldBe(Duration.FromDays(7));
    }

    [Fact]
    public void T04_A_calendar_round_the_clock_loses_no_hour_at_midnight_in_another_zone()
    {
        // odoo PR#15746: 20:00 in Brussels in summer is 18:00 UTC.
        var calendar = new CalendarBuilder("Europe/Brussels").EveryDay("00:00-24:00").Build();
        var start = Instant.FromUtc(2026, 7, 6, 18, 0);
        calendar.Add(start, Duration.FromHours(7)).ShouldBe(Instant.FromUtc(2026, 7, 7, 1, 0));
        calendar.Between(start, start + Duration.FromHours(24)).ShouldBe(Duration.FromHours(24));
    }

    [Fact]
    public void R03_Dates_in_messages_are_ISO_dates_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Said(new LocalDate(2101, 2, 3)).ShouldContain("'on' is 2101-02-03,");
            Said(new LocalDateTime(2101, 2, 3, 4, 5)).ShouldContain("2101-02-03T04:05:00");
            Said(new LocalTime(4, 5)).ShouldContain("04:05:00");
            const string late = """{"zone":"UTC","week":{"monday":["09:00-18:00"]},"dates":[{"date":"2126-01-01"}]}""";
            DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "office", late, Rulebook.BuiltIn)!.Message.ShouldContain("2126-01-01");
            var calendar = London.EveryDay("09:00-10:00").Build();
            Should.Throw<ArgumentOutOfRangeException>(() => calendar.NextWorkingDay(new(2100, 12, 31))).Message
                .ShouldBe("calendar.out_of_range: 2101-01-01 lies outside 1970 to 2100.");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        static string Said(object value) => new ComplaintError("time.out_of_range", ("field", "on"), ("value", value)).Message;
    }

    private const string Both = """{"zone":"UTC","combine":{"how":"intersection","calendars":["one","other"]}}""";

    private static Rulebook Parts(string day) => Rulebook.From(new (string Id, string Json)[]
    {
        ("one", """{"zone":"UTC","week":{"monday":["09:00-17:00"]},"dates":[{"date":"2031-05-06","hours":["09:00-17:00"]}]}"""),
        ("other", $$"""{"zone":"UTC","week":{"sunday":["09:00-17:00"]},"dates":[{"date":"{{day}}","hours":["16:00-20:00"]}]}"""),
    }.Select(entry => new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, entry.Id, 1, entry.Json, default, "test")));
}
