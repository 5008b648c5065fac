using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>Who handles a case, on the command line.</summary>
public sealed class RoutedTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S036_A_case_says_in_words_which_row_it_went_by_or_why_nobody_has_it()
    {
        var (routed, stuck) = await FillAsync();

        var english = (await _tool.DoAsync("show", routed)).Output;
        english.ShouldContain("Owner Amy Lin, Team North, Track manager track, Assigned by row 1 of the routing, version 2");
        english.ShouldNotContain("team-n");
        var chinese = (await _tool.RunInAsync("zh", "show", routed)).Output;
        chinese.ShouldContain("负责人 Amy Lin，团队 北区，处理流程 经理流程，分派依据 分派规则第 1 行（版本 2）");
        chinese.ShouldContain("片区: 北片区");

        (await _tool.DoAsync("show", stuck)).Output.ShouldContain("Nobody was found, because nobody of the team has the skill");
        (await _tool.RunInAsync("zh", "show", stuck)).Output.ShouldContain("未能指定负责人 团队中无人具备所需技能");
        var json = (await _tool.DoAsync("show", stuck, "--json")).Json;
        json.GetProperty("route").GetProperty("problem").GetString().ShouldBe("nobody-skilled");
    }

    [Fact]
    public async Task S037_A_list_is_narrowed_by_area()
    {
        var (routed, _) = await FillAsync();

        var items = (await _tool.DoAsync("list", "--area", "n", "--json")).Json.GetProperty("items");
        items.GetArrayLength().ShouldBe(1);
        (items[0].GetProperty("number").GetString(), items[0].GetProperty("area").GetString()).ShouldBe((routed, "n"));
        (await _tool.DoAsync("list", "--area", "s", "--json")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private async Task<(string Routed, string Stuck)> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false")
            .AddDefinition("organisation", "default", """
                { "teams": [ { "code": "team-n", "label": { "en": "North", "zh": "北区" } } ],
                  "areas": [ { "code": "n", "label": { "en": "North", "zh": "北片区" } } ] }
                """)
            .AddDefinition("staff", "default", """{ "people": [ { "id": "amy-1", "name": "Amy Lin", "teams": ["team-n"] } ] }""")
            .AddDefinition("routing", "default", """
                { "rows": [ { "when": { "area": ["n"] }, "team": "team-n", "track": "manager" }, { "team": "team-n", "skill": "oven" } ] }
                """);
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft { Channel = "phone", Title = "Cold flat", Complainant = new("Ann Smith") };
        return ((await desk.RegisterAsync(draft with { Area = "n" })).Value.Number, (await desk.RegisterAsync(draft)).Value.Number);
    }
}
