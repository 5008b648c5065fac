using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Department tasks on the page of a case, by the forms of the catalogue, and in the tray of the department.</summary>
public sealed class TaskPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S048_X22_X27_A_task_is_sent_from_the_case_and_waits_in_the_tray_of_its_department()
    {
        var page = await host.RegisterAsync("屏幕闪烁", "021-5555 0481");
        var number = (await page.Locator("h1").InnerTextAsync()).Split('·')[0].Trim();
        (await page.RefusedAsync("send-task", form => form.Locator("[name=department]").SelectOptionAsync("technical-support"),
            form => form.Locator("[name=role]").SelectOptionAsync("assist"), form => form.Locator("[name=question]").FillAsync("为何闪烁？")))
            .ShouldContain("主办");
        await page.DoAsync("send-task", form => form.Locator("[name=department]").SelectOptionAsync("technical-support"),
            form => form.Locator("[name=role]").SelectOptionAsync("lead"),
            form => form.Locator("[name=type]").SelectOptionAsync("technical"),
            form => form.Locator("[name=question]").FillAsync("为何闪烁？何时修好？"));
        (await page.Locator("#tasks").InnerTextAsync()).ShouldContain("1. 技术支持部 · 主办 · 技术处理 · 待签收");
        await page.ClickAsync("#tasks summary");
        (await page.Locator("#tasks li").InnerTextAsync()).ShouldContain("协办事项 为何闪烁？何时修好？");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("尚有未完成事项，不能解决：协办单 1");

        var tao = await VisitAsync("tao", "/work");
        var tray = await tao.Locator("main, body").First.InnerTextAsync();
        tray.ShouldContain(number);
        tray.ShouldContain("签收协办单");
        await page.ClickAsync("#language");
        (await page.Locator("#tasks").InnerTextAsync()).ShouldContain("1. Technical support · leads · Technical · to be signed for");
    }

    private async Task<IPage> VisitAsync(string actor, string address)
    {
        var page = await host.VisitAsync("/");
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(host.Address + address);
        return page;
    }
}
