using System.Globalization;
using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Notifications.Templates.Tests;

public sealed class CheckTests
{
    private static ComplaintError[] Problems(string text, string? audience = null, string? subject = null, string? html = null) =>
        [.. TemplateDefinitions.Templates.Check(
            new MessageTemplate(new("结果", "{{ number }}"), new(subject ?? "Result", text, html), "resolved", audience),
            "mine", Rulebook.BuiltIn)];

    [Theory]
    [InlineData("{{ numbr }}", "template.field_unknown", "number")]
    [InlineData("{{ custmer_name }}", "template.field_unknown", "customer_name")]
    [InlineData("{{ title.raw }}", "template.field_unknown", "title")]
    [InlineData("{{ title | raw }}", "template.filter_unknown", null)]
    [InlineData("{{ title | upcas }}", "template.filter_unknown", "upcase")]
    [InlineData("{{ title | append: title }}", "template.filter_unknown", null)]
    [InlineData("{% if nmber %}x{% endif %}", "template.field_unknown", "number")]
    [InlineData("{{ title | default: owwner }}", "template.field_unknown", "owner")]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}", "template.not_allowed", null)]
    [InlineData("{% assign a = title %}", "template.syntax", null)]
    [InlineData("{% capture a %}x{% endcapture %}", "template.syntax", null)]
    [InlineData("{% include 'x' %}", "template.syntax", null)]
    [InlineData("{% raw %}{{ x }}{% endraw %}", "template.syntax", null)]
    [InlineData("{% liquid echo title %}", "template.syntax", null)]
    [InlineData("{{ number", "template.syntax", null)]
    [InlineData("a\n{% if number %}b", "template.syntax", null)]
    [InlineData("{% endif %}", "template.syntax", null)]
    [InlineData("", "template.empty", null)]
    [InlineData("{{ remedies[0] }}", "template.field_unknown", null)]
    public void S145_What_a_template_must_not_say_is_refused_and_the_nearest_word_is_named(string text, string code, string? nearest)
    {
        var problem = Problems(text).First();
        problem.Code.ShouldBe(code);
        if (nearest is not null)
            problem.Data["nearest"].ShouldBe(nearest);
        problem.Data["path"].ShouldBe("en.text");
        foreach (var language in new[] { "en", "zh-CN" })
            problem.In(CultureInfo.GetCultureInfo(language)).ShouldNotContain("{nearest}");
        problem.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public void S145_Control_a_good_template_has_no_problem() =>
        Problems("{% for remedy in remedies %}- {{ remedy | upcase }} {{ forloop.index }}{% endfor %}"
            + "{{ phone | default: 'none' }}{% comment %}x{% endcomment %}")
            .ShouldBeEmpty();

    [Fact]
    public void S145_Sizes_lines_events_and_audiences_are_checked()
    {
        Problems(new string('x', 20_001)).ShouldHaveSingleItem().Code.ShouldBe("template.too_long");
        Problems("x", subject: "a\nb").ShouldHaveSingleItem().Code.ShouldBe("template.control");
        Problems("x", html: "<p>{{ titel }}</p>").ShouldHaveSingleItem().Data["path"].ShouldBe("en.html");
        Problems("x", audience: "custommer").ShouldHaveSingleItem().Code.ShouldBe("template.audience_unknown");
        Problems("{{ title }}", audience: "subscriber").ShouldHaveSingleItem().Code.ShouldBe("template.personal");
        TemplateDefinitions.Templates.Check(new(new("a", "a"), new("a", "a"), "resolvd"), "x", Rulebook.BuiltIn)
            .ShouldHaveSingleItem().Code.ShouldBe("template.event_unknown");
        Problems("{% for a in remedies %}{% for b in remedies %}{{ narrative }}{% endfor %}{% endfor %}").ShouldBeEmpty("the control");
    }

    [Fact]
    public void S145_A_template_that_runs_away_with_examples_is_refused()
    {
        var loops = string.Concat(Enumerable.Range(0, 16).Select(i => $"{{% for a{i} in remedies %}}"))
            + "{{ narrative }}" + string.Concat(Enumerable.Repeat("{% endfor %}", 16));
        Problems(loops).ShouldHaveSingleItem().Code.ShouldBe("template.failed");
    }

    [Fact]
    public void S145_A_letterhead_names_a_page_with_a_number_in_it()
    {
        var good = new Letterhead(new("Acme", "爱克美"), "021", "a@example.org", CasePage: "https://example.org/c/{number}");
        TemplateDefinitions.Letterhead.Check(good, "default", Rulebook.BuiltIn).ShouldBeEmpty();
        TemplateDefinitions.Letterhead.Check(good with { CasePage = "javascript:alert({number})" }, "default", Rulebook.BuiltIn)
            .ShouldHaveSingleItem().Code.ShouldBe("template.page");
        TemplateDefinitions.Letterhead.Check(good with { Name = new("", "爱") }, "default", Rulebook.BuiltIn)
            .ShouldHaveSingleItem().Code.ShouldBe("template.empty");
    }
}
