using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Complaints.Core.Definitions;

namespace Complaints.Core.Tests.Definitions;

public sealed class DefinitionTests
{
    [Fact]
    public void Every_built_in_passes_its_own_check()
    {
        BuiltIns.All.Select(definition => definition.Kind).Distinct().Order().ShouldBe(DefinitionKinds.Names);
        foreach (var definition in BuiltIns.All)
            DefinitionKinds.Check(definition.Kind, definition.Id, definition.Json, Rulebook.BuiltIn).ShouldBeNull($"{definition.Kind}/{definition.Id}");
    }

    [Theory]
    [InlineData("participant-roles", """{"items":[{"code":"a","label":{"en":"A","zh":"甲"},"most":51}]}""",
        "number.out_of_range", "items[0].most")]
    [InlineData("participant-roles", """{"items":[{"code":"a","label":{"en":"A","zh":"甲"},"most":0}]}""",
        "number.out_of_range", "items[0].most")]
    [InlineData("participant-roles", """{"items":[{"code":"a","label":{"en":"A","zh":"甲"},"staff":true,"speaksForCustomer":true}]}""",
        "participant.staff_speaks", "items[0]")]
    [InlineData("channels", """{"items":[]}""", "definition.empty", "items")]
    [InlineData("channels", """{"items":[{"code":"a","label":{"en":"A","zh":"甲"}},{"code":"a","label":{"en":"A","zh":"甲"}}]}""", "definition.duplicate", "items[1].code")]
    [InlineData("channels", """{"items":[{"code":"a","label":{"en":"A","zh":""}}]}""", "definition.label_missing", "items[0].label")]
    [InlineData("channels", """{"itens":[]}""", "definition.key_unknown", "itens")]
    [InlineData("channels", """{"items":""", "definition.syntax", "items")]
    [InlineData("channels", "null", "definition.syntax", "null")]
    [InlineData("tenant", """{"zone":"Mars/Olympus"}""", "calendar.zone_unknown", "Mars/Olympus")]
    [InlineData("tenant", """{"silenceDays":-1}""", "number.out_of_range", "silenceDays")]
    [InlineData("tenant", """{"gapFreeNumbers":"yes"}""", "definition.syntax", "gapFreeNumbers")]
    [InlineData("tenant", """{"permissions":{"Shout":["agent"]}}""", "definition.missing", "Shout")]
    [InlineData("repeats", """{"windowDays":0}""", "number.out_of_range", "windowDays")]
    [InlineData("classification-rules", """{"rules":[{"category":"weather","words":["rain"]}]}""", "definition.missing", "weather")]
    [InlineData("calendar", """{"zone":"Asia/Shanghai","week":{}}""", "calendar.never_open", "Asia/Shanghai")]
    [InlineData("calendar", """{"zone":"Asia/Shanghai","week":{"monday":["09:00-09:99"]}}""", "calendar.window_invalid", "09:00-09:99")]
    [InlineData("calendar", """{"zone":"Asia/Shanghai","week":{"monday":["09:00-10:00"]},"dates":[{"date":"2026-10-01"},{"date":"2026-10-01"}]}""", "calendar.date_conflict", "2026")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"resolution","limit":"soon"}]}""", "limit.syntax", "soon")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"victory","limit":"1 hour"}]}""", "definition.missing", "victory")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"resolution","limit":"1 hour","calendar":"lunar"}]}""", "definition.missing", "lunar")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"resolution","limit":"1 hour"}],"appliesTo":{"priorities":["p9"]}}""", "definition.missing", "p9")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"resolution","limit":"30 days, close of business"}]}""", "policy.close_on_closed_day", "objectives[0].limit")]
    [InlineData("policy", """{"label":{"en":"A","zh":"甲"},"objectives":[{"objective":"resolution","limit":"90000 working days"}]}""", "limit.beyond_calendar", "objectives[0].limit")]
    public void A_wrong_definition_is_refused_with_code_and_path(string kind, string json, string code, string mentioned)
    {
        var refusal = DefinitionKinds.Check(kind, "default", json, Rulebook.BuiltIn).ShouldNotBeNull();
        refusal.Code.ShouldBe("definition.invalid");
        refusal.Details.Select(detail => detail.Code).ShouldContain(code);
        refusal.Message.ShouldContain(mentioned);
    }

    [Fact]
    public void A_kind_of_which_there_is_one_is_published_under_its_one_id_because_no_other_is_read()
    {
        var channels = BuiltIns.All.Single(definition => definition.Kind == "channels").Json;
        var refusal = DefinitionKinds.Check("channels", "mine", channels, Rulebook.BuiltIn).ShouldNotBeNull();
        refusal.Code.ShouldBe("definition.one_only");
        refusal.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("“mine”不会被使用");
        DefinitionKinds.Check("channels", "default", channels, Rulebook.BuiltIn).ShouldBeNull();
        var calendar = BuiltIns.All.Single(definition => definition.Kind == "calendar").Json;
        DefinitionKinds.Check("calendar", "mine", calendar, Rulebook.BuiltIn).ShouldBeNull("the control");
    }

    [Fact]
    public void An_unknown_kind_names_the_known_ones() =>
        DefinitionKinds.Check("colours", "default", "{}", Rulebook.BuiltIn)!.Message.ShouldContain("categories");

    [Fact]
    public void Every_error_code_in_the_source_has_a_text_in_both_languages()
    {
        CodesInSource().Except(CommandCatalogue.RefusalCodes).ShouldBeEmpty();
        CommandCatalogue.RefusalCodes.Except(CodesInSource()).ShouldBeEmpty("a text that nothing uses");
        foreach (var refusal in CommandCatalogue.Refusals)
        {
            refusal.Plain.Message.ShouldBe(refusal.En);
            refusal.Plain.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldMatch(@"\p{IsCJKUnifiedIdeographs}|^\{path\}", refusal.Code);
        }
    }

    private static IEnumerable<string> CodesInSource([CallerFilePath] string file = "")
    {
        var source = Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && Path.GetFileName(path) is not ("ErrorTexts.cs" or "ChainVerifier.cs" or "Checkpoints.cs" or "CommandAudit.cs"))
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), @"(?:new|ComplaintError|Error)\(\s*""(?<code>[a-z]+\.[a-z_]+)""").Concat(Regex.Matches(File.ReadAllText(path), @"""(?<code>complaint\.exists)""")))
            .Select(match => match.Groups["code"].Value)
            .Where(code => CommandCatalogue.RefusalCodes.Any(known => known.Split('.')[0] == code.Split('.')[0]))
            .Distinct();
    }

    [Fact]
    public void What_a_tenants_settings_leave_out_has_its_default()
    {
        var read = SharedDefinitions.Tenant.Parse("""{"silenceDays":3}""");
        read.SilenceDays.ShouldBe(3);
        read.Languages.ShouldBe(new TenantSettings().Languages);
        read.Authority.ShouldBe(new TenantSettings().Authority);
        (read with { Languages = [], Authority = null!, Permissions = null!, Roles = null! })
            .ShouldBe(new TenantSettings
            {
                SilenceDays = 3, Languages = read.Languages, Authority = read.Authority, Permissions = read.Permissions, Roles = read.Roles,
            });
        CommandCatalogue.Find(new("register"))!.Read("""{"draft":{"channel":"phone","title":"x"}}""").Error.ShouldBeNull();
    }
}
