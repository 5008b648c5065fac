using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>A gate that is waived: asked for by a form, answered by another, and told on the page and in its timeline.</summary>
public sealed class WaiverPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Gates = """{ "rows": [ { "before": "start-investigation", "needs": ["check:understanding/matter"] } ] }""";

    [Fact]
    public async Task S019_A_waiver_is_asked_for_granted_by_somebody_else_and_shown_with_its_reason()
    {
        await PublishAsync();
        await host.RestartAsync();
        var page = await host.RegisterAsync("病房停电", "021-5555 1901");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("已复述并确认问题");
        await page.DoAsync("request-waiver", form => form.Locator("[name=before]").SelectOptionAsync("start-investigation"),
            form => form.Locator("[name=reason]").FillAsync("客户住院，无法复述"));
        var waivers = page.Locator("#waivers > div");
        (await waivers.InnerTextAsync()).ShouldEndWith("待审批 客户住院，无法复述");

        var address = page.Url;
        var supervisor = await host.VisitAsync("/");
        await supervisor.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = "sun", Url = host.Address }]);
        await supervisor.GotoAsync(address.Split('?')[0]);
        await supervisor.DoAsync("approve");
        (await supervisor.Locator("#waivers > div").InnerTextAsync()).ShouldContain("豁免 · 开始调查 · ");
        (await supervisor.Locator("#waivers > div").InnerTextAsync()).ShouldContain("已批准");
        (await supervisor.Locator(".timeline").InnerTextAsync()).ShouldContain("豁免申请已答复");
        await supervisor.DoAsync("start-investigation");
    }

    private async Task PublishAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={host.Database};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        (await provider.GetRequiredService<DefinitionLibrary>().PublishAsync(
            TenantId.Default, "gates", "default", Gates, new Actor("adam", Role.Administrator), default)).Refusal.ShouldBeNull();
    }
}
