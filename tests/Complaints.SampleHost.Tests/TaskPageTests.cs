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

    [Fact]
    public async Task X06_X22_Three_returns_and_a_task_by_force_leave_no_gap_in_the_customers_clocks()
    {
        var page = await host.RegisterAsync("遥控器失灵", "021-5555 0482");
        var address = page.Url;
        await page.DoAsync("send-task", form => form.Locator("[name=department]").SelectOptionAsync("technical-support"),
            form => form.Locator("[name=role]").SelectOptionAsync("lead"),
            form => form.Locator("[name=type]").SelectOptionAsync("information"),
            form => form.Locator("[name=question]").FillAsync("谁来更换？"));
        var (tao, lu, mei) = (await SeeAsync("tao", address), await SeeAsync("lu", address), await SeeAsync("mei", address));
        var due = await DueAsync(mei);
        due.ShouldNotBeEmpty();

        await ReturnAsync(tao);
        await RuleAsync(mei, "redirect", "logistics");
        await ReturnAsync(lu);
        await RuleAsync(mei, "redirect", "technical-support");
        await ReturnAsync(tao);
        await RuleAsync(mei, "force");
        await tao.ReloadAsync();
        (await tao.Locator("details#sign-task").CountAsync()).ShouldBe(0, "it has to do it, signed or not");

        await mei.ReloadAsync();
        (await DueAsync(mei)).ShouldBe(due, "no date of the customer's moved");
        (await ExplainedAsync(mei)).ShouldNotContain("暂停（", Case.Sensitive);
        (await mei.Locator("#tasks").InnerTextAsync()).ShouldContain("技术支持部");
        await tao.DoAsync("answer-task", form => form.Locator("[name=task]").SelectOptionAsync("1"),
            form => form.Locator("[name=result]").SelectOptionAsync("done"),
            form => form.Locator("[name=findings]").FillAsync("已寄出新遥控器"));

        await mei.ReloadAsync();
        await mei.DoAsync("place-on-hold", form => form.Locator("[name=reason]").SelectOptionAsync("customer-information"));
        (await ExplainedAsync(mei)).ShouldContain("暂停（", Case.Sensitive, "the control: a pause would be told");

        static async Task ReturnAsync(IPage by)
        {
            await by.ReloadAsync();
            await by.DoAsync("return-task", form => form.Locator("[name=task]").SelectOptionAsync("1"),
                form => form.Locator("[name=reason]").SelectOptionAsync("not-our-duty"),
                form => form.Locator("[name=basis]").FillAsync("职责划分第三条。"));
        }

        static async Task RuleAsync(IPage by, string ruling, string? department = null)
        {
            await by.ReloadAsync();
            await by.DoAsync("rule-on-return", form => form.Locator("[name=task]").SelectOptionAsync("1"),
                form => form.Locator("[name=ruling]").SelectOptionAsync(ruling),
                form => department is null ? Task.CompletedTask : form.Locator("[name=department]").SelectOptionAsync(department));
        }

        // The task's own clocks come and go; the customer's stay.
        static async Task<string> DueAsync(IPage by) => string.Join(", ", await by.Locator("tr:has(details.explain)")
            .Filter(new() { HasNotText = "协办单" }).Locator("[data-due]").AllInnerTextsAsync());

        static async Task<string> ExplainedAsync(IPage by) =>
            string.Join("\n", await by.Locator("details.explain pre").AllTextContentsAsync());
    }

    private Task<IPage> SeeAsync(string actor, string address) => VisitAsync(actor, new Uri(address).AbsolutePath);

    private async Task<IPage> VisitAsync(string actor, string address)
    {
        var page = await host.VisitAsync("/");
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(host.Address + address);
        return page;
    }
}
