using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>What may be published of the organisation, its people and the routing.</summary>
public sealed class AssignmentDefinitionTests
{
    private static readonly Rulebook Organised = Rulebook.From([new Definition(
        TenantId.Default, "organisation", "default", 1, Office.Teams, default, "test")]);

    private const string SomeLabel = "\"label\": { \"en\": \"a\", \"zh\": \"甲\" }";

    [Fact]
    public void S058_The_organisation_reads_as_it_was_written()
    {
        Organised.Organisation.TeamNamed("north").Label.Zh.ShouldBe("北区");
        Organised.Organisation.TeamNamed("x").Label.En.ShouldBe("x");
        Organised.Organisation.Teams[0].Department.ShouldBe("service");
        Check("organisation", Office.Teams).ShouldBeEmpty();
        Rulebook.BuiltIn.Organisation.ShouldSatisfyAllConditions(
            organisation => organisation.Teams.ShouldBeEmpty(), organisation => organisation.Areas.ShouldBeEmpty());
        Vocabulary.Role(Role.Quality).Label.Zh.ShouldBe("品管");
    }

    [Theory]
    [InlineData("""{ "teams": [ { "code": "a", LABEL }, { "code": "a", LABEL } ] }""", "definition.duplicate", "teams[1].code")]
    [InlineData("""{ "teams": [ { "code": "a", LABEL, "department": "b" } ] }""", "definition.missing", "teams[0].department")]
    [InlineData("""{ "teams": [ { "code": "a", LABEL, "area": "b" } ] }""", "definition.missing", "teams[0].area")]
    [InlineData("""{ "departments": [ { "code": "a", LABEL, "parent": "b" } ] }""", "definition.missing", "departments[0].parent")]
    [InlineData("""{ "departments": [ { "code": "a", LABEL, "area": "b" } ] }""", "definition.missing", "departments[0].area")]
    [InlineData("""{ "departments": [ { "code": "a", LABEL, "parent": "a" } ] }""", "organisation.circle", "departments[0].parent")]
    [InlineData("""{ "areas": [ { "code": "a", "label": { "en": "a", "zh": "" } } ] }""", "definition.label_missing", "areas[0].label")]
    [InlineData("""{ "roles": [ { "code": "", LABEL } ] }""", "text.required", "roles[0].code")]
    public void S058_A_bad_organisation_is_refused_with_its_path_in_both_languages(string json, string code, string path) =>
        ShouldBeRefused("organisation", json.Replace("LABEL", SomeLabel, StringComparison.Ordinal), code, path);

    [Fact]
    public void S058_A_circle_of_departments_is_found_on_everybody_in_it_and_on_nobody_below()
    {
        var problems = Check("organisation", """
            { "departments": [ { "code": "a", "label": { "en": "a", "zh": "a" }, "parent": "b" },
                               { "code": "b", "label": { "en": "b", "zh": "b" }, "parent": "a" },
                               { "code": "c", "label": { "en": "c", "zh": "c" }, "parent": "a" } ] }
            """);
        problems.Select(problem => problem.Data["path"]).ShouldBe(["departments[0].parent", "departments[1].parent"]);
    }

    [Theory]
    [InlineData("""{ "id": "amy" }, { "id": "amy" }""", "definition.duplicate", "people[1].id")]
    [InlineData("""{ "id": "" }""", "text.required", "people[0].id")]
    [InlineData("""{ "id": "amy", "teams": ["first", "west"] }""", "definition.missing", "people[0].teams[1]")]
    [InlineData("""{ "id": "amy", "deputy": "ben" }""", "definition.missing", "people[0].deputy")]
    [InlineData("""{ "id": "amy", "deputy": "amy" }""", "staff.deputy_circle", "people[0].deputy")]
    [InlineData("""{ "id": "amy", "absent": [ { "from": "2026-09-02", "until": "2026-09-01" } ] }""",
        "staff.absence_backwards", "people[0].absent[0]")]
    [InlineData("""{ "id": "amy", "skills": [""] }""", "text.required", "people[0].skills[0]")]
    public void S038_A_bad_list_of_staff_is_refused_with_its_path_in_both_languages(string people, string code, string path) =>
        ShouldBeRefused("staff", $$"""{ "people": [ {{people}} ] }""", code, path);

    [Fact]
    public void S038_A_circle_of_deputies_is_refused_and_a_chain_is_not()
    {
        var circle = Check("staff", """
            { "people": [ { "id": "amy", "deputy": "ben" }, { "id": "ben", "deputy": "cai" }, { "id": "cai", "deputy": "amy" },
                          { "id": "dan", "deputy": "amy" } ] }
            """);
        circle.Select(problem => (problem.Code, problem.Data["path"])).ShouldBe(
            [("staff.deputy_circle", "people[0].deputy"), ("staff.deputy_circle", "people[1].deputy"),
                ("staff.deputy_circle", "people[2].deputy")]);
        const string Chain = """{ "people": [ { "id": "amy", "deputy": "ben" }, { "id": "ben", "deputy": "cai" }, { "id": "cai" } ] }""";
        Check("staff", Chain).ShouldBeEmpty();
    }

    [Fact]
    public void S038_The_staff_survives_writing_and_reading()
    {
        var card = new StaffCard("amy", "Amy", ["first"], ["oven"], ["agent"], "ben",
            [new Absence(new LocalDate(2026, 9, 1), new LocalDate(2026, 9, 3))], new LocalDate(2026, 12, 31));
        var json = AssignmentDefinitions.Staff.Write(new StaffList([card]));
        json.ShouldContain("\"absent\"");
        json.ShouldContain("\"left\": \"2026-12-31\"");

        var read = AssignmentDefinitions.Staff.Parse(json).People.ShouldHaveSingleItem();
        (read.Id, read.Name, read.Deputy, read.LeftOn, read.Absences[0])
            .ShouldBe((card.Id, card.Name, card.Deputy, card.LeftOn, card.Absences[0]));
        (read.Teams[0], read.Skills[0], read.Roles[0]).ShouldBe(("first", "oven", "agent"));
    }

    [Theory]
    [InlineData("""{ "team": "first" }, { "team": "first" }, { "team": "first" }, { "team": "west" }""",
        "routing.team_unknown", "rows[3].team")]
    [InlineData("""{ "team": "first", "department": "law" }""", "routing.department_unknown", "rows[0].department")]
    [InlineData("""{ "team": "first", "track": "director" }""", "definition.missing", "rows[0].track")]
    [InlineData("""{ "team": "first", "when": { "area": ["north", "west"] } }""", "definition.missing", "rows[0].when.area[1]")]
    [InlineData("""{ "team": "first", "when": { "category": ["nope"] } }""", "definition.missing", "rows[0].when.category[0]")]
    [InlineData("""{ "team": "first", "when": { "subcategory": ["nope"] } }""", "definition.missing", "rows[0].when.subcategory[0]")]
    [InlineData("""{ "team": "first", "when": { "channel": ["pigeon"] } }""", "definition.missing", "rows[0].when.channel[0]")]
    [InlineData("""{ "team": "first", "when": { "kind": ["nope"] } }""", "definition.missing", "rows[0].when.kind[0]")]
    [InlineData("""{ "team": "first", "when": { "tier": ["nope"] } }""", "definition.missing", "rows[0].when.tier[0]")]
    [InlineData("""{ "team": "first", "when": { "priority": ["nope"] } }""", "definition.missing", "rows[0].when.priority[0]")]
    [InlineData("""{ "team": "" }""", "text.required", "rows[0].team")]
    public void S036_A_bad_row_is_refused_with_its_path_in_both_languages(string rows, string code, string path) =>
        ShouldBeRefused("routing", $$"""{ "rows": [ {{rows}} ] }""", code, path);

    [Fact]
    public void S036_An_unknown_member_of_a_row_is_refused_with_its_path()
    {
        var problem = Check("routing", """{ "rows": [ { "team": "first", "when": { "colour": ["red"] } } ] }""").ShouldHaveSingleItem();
        (problem.Code, problem.Data["path"].ToString()!.Contains("rows[0].when", StringComparison.Ordinal))
            .ShouldBe(("definition.key_unknown", true));
    }

    [Fact]
    public void S036_Five_hundred_rows_are_taken_and_ten_thousand_are_refused_at_once()
    {
        Check("routing", Rows(500)).ShouldBeEmpty();
        var refused = Check("routing", Rows(10_000)).ShouldHaveSingleItem();
        (refused.Code, refused.Data["value"], refused.Data["bound"]).ShouldBe(("routing.too_many", "10000", "500"));

        static string Rows(int count) => $$"""{ "rows": [ {{string.Join(", ", Enumerable.Repeat("""{ "team": "west-less" }""", count)
            .Select(row => row.Replace("west-less", "first", StringComparison.Ordinal)))}} ] }""";
    }

    [Fact]
    public void S036_Without_an_organisation_teams_are_the_hosts_own() =>
        DefinitionKinds.Check(
            "routing", "default", """{ "rows": [ { "team": "anything", "when": { "area": ["x"] } } ] }""", Rulebook.BuiltIn)
            .ShouldBeNull();

    private static IEnumerable<ComplaintError> Check(string kind, string json) =>
        DefinitionKinds.Check(kind, "default", json, Organised) is { } refusal ? refusal.Details.AsEnumerable() : [];

    private static void ShouldBeRefused(string kind, string json, string code, string path)
    {
        var problem = Check(kind, json).First();
        problem.Code.ShouldBe(code);
        (problem.Data.TryGetValue("path", out var at) ? at : problem.Data["field"]).ShouldBe(path);
        problem.Message.ShouldContain(path);
        problem.In(Office.Chinese).ShouldContain(path);
        problem.In(Office.Chinese).ShouldNotBe(problem.In(CultureInfo.InvariantCulture));
    }
}
