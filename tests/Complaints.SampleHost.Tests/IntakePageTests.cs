using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>The form of a new complaint: nothing is preselected that somebody must judge, and a guide is gone through first.</summary>
public sealed class IntakePageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S035_Severity_urgency_and_impact_start_by_rule_and_a_risk_presses()
    {
        var page = await host.VisitAsync("/complaints/new");
        foreach (var name in new[] { "Severity", "Urgency", "Impact" })
            (await page.InputValueAsync($"[name={name}]")).ShouldBe("", name);
        (await page.Locator("[name=Urgency] option").First.InnerTextAsync()).ShouldBe("按规则判定");
        await FillAsync(page, "楼道灯具起火", "021-5555 1401");
        await page.SelectOptionAsync("[name=Category]", "service/attitude");
        await page.CheckAsync("[name=Risks][value=safety]");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");
        (await page.Locator("h1 .tag").Last.InnerTextAsync()).ShouldBe("P1 立即");
    }

    [Fact]
    public async Task X44_A_guide_is_gone_through_first_and_a_stop_names_the_emergency_line_and_keeps_what_was_typed()
    {
        var page = await GuidedAsync("021-5555 1402");
        (await page.InnerTextAsync("#notice")).ShouldContain("先救人");
        (await page.InputValueAsync("[name=Title]")).ShouldBe("热水器异味");
        await page.SelectOptionAsync("[name='answer.smell']", "yes");
        await page.ClickAsync("main button");
        var refused = await page.Locator(".message.bad").InnerTextAsync();
        refused.ShouldContain("119");
        refused.ShouldContain("撤离");
        (await page.InputValueAsync("[name=Title]")).ShouldBe("热水器异味");
        (await page.InputValueAsync("[name='answer.smell']")).ShouldBe("yes");
        (await page.InputValueAsync("[name=Phone]")).ShouldBe("021-5555 1402");
    }

    [Fact]
    public async Task S020_What_is_missing_is_told_on_the_case_and_ends_with_the_correction()
    {
        var page = await GuidedAsync("021-5555 1403");
        await page.SelectOptionAsync("[name='answer.smell']", "no");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");
        (await page.InnerTextAsync("#missing")).ShouldBe("序列号、是否有人受伤？");
        await page.DoAsync("amend-intake", form => form.Locator("[name=itemKind]").SelectOptionAsync("product"),
            form => form.Locator("[name=itemSerial]").FillAsync("SN-1403"));
        (await page.InnerTextAsync("#missing")).ShouldBe("是否有人受伤？");
        (await page.InnerTextAsync("#item")).ShouldContain("SN-1403");
        await page.DoAsync("amend-intake", form => form.Locator("[name=question]").SelectOptionAsync("injured"),
            form => form.Locator("[name=answer]").FillAsync("no"));
        (await page.Locator("#missing").CountAsync()).ShouldBe(0);
        (await page.InnerTextAsync("ol.timeline")).ShouldContain("是否有人受伤？：否");
        await page.ClickAsync("#language");
        (await page.InnerTextAsync("ol.timeline")).ShouldContain("Is anybody hurt?");
    }

    [Fact]
    public async Task S158_A_corrected_number_is_told_on_the_page()
    {
        var page = await host.RegisterAsync("电视无信号", "021-5555 1404");
        await page.DoAsync("amend-intake", form => form.Locator("[name=phone]").FillAsync("021-5555 9404"),
            form => form.Locator("[name=addressAs]").FillAsync("王先生"));
        var details = await page.InnerTextAsync("dl");
        details.ShouldContain("021-5555 9404");
        details.ShouldNotContain("021-5555 1404");
        details.ShouldContain("王先生");
        (await page.RefusedAsync("amend-intake")).ShouldContain("没有变化");
    }

    [Fact]
    public async Task S012_Three_points_goals_item_and_incident_are_taken_at_registration()
    {
        var page = await host.VisitAsync("/complaints/new");
        await FillAsync(page, "冰箱不制冷", "021-5555 1405");
        await page.SelectOptionAsync("[name=Category]", "product/unstable");
        await page.CheckAsync("[name=Goals][value=compensation]");
        await page.ClickAsync("#more summary");
        await page.SelectOptionAsync("[name='ItemKind']", "product");
        await page.FillAsync("[name='More.Serial']", "SN-1405");
        await page.FillAsync("[name='More.PurchasedOn']", "2026-03-01");
        await page.FillAsync("[name='More.IncidentFrom']", "2026-03-02T08:30");
        await page.FillAsync("[name='More.Point1']", "送货迟到");
        await page.SelectOptionAsync("[name='More.Point1.Category']", "delivery/late");
        await page.FillAsync("[name='More.Point2']", "客服态度差");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");
        (await page.Locator("#points > div").AllInnerTextsAsync()).ShouldBe(
        [
            "1. 产品质量 / 性能不稳定 · 待判定 冰箱不制冷", "2. 物流配送 / 配送延迟 · 待判定 送货迟到", "3. 产品质量 / 性能不稳定 · 待判定 客服态度差",
        ]);
        (await page.InnerTextAsync("#goals")).ShouldBe("求补偿");
        (await page.InnerTextAsync("#item")).ShouldEndWith("SN-1405 · 2026-03-01");
        (await page.InnerTextAsync("#incident")).ShouldBe("2026-03-02 08:30");
    }

    [Fact]
    public async Task X44_The_guide_fits_a_telephone()
    {
        var page = await GuidedAsync("021-5555 1406");
        await page.SetViewportSizeAsync(390, 800);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
    }

    /// <summary>The form with the guide of its category.</summary>
    private async Task<IPage> GuidedAsync(string phone)
    {
        var page = await host.VisitAsync("/complaints/new");
        await FillAsync(page, "热水器异味", phone);
        await page.SelectOptionAsync("[name=Category]", "product/safety");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync("#guide");
        return page;
    }

    private static async Task FillAsync(IPage page, string title, string phone)
    {
        await page.FillAsync("[name=Title]", title);
        await page.FillAsync("[name=CustomerName]", "王小明");
        await page.FillAsync("[name=Phone]", phone);
    }
}
