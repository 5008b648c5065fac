using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

public sealed class HolidayFileTests
{
    private static string Ics(params string[] lines) => string.Join("\r\n", lines.Prepend("BEGIN:VCALENDAR").Append("END:VCALENDAR"));

    private static string[] Event(params string[] lines) => [.. lines.Prepend("BEGIN:VEVENT").Append("END:VEVENT")];

    private static HolidayFile Read(params string[] lines) => HolidayFile.Read(Ics(Event(lines)), 2024, 2028);

    [Fact]
    public void An_event_over_several_days_with_a_folded_and_escaped_name()
    {
        var file = Read("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004", "SUMMARY:National Day\\, the", "  first three days", "BEGIN:VALARM", "SUMMARY:Ring", "END:VALARM");
        file.Problems.ShouldBeEmpty();
        file.Dates.Select(rule => rule.Date).ShouldBe([new(2026, 10, 1), new(2026, 10, 2), new(2026, 10, 3)]);
        file.Dates[0].Name.ShouldBe("National Day, the first three days");
        file.Dates.ShouldAllBe(rule => rule.Hours.IsEmpty && rule.WorksLike == null);
    }

    [Theory]
    [InlineData("RRULE:FREQ=YEARLY", "2024 2025 2026 2027 2028")]
    [InlineData("RRULE:FREQ=YEARLY;INTERVAL=2", "2024 2026 2028")]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=6", "2024 2025")]
    [InlineData("RRULE:FREQ=YEARLY;UNTIL=20261224", "2024 2025")]
    [InlineData("RRULE:UNTIL=20261225T000000Z;FREQ=YEARLY", "2024 2025 2026")]
    public void Yearly_events_come_back(string rule, string years) =>
        string.Join(' ', Read("DTSTART;VALUE=DATE:20201225", rule).Dates.Select(date => date.Date.Year)).ShouldBe(years);

    [Fact]
    public void A_leap_day_comes_back_in_leap_years() =>
        Read("DTSTART:20200229", "RRULE:FREQ=YEARLY").Dates.Select(rule => rule.Date).ShouldBe([new(2024, 2, 29), new(2028, 2, 29)]);

    [Fact]
    public void Two_events_on_a_date_are_one_rule_and_a_cancelled_one_is_none()
    {
        var file = HolidayFile.Read(Ics([.. Event("DTSTART:20260101", "SUMMARY:A"), .. Event("DTSTART:20260101", "SUMMARY:B"), .. Event("DTSTART:20260102", "STATUS:CANCELLED")]), 2026, 2026);
        file.Dates.ShouldHaveSingleItem().Name.ShouldBe("A; B");
        new CalendarBuilder("UTC").Weekdays("09:00-17:00").Rules(file.Dates).Build().IsWorkingDay(new LocalDate(2026, 1, 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("DTSTART:20260101T090000Z", "DTSTART:20260101T090000Z")]
    [InlineData("DTSTART;TZID=\"Europe/London:x\":20260101T090000", "20260101T090000")]
    [InlineData("SUMMARY:No date", "DTSTART:")]
    [InlineData("DTSTART:20260101\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "BYDAY")]
    [InlineData("DTSTART:20260101\nRRULE:FREQ=WEEKLY", "WEEKLY")]
    [InlineData("DTSTART:20260101\nRRULE:COUNT=3", "COUNT=3")]
    [InlineData("DTSTART:20260101\nEXDATE:20270101", "EXDATE")]
    [InlineData("DTSTART:20260101\nDTEND:20260101", "DTEND:20260101")]
    [InlineData("DTSTART:20260101\nDTEND:20290101", "DTEND:20290101")]
    [InlineData("DTSTART:20260101\nDURATION:PT5H", "DURATION:PT5H")]
    public void What_is_no_plain_holiday_is_refused_with_its_line(string lines, string mentioned)
    {
        var file = Read(lines.Split('\n'));
        file.Dates.ShouldBeEmpty();
        var problem = file.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe("calendar.ics_unsupported");
        problem.Message.ShouldContain(mentioned);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nno colon\nDTSTART:20260101\nEND:VEVENT\nEND:VCALENDAR")]
    public void A_file_that_is_none_or_is_cut_off_is_refused(string text) =>
        HolidayFile.Read(text, 2026, 2026).Problems.ShouldContain(problem => problem.Code == "calendar.ics_syntax");
}
