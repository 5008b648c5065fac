using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Definitions;

/// <summary>What publishing refuses: each with a code, the path and what to do, in both languages.</summary>
public sealed class PolicyRulesTests
{
    [Theory]
    [InlineData("a calendar that never opens", "calendar", """{"zone":"Asia/Shanghai","week":{"monday":[]}}""", "calendar.never_open", "Asia/Shanghai")]
    [InlineData("a window without an end", "calendar", """{"zone":"Asia/Shanghai","week":{"monday":["09:00-12:00","13:00-"]}}""", "calendar.window_invalid", "week.monday[1]")]
    [InlineData("an unknown zone", "calendar", """{"zone":"Mars/Olympus","week":{"monday":["09:00-12:00"]}}""", "calendar.zone_unknown", "zone")]
    [InlineData("two rules for a date", "calendar", """{"zone":"Asia/Shanghai","week":{"monday":["09:00-12:00"]},"dates":[{"date":"2026-10-01"},{"date":"2026-10-01","worksLike":"monday"}]}""", "calendar.date_conflict", "dates[1]")]
    [InlineData("a missing calendar", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour"},{"objective":"first-response","limit":"1 hour","calendar":"night"}]}""", "definition.missing", "objectives[1].calendar")]
    [InlineData("a missing objective", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"victory","limit":"1 hour"}]}""", "definition.missing", "objectives[0].objective")]
    [InlineData("an unknown stopping fact", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","stop":["victory"]}]}""", "definition.missing", "objectives[0].stop")]
    [InlineData("a limit with a slip", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"3 working days, close of busines"}]}""", "limit.option", "objectives[0].limit, position 17")]
    [InlineData("a limit that its calendar never gives", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"2 working days","calendar":"fair"}]}""", "limit.beyond_calendar", "objectives[0].limit")]
    [InlineData("a rule behind one that takes everything", "policy", """{"label":{"en":"A","zh":"甲"},"order":2000,"appliesTo":{"channels":["phone"]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "policy.never_selected", "appliesTo")]
    [InlineData("a rule behind one that takes all of its complaints", "policy", """{"label":{"en":"A","zh":"甲"},"order":200,"appliesTo":{"priorities":["p1"],"channels":["phone"]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "policy.never_selected", "appliesTo")]
    [InlineData("overlapping rules of one order", "policy", """{"label":{"en":"A","zh":"甲"},"appliesTo":{"channels":["phone"]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "policy.order_ambiguous", "order")]
    [InlineData("a stage that there is not", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"appliesTo":{"stages":[3]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "number.out_of_range", "appliesTo.stages")]
    [InlineData("an attribute without values", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"appliesTo":{"attributes":{"area":[]}},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "definition.empty", "appliesTo.attributes.area")]
    [InlineData("an unverified number", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"source":{"texts":["A leaflet"],"date":"2026-01-01","verified":false},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "policy.unverified", "source.verified")]
    [InlineData("no source in the source", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"source":{"texts":[],"date":"2026-01-01","verified":true},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "definition.empty", "source.texts")]
    [InlineData("pauses of what cannot pause", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","pausable":false,"pausedBy":["parts"]}]}""", "policy.pause_contradiction", "objectives[0].pausedBy")]
    [InlineData("a pause for an unknown reason", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","pausedBy":["lunch"]}]}""", "definition.missing", "objectives[0].pausedBy")]
    [InlineData("a step with a slip", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","warnings":["80%","80 percent"]}]}""", "step.syntax", "objectives[0].warnings[1]")]
    [InlineData("a step twice", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","warnings":["80%","80%"]}]}""", "definition.duplicate", "objectives[0].warnings[1]")]
    [InlineData("a level that there is not", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","escalations":[{"at":"due","level":10}]}]}""", "number.out_of_range", "objectives[0].escalations[0].level")]
    [InlineData("handing over to nobody", "policy", """{"label":{"en":"A","zh":"甲"},"order":5,"objectives":[{"objective":"resolution","limit":"1 hour","escalations":[{"at":"due","level":1,"reassign":true}]}]}""", "definition.empty", "objectives[0].escalations[0].team")]
    public void Bad_input_is_refused_with_code_path_and_remedy(string what, string kind, string json, string code, string path)
    {
        // A fair that opens on one day only.
        var rules = Rulebook.From([new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, "fair", 1,
            """{"zone":"Asia/Shanghai","week":{},"dates":[{"date":"2026-05-01","hours":["09:00-18:00"]}]}""", default, "test")]);
        var refusal = DefinitionKinds.Check(kind, "new", json, rules).ShouldNotBeNull(what);
        var found = refusal.Details.ShouldHaveSingleItem(what);
        found.Code.ShouldBe(code);
        found.Message.ShouldContain(path);
        found.Message.ShouldContain(';', customMessage: "what to do");
        found.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Theory]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"order":1000,"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "call-centre", "a new version of itself")]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"order":500,"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "ours", "one that replaces the default")]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"appliesTo":{"priorities":["p2"]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "p2", "the same order for other complaints")]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"order":110,"appliesTo":{"channels":["phone"]},"objectives":[{"objective":"resolution","limit":"1 hour"}]}""", "phone", "an overlap with another order")]
    public void Control_a_policy_that_comes_into_play_is_published(string json, string id, string what) =>
        DefinitionKinds.Check(SlaDefinitions.Policies.Name, id, json, Rulebook.BuiltIn).ShouldBeNull(what);
}
