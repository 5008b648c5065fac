using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>What waits for whom in a real browser: found by whoever has it, in words, also on a phone and by the keyboard.</summary>
public sealed class WorkPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S038_A_new_case_waits_for_the_supervisor_then_for_its_owner_then_for_an_approver_and_for_nobody()
    {
        var complaint = await host.RegisterAsync("电视黑屏", "021-5555 3001");
        var number = await NumberAsync(complaint);
        var sun = await VisitAsync("sun", "/work?View=unassigned");
        (await RowAsync(sun, number)).ShouldContain("分派");
        await sun.ClickAsync($"#work a:text-is('{number}')");
        (await sun.Locator("h1").InnerTextAsync()).ShouldContain("电视黑屏");
        await sun.DoAsync("hand-over", form => form.Locator("[name=owner]").SelectOptionAsync("amy"),
            form => form.Locator("[name=reason]").SelectOptionAsync("expertise"));
        (await TextAsync(sun, "unassigned")).ShouldNotContain(number);

        var amy = await VisitAsync("amy", "/work?View=mine");
        (await RowAsync(amy, number)).ShouldContain("处理");
        await amy.ClickAsync($"#work a:text-is('{number}')");
        await amy.DoAsync("start-investigation");
        await amy.DoAsync("propose", form => form.Locator("[name=remedies]").SelectOptionAsync("compensation"),
            form => form.Locator("[name=estimatedCost]").FillAsync("900"));
        await amy.DoAsync("request-approval");
        (await TextAsync(amy, "mine")).ShouldNotContain(number, Case.Sensitive, "now somebody else's turn");

        (await TextAsync(sun, "approvals")).ShouldContain(number);
        await sun.ClickAsync($"#work a:text-is('{number}')");
        await sun.DoAsync("approve");
        (await TextAsync(sun, "approvals")).ShouldNotContain(number);
        await TextAsync(amy, "mine");
        await amy.ClickAsync("#next");
        (await RowAsync(amy, number)).ShouldContain("催询客户答复", Case.Sensitive, "it has no limit, and comes behind what has one");
    }

    [Fact]
    public async Task X08_Two_linked_cases_show_each_other_by_number()
    {
        var one = await host.RegisterAsync("洗衣机漏水", "021-5555 3002");
        var other = await NumberAsync(await host.RegisterAsync("洗衣机又漏水", "021-5555 3003"));
        var refused = await one.RefusedAsync("link", form => form.Locator("[name=kind]").SelectOptionAsync("same-matter"),
            form => form.Locator("[name=other]").FillAsync("2026-999999"));
        refused.ShouldContain("2026-999999");
        await one.DoAsync("link", form => form.Locator("[name=kind]").SelectOptionAsync("same-matter"),
            form => form.Locator("[name=other]").FillAsync(other));
        (await one.Locator("#links").InnerTextAsync()).ShouldContain($"与其为同一事项 {other}");
        var number = await NumberAsync(one);
        await one.ClickAsync("#links a");
        (await one.Locator("#links").InnerTextAsync()).ShouldContain(number);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task S038_The_page_is_in_the_visitors_words_and_fits_a_phone(string language)
    {
        await host.RegisterAsync("空调异响", "021-5555 3004");
        var page = await VisitAsync("sun", "/work");
        await page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = language, Url = host.Address }]);
        await page.SetViewportSizeAsync(390, 844);
        foreach (var view in (string[])["all", "mine", "teams", "roles", "overdue", "unassigned", "approvals", "none-such"])
        {
            await page.GotoAsync($"/work?View={view}&After=nonsense");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, view);
            var text = await page.Locator("main").InnerTextAsync();
            foreach (var code in (string[])["hand-over", "unassigned", "approvals", "p3", "after-sales", "T00:", "Z "])
                text.ShouldNotContain(code, Case.Sensitive);
            text.Any(letter => letter > 0x4e00).ShouldBe(language == "zh", view);
        }
        await page.GotoAsync("/work");
        await page.FocusAsync("#view-unassigned");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("view-approvals");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#view-approvals[aria-current=page]").WaitForAsync();
    }

    private async Task<string> TextAsync(IPage page, string view)
    {
        await page.GotoAsync($"{host.Address}/work?View={view}");
        return await page.Locator("main").InnerTextAsync();
    }

    private static async Task<string> RowAsync(IPage page, string number) =>
        await page.Locator("#work tr", new() { HasText = number }).First.InnerTextAsync();

    private static async Task<string> NumberAsync(IPage page) => (await page.Locator("h1").InnerTextAsync()).Split(' ')[0];

    private async Task<IPage> VisitAsync(string actor, string path)
    {
        var page = await host.VisitAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(path);
        return page;
    }
}
