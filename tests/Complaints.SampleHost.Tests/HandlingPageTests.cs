using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Whoever owes an answer is urged, departments are called in, and who was late is confirmed: by the forms of the catalogue,
/// told on
/// the page of the case and in the list of work.</summary>
public sealed class HandlingPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S052_X45_Who_owes_an_answer_is_urged_and_the_page_says_how_often_and_who_has_the_case()
    {
        var page = await host.RegisterAsync("空调漏水", "021-5555 0052");
        await page.DoAsync("plan-step", form => form.Locator("[name=phase]").SelectOptionAsync("investigation"),
            form => form.Locator("[name=kind]").SelectOptionAsync("records"),
            form => form.Locator("[name=owner]").SelectOptionAsync("amy"));
        await page.DoAsync("urge", form => form.Locator("[name=subject]").SelectOptionAsync("step/1"),
            form => form.Locator("[name=remark]").FillAsync("客户今日来电两次"));
        var urged = (await LinesAsync(page, "urged")).ShouldHaveSingleItem();
        urged.ShouldStartWith("1. 调查 · 调阅记录");
        urged.ShouldContain("已督促 1 次，最近一次 ");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("之后才能再次督促");
        (await page.Locator(".timeline").InnerTextAsync()).ShouldContain("客户今日来电两次");
        (await LinesAsync(page, "held")).ShouldNotBeEmpty();
        var number = (await page.Locator("h1").InnerTextAsync()).Split('·')[0].Trim();
        await page.ClickAsync("#language");
        (await LinesAsync(page, "urged"))[0].ShouldContain("urged 1 time, last at ");

        await page.GotoAsync(host.Address + "/work?View=mine");
        for (; ; await page.ClickAsync("#next"))
        {
            var row = page.Locator("#work tbody tr").Filter(new() { HasText = number }).Filter(new() { HasText = "Carry out a step" });
            if (await row.CountAsync() == 0)
                continue;
            (await row.First.InnerTextAsync()).ShouldContain("urged 1 time, last at ");
            break;
        }
    }

    [Fact]
    public async Task S054_S059_A_quality_review_calls_departments_in_and_the_page_names_them()
    {
        var page = await host.RegisterAsync("电梯异响", "021-5555 0054");
        (await page.RefusedAsync("escalate", form => form.Locator("[name=level]").FillAsync("2"),
            form => form.Locator("[name=kind]").SelectOptionAsync("quality-review"),
            form => form.Locator("[name=reason]").SelectOptionAsync("customer-insists"))).ShouldContain("须至少召集一个部门");
        await page.DoAsync("escalate", form => form.Locator("[name=level]").FillAsync("2"),
            form => form.Locator("[name=kind]").SelectOptionAsync("quality-review"),
            form => form.Locator("[name=departments]").SelectOptionAsync(["quality", "logistics"]),
            form => form.Locator("[name=reason]").SelectOptionAsync("customer-insists"));
        (await LinesAsync(page, "convened")).ShouldBe(["质量部", "物流部"], ignoreOrder: true);
        (await page.Locator(".timeline").InnerTextAsync()).ShouldContain("已召集部门");
        await page.ClickAsync("#language");
        (await LinesAsync(page, "convened")).ShouldBe(["Product quality", "Logistics"], ignoreOrder: true);
    }

    [Fact]
    public async Task X45_What_the_demo_was_late_with_is_a_supervisors_to_confirm()
    {
        var page = await host.VisitAsync("/");
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = "sun", Url = host.Address }]);
        await page.GotoAsync(host.Address + "/work?View=roles");
        while (await page.Locator("#work tbody tr").Filter(new() { HasText = "确认超时责任" }).CountAsync() == 0)
            await page.ClickAsync("#next");
        await page.Locator("#work tbody tr").Filter(new() { HasText = "确认超时责任" }).First.Locator("a").ClickAsync();
        var late = await LinesAsync(page, "late-by");
        late.ShouldContain(line => line.Contains("按持有时间推算，待确认"));
        var open = late.Count(line => line.Contains("待确认"));
        await page.DoAsync("attribute-lateness",
            form => form.Locator("[name=clock]").SelectOptionAsync(new SelectOptionValue { Index = 0 }),
            form => form.Locator("[name=team]").FillAsync("after-sales"), form => form.Locator("[name=remark]").FillAsync("当班未跟进"));
        (await LinesAsync(page, "late-by")).Count(line => line.Contains("待确认")).ShouldBeLessThan(open + 1);
        (await LinesAsync(page, "late-by")).ShouldContain(line => line.EndsWith("售后服务组 · 已确认"));
        (await page.Locator(".timeline").InnerTextAsync()).ShouldContain("已确认超时责任");
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(IPage page, string part) =>
        await page.Locator($"#{part} > div").AllInnerTextsAsync();
}
