using System.Text.Json;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Calendars;

public sealed class PresetTests
{
    [Fact]
    public void Each_preset_can_be_published_and_names_its_source()
    {
        CalendarPresets.Ids.ShouldBe(["cn", "gb-eng", "us-federal"]);
        foreach (var id in CalendarPresets.Ids)
        {
            DefinitionKinds.Check(SharedDefinitions.Calendars.Name, id, CalendarPresets.Json(id), Rulebook.BuiltIn).ShouldBeNull();
            CalendarDefinition.Parse(CalendarPresets.Json(id)).HolidayData!.Sources.ShouldNotBeEmpty();
        }
        BuiltIns.All.ShouldNotContain(definition => CalendarPresets.Ids.Contains(definition.Id), "they are not planted into every tenant");
    }

    [Fact]
    public void The_federal_holidays_of_2011_to_2030_follow_from_the_statute()
    {
        var closed = CalendarPresets.UnitedStatesFederal.Dates.Select(rule => rule.Date).Where(IsWeekday).ToHashSet();
        var statute = Enumerable.Range(2011, 21).SelectMany(Statute).Where(date => date.Year is >= 2011 and <= 2030).ToHashSet();
        closed.ShouldBe(statute, ignoreOrder: true);
    }

    [OracleFact]
    public void The_presets_agree_with_a_second_source()
    {
        using var shared = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.Find("calendars")!, "uk-us-holidays.json")));
        foreach (var (preset, name) in new[] { (CalendarPresets.EnglandAndWales, "GB-ENG-WLS"), (CalendarPresets.UnitedStatesFederal, "US-federal") })
        {
            foreach (var year in shared.RootElement.GetProperty(name).EnumerateObject())
            {
                var theirs = year.Value.GetProperty("effective_weekdays").EnumerateArray().Select(date => LocalDatePattern.Iso.Parse(date.GetString()!).Value);
                preset.Dates.Select(rule => rule.Date).Where(date => date.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) == year.Name && IsWeekday(date)).ShouldBe(theirs, $"{name} {year.Name}");
            }
        }
    }

    [OracleFact]
    public void The_working_days_of_China_agree_with_a_second_source()
    {
        using var shared = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.Find("calendars")!, "china-workdays.json")));
        var calendar = new BusinessCalendar(CalendarPresets.China);
        foreach (var year in shared.RootElement.GetProperty("years").EnumerateObject())
        {
            var first = new LocalDate(int.Parse(year.Name, System.Globalization.CultureInfo.InvariantCulture), 1, 1);
            var days = Enumerable.Range(0, Period.DaysBetween(first, first.PlusYears(1))).Select(first.PlusDays).ToList();
            days.Count(calendar.IsWorkingDay).ShouldBe(year.Value.GetProperty("workday_count_mon_fri_with_adjustments").GetInt32(), year.Name);
            var off = year.Value.GetProperty("off_days").EnumerateArray().Select(day => LocalDatePattern.Iso.Parse(day.GetProperty("date").GetString()!).Value);
            off.ShouldAllBe(date => !calendar.IsWorkingDay(date));
            var madeUp = year.Value.GetProperty("makeup_workdays").EnumerateArray().Select(day => LocalDatePattern.Iso.Parse(day.GetProperty("date").GetString()!).Value);
            madeUp.ShouldAllBe(date => calendar.IsWorkingDay(date));
        }
    }

    private static bool IsWeekday(LocalDate date) => date.DayOfWeek <= IsoDayOfWeek.Friday;

    /// <summary>5 U.S.C. 6103 with Executive Order 11582: from Saturday to the Friday before, from Sunday to the Monday after.</summary>
    private static IEnumerable<LocalDate> Statute(int year)
    {
        LocalDate[] holidays =
        [
            new(year, 1, 1), Nth(year, 1, IsoDayOfWeek.Monday, 3), Nth(year, 2, IsoDayOfWeek.Monday, 3), DateAdjusters.EndOfMonth(new LocalDate(year, 5, 1)).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)),
            new(year, 7, 4), Nth(year, 9, IsoDayOfWeek.Monday, 1), Nth(year, 10, IsoDayOfWeek.Monday, 2), new(year, 11, 11), Nth(year, 11, IsoDayOfWeek.Thursday, 4), new(year, 12, 25),
        ];
        foreach (var holiday in year < 2021 ? holidays : [.. holidays, new(year, 6, 19)])
            yield return holiday.DayOfWeek switch { IsoDayOfWeek.Saturday => holiday.PlusDays(-1), IsoDayOfWeek.Sunday => holiday.PlusDays(1), _ => holiday };
    }

    private static LocalDate Nth(int year, int month, IsoDayOfWeek day, int n) =>
        new LocalDate(year, month, 1).With(DateAdjusters.NextOrSame(day)).PlusWeeks(n - 1);
}
