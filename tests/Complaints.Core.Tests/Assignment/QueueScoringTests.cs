using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;

namespace Complaints.Core.Tests.Assignment;

/// <summary>What may be published of points in a queue.</summary>
public sealed class QueueScoringTests
{
    private static readonly Rulebook Organised = Rulebook.From([new Definition(
        TenantId.Default, "organisation", "default", 1, Office.Teams, default, "test")]);

    [Fact]
    public void X46_What_is_built_in_may_be_published_and_survives_writing_and_reading()
    {
        var builtIn = Rulebook.BuiltIn.QueueScoring.Value;
        (builtIn.Rows.Length, builtIn.Days.Length).ShouldBe((9, 3));
        var json = AssignmentDefinitions.QueueScoring.Write(builtIn);
        DefinitionKinds.Check("queue-score", "default", json, Rulebook.BuiltIn).ShouldBeNull();
        var read = AssignmentDefinitions.QueueScoring.Parse(json);
        read.Rows.Select(row => (row.Attribute, row.Points, string.Join(' ', row.Values)))
            .ShouldBe(builtIn.Rows.Select(row => (row.Attribute, row.Points, string.Join(' ', row.Values))));
        read.Days.ShouldBe(builtIn.Days);
        Check("""{ "rows": [] }""").ShouldBeEmpty("by due instant alone");
        AssignmentDefinitions.QueueScoring.Schema["properties"]!["days"]!["items"]!["properties"]!["maxDays"]!["type"]!.ToString()
            .ShouldBe("integer");
    }

    [Theory]
    [InlineData("""{ "attribute": "colour", "values": ["red"], "points": 1 }""", "definition.missing", "rows[0].attribute")]
    [InlineData("""{ "attribute": "severity", "values": ["major"], "points": 1 }""", "definition.missing", "rows[0].attribute")]
    [InlineData("""{ "attribute": "priority", "values": ["p1", "p9"], "points": 1 }""", "definition.missing", "rows[0].values[1]")]
    [InlineData("""{ "attribute": "kind", "values": ["nope"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "category", "values": ["nope"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "subcategory", "values": ["nope"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "channel", "values": ["pigeon"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "entry-point", "values": ["nope"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "area", "values": ["west"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "state", "values": ["Asleep"], "points": 1 }""", "definition.missing", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "channel", "values": [""], "points": 1 }""", "text.required", "rows[0].values[0]")]
    [InlineData("""{ "attribute": "priority", "points": 1 }""", "definition.empty", "rows[0].values")]
    [InlineData("""{ "attribute": "repeat", "values": ["yes"], "points": 1 }""", "list.too_long", "rows[0].values")]
    [InlineData("""{ "attribute": "repeat", "points": 1001 }""", "number.out_of_range", "rows[0].points")]
    [InlineData("""{ "attribute": "repeat", "points": -1001 }""", "number.out_of_range", "rows[0].points")]
    [InlineData("""{ "attribute": "repeat", "points": 1 }, { "attribute": "repeat", "points": 2 }""",
        "definition.duplicate", "rows[1].attribute")]
    [InlineData("""
        { "attribute": "priority", "values": ["p1"], "points": 1 }, { "attribute": "priority", "values": ["p2", "p1"], "points": 2 }
        """, "definition.duplicate", "rows[1].values[1]")]
    public void X46_A_bad_row_is_refused_with_its_path_in_both_languages(string rows, string code, string path) =>
        ShouldBeRefused($$"""{ "rows": [ {{rows}} ] }""", code, path);

    [Theory]
    [InlineData("""{ "since": "yesterday", "points": 1, "maxDays": 5 }""", "definition.missing", "days[0].since")]
    [InlineData("""{ "since": "received", "points": 1, "maxDays": 0 }""", "number.out_of_range", "days[0].maxDays")]
    [InlineData("""{ "since": "received", "points": 1, "maxDays": 251 }""", "number.out_of_range", "days[0].maxDays")]
    [InlineData("""{ "since": "received", "points": 1001, "maxDays": 1 }""", "number.out_of_range", "days[0].points")]
    [InlineData("""{ "since": "received", "points": 1, "maxDays": 5 }, { "since": "received", "points": 2, "maxDays": 5 }""",
        "definition.duplicate", "days[1].since")]
    public void X46_A_bad_count_of_days_is_refused_with_its_path_in_both_languages(string days, string code, string path) =>
        ShouldBeRefused($$"""{ "days": [ {{days}} ] }""", code, path);

    [Fact]
    public void X46_An_unknown_member_is_refused_with_its_path()
    {
        var problem = Check("""{ "rows": [ { "attribute": "repeat", "points": 1, "weight": 2 } ] }""").ShouldHaveSingleItem();
        (problem.Code, problem.Data["path"]).ShouldBe(("definition.key_unknown", "rows[0].weight"));
    }

    [Fact]
    public void X46_A_hundred_rows_are_taken_and_ten_thousand_are_refused_at_once()
    {
        Check(Areas(100), Rulebook.BuiltIn).ShouldBeEmpty("where the tenant names no areas, they are the host's own");
        var refused = Check(Areas(10_000), Rulebook.BuiltIn).ShouldHaveSingleItem();
        (refused.Code, refused.Data["length"], refused.Data["bound"]).ShouldBe(("list.too_long", "10000", "100"));
        var days = Check($$"""{ "days": [ {{string.Join(", ", Enumerable.Repeat(Day, 10_000))}} ] }""").ShouldHaveSingleItem();
        (days.Code, days.Data["bound"]).ShouldBe(("list.too_long", "3"));

        static string Areas(int count) => $$"""{ "rows": [ {{string.Join(", ", Enumerable.Range(0, count)
            .Select(i => $$"""{ "attribute": "area", "values": ["a{{i}}"], "points": 1 }"""))}} ] }""";
    }

    private const string Day = """{ "since": "received", "points": 1, "maxDays": 5 }""";

    private static IEnumerable<ComplaintError> Check(string json, Rulebook? rules = null) =>
        DefinitionKinds.Check("queue-score", "default", json, rules ?? Organised) is { } refusal ? refusal.Details.AsEnumerable() : [];

    private static void ShouldBeRefused(string json, string code, string path)
    {
        var problem = Check(json).ShouldHaveSingleItem();
        problem.Code.ShouldBe(code);
        (problem.Data.TryGetValue("path", out var at) ? at : problem.Data["field"]).ShouldBe(path);
        problem.Message.ShouldContain(path);
        problem.In(Office.Chinese).ShouldContain(path);
        problem.In(Office.Chinese).ShouldNotBe(problem.In(CultureInfo.InvariantCulture));
    }
}
