using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>A department in a real browser: it finds what it was asked, signs, answers, goes where it is sent, and sees no case of
/// others.</summary>
public sealed class TrayPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S061_Tao_finds_his_departments_task_signs_is_refused_without_a_filing_and_answers()
    {
        var foreign = await host.RegisterAsync("别人的洗衣机", "021-5555 1701");
        var (address, foreignNumber) = (foreign.Url, await NumberAsync(foreign));
        var page = await host.RegisterAsync("电视反复重启", "021-5555 1702");
        var number = await NumberAsync(page);
        await page.DoAsync("send-task", form => form.Locator("[name=department]").SelectOptionAsync("technical-support"),
            form => form.Locator("[name=role]").SelectOptionAsync("lead"),
            form => form.Locator("[name=type]").SelectOptionAsync("technical"),
            form => form.Locator("[name=question]").FillAsync("为什么重启？何时修好？"));

        var tao = await VisitAsync("tao", "/department");
        var row = await RowAsync(tao, number);
        row.ShouldContain("为什么重启？何时修好？");
        row.ShouldContain("主办");
        row.ShouldContain("小艾（座席）");
        await tao.ClickAsync($"#tray a:text-is('{number}')");
        await tao.DoAsync("sign-task", form => form.Locator("[name=task]").SelectOptionAsync("1"));

        await tao.GotoAsync("/department?View=answer");
        await tao.ClickAsync($"#tray a:text-is('{number}')");
        var refused = await tao.RefusedAsync("answer-task", form => form.Locator("[name=task]").SelectOptionAsync("1"),
            form => form.Locator("[name=result]").SelectOptionAsync("done"), form => form.Locator("[name=findings]").FillAsync("主板已更换"));
        refused.ShouldContain("备案");
        (await tao.InputValueAsync("details#answer-task [name=findings]")).ShouldBe("主板已更换", "what was typed is still there");
        await tao.DoAsync("answer-task", form => form.Locator("[name=filing]").FillAsync("DZ-17"));
        (await TextAsync(tao, "/department?View=answer")).ShouldNotContain(number);
        (await TextAsync(tao, "/department?View=others")).ShouldContain(number);

        await tao.GotoAsync(address);
        (await tao.Locator("#none").CountAsync()).ShouldBe(1, "a case of others is one that is not there");
        (await tao.Locator("body").InnerTextAsync()).ShouldNotContain("洗衣机");
        var queue = await TextAsync(tao, "/");
        queue.ShouldContain(number);
        queue.ShouldNotContain(foreignNumber);
        (await TextAsync(await VisitAsync("mei", "/"), "/")).ShouldContain(foreignNumber, Case.Sensitive, "the control: a manager sees it");
    }

    [Fact]
    public async Task S083_The_steps_of_a_day_are_listed_by_area_and_for_ones_own_team_with_place_and_time()
    {
        var page = await host.RegisterAsync("热水器漏水", "021-5555 1703");
        var number = await NumberAsync(page);
        await page.DoAsync("plan-step", form => form.Locator("[name=phase]").SelectOptionAsync("investigation"),
            form => form.Locator("[name=kind]").SelectOptionAsync("on-site"),
            form => form.Locator("[name=team]").FillAsync("after-sales"),
            form => form.Locator("[name=place]").FillAsync("世纪大道 8 号"), form => form.Locator("[name=due]").FillAsync("2099-03-04T09:30"));

        var ben = await VisitAsync("ben", "/steps?Day=2099-03-04");
        var row = await ben.Locator("#steps-of-day tr", new() { HasText = number }).InnerTextAsync();
        row.ShouldContain("世纪大道 8 号");
        row.ShouldContain("09:30");
        await ben.ClickAsync("#after");
        (await ben.Locator("#nothing").CountAsync()).ShouldBe(1);
        (await ben.InputValueAsync("[name=Day]")).ShouldBe("2099-03-05");
        (await TextAsync(await VisitAsync("tao", "/steps?Day=2099-03-04"), "/steps?Day=2099-03-04")).ShouldNotContain(number);
        (await TextAsync(ben, "/steps?Day=2099-02-30")).ShouldContain("日期无效");
        (await TextAsync(ben, "/steps?Day=2099-03-04&Area=none-such")).ShouldContain("没有该片区");
        (await TextAsync(ben, "/steps?Day=2099-03-04&Area=pudong")).ShouldContain("当天没有安排");
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task S061_The_tray_and_the_steps_are_in_the_visitors_words_fit_a_phone_and_go_by_the_keyboard(string language)
    {
        var page = await VisitAsync("tao", "/department");
        await page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = language, Url = host.Address }]);
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in (string[])["/department", "/department?View=answer&After=nonsense", "/department?View=steps",
            "/department?View=cases", "/department?View=others", "/department?View=none-such", "/steps", "/steps?Day=x"])
        {
            await page.GotoAsync(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, path);
            var text = await page.Locator("main").InnerTextAsync();
            foreach (var code in (string[])["technical-support", "sign-task", "on-site", "T00:", "tray."])
                text.ShouldNotContain(code, Case.Sensitive);
            // What people wrote is in their own language.
            var own = string.Concat(await page.Locator("h1, #views, #nothing, #which label, #which button").AllInnerTextsAsync());
            own.Any(letter => letter > 0x4e00).ShouldBe(language == "zh", path);
        }
        await page.GotoAsync("/department");
        await page.FocusAsync("#view-sign");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("view-answer");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#view-answer[aria-current=page]").WaitForAsync();
    }

    private async Task<string> TextAsync(IPage page, string path)
    {
        await page.GotoAsync(host.Address + path);
        return await page.Locator("main").InnerTextAsync();
    }

    private static Task<string> RowAsync(IPage page, string number) =>
        page.Locator("#tray tr", new() { HasText = number }).First.InnerTextAsync();

    private static async Task<string> NumberAsync(IPage page) => (await page.Locator("h1").InnerTextAsync()).Split(' ')[0];

    private async Task<IPage> VisitAsync(string actor, string path)
    {
        var page = await host.VisitAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(path);
        return page;
    }
}
