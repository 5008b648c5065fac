using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

/// <summary>Calendars made of others, as definitions.</summary>
public sealed class CombinedDefinitionTests
{
    private const string Shanghai = """{"zone":"Asia/Shanghai","week":{"monday":["09:00-17:00"],"tuesday":["09:00-17:00"]}}""";
    private const string London = """{"zone":"Europe/London","week":{"monday":["09:00-17:00"],"tuesday":["09:00-17:00"]}}""";
    private const string NewYork = """{"zone":"America/New_York","week":{"monday":["09:00-17:00"],"tuesday":["09:00-17:00"]}}""";
    private const string Tokyo = """{"zone":"Asia/Tokyo","week":{"sunday":["09:00-17:00"]}}""";

    private static Rulebook Rules(params (string Id, string Json)[] more) => Rulebook.From(
        new[] { ("shanghai", Shanghai), ("london", London), ("new-york", NewYork), ("tokyo", Tokyo) }.Concat(more)
            .Select(entry => new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, entry.Item1, 1, entry.Item2, default,
                "test")));

    private static Instant Utc(int day, int hour, int minute = 0) => Instant.FromUtc(2026, 1, day, hour, minute);

    [Fact]
    public void T1_Sites_that_follow_the_sun_are_one_calendar_that_knows_who_is_at_work()
    {
        // Monday 5 January: Shanghai 01-09 UTC, London 09-17, New York 14-22.
        var rules = Rules(("world", """{"zone":"UTC","combine":{"how":"followTheSun","calendars":["shanghai","london","new-york"]}}"""));
        var world = rules.Calendar("world");
        world.Between(Utc(5, 0), Utc(6, 0)).ShouldBe(Duration.FromHours(21));
        world.Add(Utc(5, 8), Duration.FromHours(10)).ShouldBe(Utc(5, 18));
        var sites = rules.SitesOf("world").ShouldNotBeNull();
        new[] { 8, 10, 15, 18, 23 }.Select(hour => sites.SiteAt(Utc(5, hour))).ShouldBe(["shanghai", "london", "london", "new-york", null]);
        rules.SitesOf("london").ShouldBeNull();
    }

    [Fact]
    public void T1_Union_and_intersection_and_combinations_of_combinations()
    {
        var rules = Rules(
            ("either", """{"zone":"UTC","combine":{"how":"union","calendars":["london","new-york"]}}"""),
            ("both", """{"zone":"UTC","combine":{"how":"intersection","calendars":["london","new-york"]}}"""),
            ("nested", """{"zone":"UTC","combine":{"how":"union","calendars":["both","shanghai"]}}"""));
        rules.Calendar("either").Between(Utc(5, 0), Utc(6, 0)).ShouldBe(Duration.FromHours(13));
        rules.Calendar("both").Between(Utc(5, 0), Utc(6, 0)).ShouldBe(Duration.FromHours(3));
        rules.Calendar("nested").Between(Utc(5, 0), Utc(6, 0)).ShouldBe(Duration.FromHours(11));
    }

    [Theory]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"union","calendars":["london","paris"]}}""", "definition.missing", "combine.calendars[1]")]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"union","calendars":["london"]}}""", "calendar.combine_too_few", "combine.calendars")]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"union","calendars":["london","london"]}}""", "definition.duplicate", "combine.calendars[1]")]
    [InlineData("union", """{"zone":"Mars/Olympus","combine":{"how":"union","calendars":["london","tokyo"]}}""", "calendar.zone_unknown", "zone")]
    [InlineData("union", """{"zone":"UTC","week":{"monday":["09:00-10:00"]},"combine":{"how":"union","calendars":["london","tokyo"]}}""", "calendar.combine_and_hours", "week")]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"intersection","calendars":["london","tokyo"]}}""", "calendar.never_open", "union")]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"union","calendars":["union","tokyo"]}}""", "calendar.combine_cycle", "combine.calendars[0]")]
    [InlineData("london", """{"zone":"UTC","combine":{"how":"union","calendars":["talk","tokyo"]}}""", "calendar.combine_cycle", "combine.calendars[0]")]
    [InlineData("london", """{"zone":"Europe/London","week":{"monday":["03:00-04:00"]}}""", "calendar.never_open", "talk")]
    [InlineData("union", """{"zone":"UTC","combine":{"how":"between","calendars":["london","tokyo"]}}""", "definition.syntax", "combine.how")]
    public void T4_A_combination_that_cannot_be_is_refused_with_code_and_path(string id, string json, string code, string mentioned)
    {
        var rules = Rules(("talk", """{"zone":"UTC","combine":{"how":"intersection","calendars":["london","new-york"]}}"""));
        var found = DefinitionKinds.Check(SharedDefinitions.Calendars.Name, id, json, rules).ShouldNotBeNull()
            .Details.ShouldHaveSingleItem();
        found.Code.ShouldBe(code);
        found.Message.ShouldContain(mentioned);
    }

    [Fact]
    public void The_newest_version_of_a_calendar_is_compiled_once()
    {
        var rules = Rules(("talk", """{"zone":"UTC","combine":{"how":"intersection","calendars":["london","new-york"]}}"""));
        foreach (var id in new[] { "shanghai", "london", "new-york", "tokyo" })
            rules.Calendar(rules.NewestCalendar(id).Single(), []).ShouldBeSameAs(rules.Calendar(id));
        Rules().Calendar("london").ShouldNotBeSameAs(rules.Calendar("london"), "the control: another rulebook has its own");
    }

    [Fact]
    public void Only_a_rulebook_can_compile_a_combination() =>
        Should.Throw<ArgumentException>(() => new BusinessCalendar(CalendarDefinition.Parse("""{"zone":"UTC","combine":{"how":"union","calendars":["a","b"]}}"""))).Message.ShouldContain("rulebook");
}
