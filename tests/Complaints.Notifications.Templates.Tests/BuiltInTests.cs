using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Templates.Tests;

public sealed class BuiltInTests
{
    /// <summary>Events that do not leave the house, for which customers have a text nevertheless: whoever makes them
    /// leave finds it.</summary>
    private static readonly string[] NotLeaving = ["proposal-presented"];

    [Fact]
    public void S145_Every_event_that_leaves_has_a_text_for_the_staff_and_no_other_has()
    {
        BuiltInTemplates.All.Keys.Where(code => code.StartsWith("staff-")).Select(code => code["staff-".Length..])
            .Order(StringComparer.Ordinal)
            .ShouldBe(OutboxRouting.Events);
        OutboxRouting.Known.Length.ShouldBe(OutboxRouting.Events.Length);
        BuiltInTemplates.All.Values.Select(template => template.Event).OfType<string>().Distinct().Except(OutboxRouting.Events)
            .ShouldBe(NotLeaving);
    }

    [Fact]
    public void S145_What_customers_get_has_a_text_of_its_own()
    {
        foreach (var name in new[]
            {
                "registered", "acknowledged", "deadline-agreed", "commitment-made", "proposal-presented", "result-notified", "resolved",
                "not-established", "reopened", "review-granted", "review-requested", "closed",
            })
            BuiltInTemplates.CodeFor(name, Audience.Customer).ShouldBe($"customer-{name}");
        BuiltInTemplates.CodeFor("task-sent", Audience.Representative).ShouldBe("customer-news");
        BuiltInTemplates.CodeFor("task-sent", Audience.Department).ShouldBe("staff-task-sent");
        Should.Throw<ArgumentException>(() => BuiltInTemplates.CodeFor("nothing", Audience.Customer));
    }

    [Fact]
    public void S145_Every_built_in_template_may_be_published()
    {
        foreach (var (code, template) in BuiltInTemplates.All)
            TemplateDefinitions.Templates.Check(template, code, Rulebook.BuiltIn).ShouldBeEmpty(code);
    }

    [Fact]
    public void S145_What_the_staff_gets_names_nothing_personal() =>
        BuiltInTemplates.All.Where(entry => entry.Key.StartsWith("staff-"))
            .SelectMany(entry => new[] { true, false }.SelectMany(isChinese =>
                new CompiledTemplate(entry.Value.In(isChinese), isChinese).Fields))
            .Where(field => TemplateFields.Find(field)!.IsPersonal).ShouldBeEmpty();

    [Fact]
    public async Task S145_Every_built_in_text_is_in_its_own_language_and_leaves_no_brace()
    {
        foreach (var code in TemplatePreview.Codes(Rulebook.BuiltIn))
        {
            var zh = (await TemplatePreview.InForceAsync(Rulebook.BuiltIn, code, "zh-CN")).ShouldNotBeNull();
            var en = (await TemplatePreview.InForceAsync(Rulebook.BuiltIn, code, "en")).ShouldNotBeNull();
            zh.Subject.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", code);
            Regex.IsMatch(en.Text + en.Subject, @"\p{IsCJKUnifiedIdeographs}").ShouldBeFalse(code);
            foreach (var notice in new[] { zh, en })
            {
                (notice.Text + notice.Subject + notice.Chat).ShouldNotContain("{", customMessage: code);
                notice.Text.ShouldNotContain("\n\n\n");
                notice.Html.ShouldContain("</html>");
            }
        }
    }

    [Fact]
    public void S145_Every_field_has_both_meanings_and_examples() =>
        TemplateFields.All.ShouldAllBe(field => field.Meaning.Zh.Length > 0 && field.Meaning.En.Length > 0 && field.Example.Zh.Length > 0
            && field.Example.En.Length > 0 && Regex.IsMatch(field.Name, "^[a-z_]+$"));
}
