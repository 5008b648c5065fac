using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>The points of a complaint on its page: seen, added, judged and dropped by the forms of the catalogue.</summary>
public sealed class PointPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S041_Points_are_added_judged_and_dropped_and_told_in_both_languages()
    {
        var page = await host.RegisterAsync("冰箱漏水", "021-5555 0041");
        (await PointsAsync(page)).ShouldBe(["1. 服务质量 / 服务态度 · 待判定 冰箱漏水"]);
        await page.DoAsync("raise-point", form => form.Locator("[name=text]").FillAsync("安装师傅迟到"));
        await page.DoAsync("raise-point", form => form.Locator("[name=text]").FillAsync("电话无人接听"));
        await page.DoAsync("drop-point", form => form.Locator("[name=point]").SelectOptionAsync("3"),
            form => form.Locator("[name=why]").SelectOptionAsync("duplicate"), form => form.Locator("[name=of]").FillAsync("2"));
        await page.DoAsync("decide-validity", form => form.Locator("[name=point]").SelectOptionAsync("1"),
            form => form.Locator("[name=grounds]").SelectOptionAsync("sufficient"),
            form => form.Locator("[name=demand]").SelectOptionAsync("partly-reasonable"),
            form => form.Locator("[name=validity]").SelectOptionAsync("established"),
            form => form.Locator("[name=department]").SelectOptionAsync("quality"),
            form => form.Locator("[name=reason]").SelectOptionAsync("true"));
        (await PointsAsync(page)).ShouldBe(
        [
            "1. 服务质量 / 服务态度 · 成立 · 质量部 冰箱漏水", "2. 服务质量 / 服务态度 · 待判定 安装师傅迟到", "3. 服务质量 / 服务态度 · 重复提出 · 诉求点 2 电话无人接听",
        ]);
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("诉求点 1", Case.Sensitive, "why it does not end as not established");
        await page.ClickAsync("#language");
        (await PointsAsync(page))[0].ShouldBe("1. Service quality / Attitude · established · Product quality 冰箱漏水");
    }

    [Fact]
    public async Task S041_A_judgement_is_chosen_and_never_taken_because_it_stands_first()
    {
        var page = await host.RegisterAsync("空调噪音大", "021-5555 0042");
        await page.ClickAsync("details#decide-validity summary");
        foreach (var field in new[] { "validity", "grounds", "demand", "reason" })
        {
            (await page.InputValueAsync($"details#decide-validity [name={field}]")).ShouldBe("", field);
            (await page.GetAttributeAsync($"details#decide-validity [name={field}]", "required")).ShouldNotBeNull(field);
        }
        (await page.Locator("details#drop-point").CountAsync()).ShouldBe(0, "the only point stays");
    }

    private static async Task<IReadOnlyList<string>> PointsAsync(IPage page) => await page.Locator("#points > div").AllInnerTextsAsync();
}
