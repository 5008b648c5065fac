using System.Text.Json;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A content may say where its schema lies; what it says otherwise stays what it is.</summary>
public sealed class SchemaLinkTests
{
    [Theory]
    [InlineData("""{ "$schema": "./repeats.schema.json", "windowDays": 14 }""")]
    [InlineData("""{ "windowDays": 14, "$schema": "./repeats.schema.json" }""")]
    [InlineData("""{ /* a */ "$schema": /* b */ "x" /* c */, // d""" + "\n" + """ "windowDays": 14, }""")]
    [InlineData("""{ "windowDays": 14, "$schema": "\"}\u4e2d中", }""")]
    public void A_link_to_the_schema_changes_nothing(string json)
    {
        DefinitionKinds.Check("repeats", "default", json, Rulebook.BuiltIn).ShouldBeNull();
        IntakeDefinitions.Repeats.Parse(json).ShouldBe(new RepeatRule(14));
        Rulebook.From([new(TenantId.Default, "repeats", "default", 1, json, default, "test")]).Repeats.Value.ShouldBe(new RepeatRule(14));
    }

    [Fact]
    public void Policies_and_calendars_take_one_too()
    {
        SlaPolicy.Parse(Linked(PolicyPresets.Json("uk-disp"))).Objectives.Length.ShouldBe(2);
        CalendarDefinition.Parse(Linked(CalendarPresets.Json("cn"))).Zone.ShouldBe("Asia/Shanghai");

        static string Linked(string json) => "{ \"$schema\": \"a\"," + json.TrimStart()[1..];
    }

    [Theory]
    [InlineData("""{ "windowDays": 14, "sub": { "$schema": "x" } }""")]
    [InlineData("""{ "$schema": 7, "windowDays": 14 }""")]
    [InlineData("""{ "$schema": "x", "$schema": "y", "windowDays": 14 }""")]
    [InlineData("""{ "$schema": "x", "windowDay": 14 }""")]
    [InlineData("""{ "$schema": "x" "windowDays": 14 }""")]
    [InlineData("""{ "$schema": """)]
    public void Control_anything_else_is_refused(string json) =>
        DefinitionKinds.Check("repeats", "default", json, Rulebook.BuiltIn).ShouldNotBeNull().Code.ShouldBe("definition.invalid");

    [Fact]
    public void What_is_wrong_is_named_at_its_line_and_place()
    {
        var link = "{\n  \"$schema\": \"./ä中.json\",\n";
        var wrong = Should.Throw<JsonException>(() => IntakeDefinitions.Repeats.Parse(link + "  \"windowDays\": \"x\"\n}"));
        (wrong.Path, wrong.LineNumber).ShouldBe(("$.windowDays", 2));
        SchemaLink.Blanked(link + "}").Count(letter => letter == '\n').ShouldBe(2);
        SchemaLink.Blanked("no $schema at all").ShouldBe("no $schema at all");
    }

    [Fact]
    public void A_schema_is_not_offered_where_a_key_is_unknown() =>
        DefinitionKinds.Check("repeats", "default", """{ "a": 1 }""", Rulebook.BuiltIn)!.Details[0].Message.ShouldNotContain("$schema");
}
