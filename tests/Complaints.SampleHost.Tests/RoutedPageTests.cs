using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.SampleHost.Tests;

/// <summary>Who handles a case, on its page: in words, in both languages, without a code or an id.</summary>
public sealed class RoutedPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S036_S037_The_page_says_which_row_it_was_or_why_nobody_has_it()
    {
        await PublishAsync();
        // What another program published is found within half a minute, and at once by a new one.
        await host.RestartAsync();
        var page = await host.VisitAsync("/complaints/new");
        await page.SelectOptionAsync("[name=Area]", "area-n");
        await page.FillAsync("[name=Title]", "暖气不热");
        await page.FillAsync("[name=CustomerName]", "王小明");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");

        (await page.Locator("dd.assigned").AllInnerTextsAsync()).ShouldBe(["林师傅", "北区", "经理流程", "分派规则第 1 行（版本 2）"]);
        (await page.Locator("#area").InnerTextAsync()).ShouldBe("北片区");
        var main = await page.Locator("dl").First.InnerTextAsync();
        main.ShouldNotContain("team-n");
        main.ShouldNotContain("lin-7");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("分派依据");

        var stuck = await host.RegisterAsync("烤箱不热", "021-5555 2001");
        (await stuck.Locator("dl").First.InnerTextAsync()).ShouldContain("团队中无人具备所需技能");
    }

    private async Task PublishAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={host.Database};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var library = provider.GetRequiredService<DefinitionLibrary>();
        // By a person: what a program brings along would be put in its place by what the host brings along.
        foreach (var (kind, json) in Published)
        {
            (await library.PublishAsync(TenantId.Default, kind, "default", json, new Actor("adam", Role.Administrator), default))
                .Refusal.ShouldBeNull();
        }
    }

    private static readonly (string Kind, string Json)[] Published =
    [
        ("organisation", """
            { "teams": [ { "code": "team-n", "label": { "en": "North", "zh": "北区" } } ],
              "areas": [ { "code": "area-n", "label": { "en": "North", "zh": "北片区" } } ] }
            """),
        ("staff", """{ "people": [ { "id": "lin-7", "name": "林师傅", "teams": ["team-n"] } ] }"""),
        ("routing", """
            { "rows": [ { "when": { "area": ["area-n"] }, "team": "team-n", "track": "manager" },
                        { "team": "team-n", "skill": "oven" } ] }
            """),
    ];
}
