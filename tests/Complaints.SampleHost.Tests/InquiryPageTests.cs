using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Steps, findings and liability on the page of a case, by the forms of the catalogue; and what who keeps out finds
/// there.</summary>
public sealed class InquiryPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S062_S063_S064_Steps_and_findings_are_planned_finished_and_told_in_both_languages()
    {
        var page = await host.RegisterAsync("冰箱异响", "021-5555 0062");
        await page.DoAsync("raise-point", form => form.Locator("[name=text]").FillAsync("师傅迟到"));
        await page.DoAsync("plan-step", form => form.Locator("[name=phase]").SelectOptionAsync("investigation"),
            form => form.Locator("[name=kind]").SelectOptionAsync("on-site"), form => form.Locator("[name=what]").FillAsync("听压缩机声音"),
            form => form.Locator("[name=place]").FillAsync("南京西路 1 号"), form => form.Locator("[name=due]").FillAsync("2099-01-02T10:00"));
        (await LinesAsync(page, "steps")).ShouldBe(["1. 调查 · 现场调查 · 小艾（座席） · 时限 2099-01-02 10:00 · 待执行 听压缩机声音 · 南京西路 1 号"]);
        (await page.Locator("tr").Filter(new() { HasText = "步骤" }).InnerTextAsync()).ShouldContain("2099-01-02 10:00");
        await page.DoAsync("finish-step", form => form.Locator("[name=step]").SelectOptionAsync("1"),
            form => form.Locator("[name=result]").SelectOptionAsync("done"), form => form.Locator("[name=report]").FillAsync("确有异响"),
            form => form.Locator("[name=minutes]").FillAsync("45"), form => form.Locator("[name=cost]").FillAsync("120.5"));
        (await LinesAsync(page, "steps")).ShouldHaveSingleItem().ShouldBe("1. 调查 · 现场调查 · 小艾（座席） · 已完成 听压缩机声音 · 南京西路 1 号 · 确有异响");
        await page.DoAsync("record-finding", form => form.Locator("[name=points]").SelectOptionAsync(["1", "2"]),
            form => form.Locator("[name=text]").FillAsync("压缩机固定不牢"), form => form.Locator("[name=fault]").SelectOptionAsync("us"),
            form => form.Locator("[name=causes]").SelectOptionAsync(["production-oversight", "long-waiting"]));
        (await LinesAsync(page, "findings")).ShouldBe(
            ["1. 诉求点 1、2 · 责任方 我方 · 产品、服务与合作方 / 生产疏漏、流程与资源 / 等待时间过长 压缩机固定不牢"]);
        (await page.RefusedAsync("record-finding", form => form.Locator("[name=notInvestigated]").SelectOptionAsync("settled-before")))
            .ShouldContain("较早投诉");
        await page.ClickAsync("#language");
        (await LinesAsync(page, "steps"))[0].ShouldStartWith("1. investigation · On-site investigation · Amy, agent · done");
        (await LinesAsync(page, "findings"))[0].ShouldStartWith(
            "1. Point 1, 2 · Whose fault it is ours · Products, service and partners / Oversight in production");
    }

    [Fact]
    public async Task X41_What_was_not_investigated_leads_to_the_earlier_case()
    {
        var earlier = await host.RegisterAsync("门铃失灵", "021-5555 0063");
        var number = (await earlier.Locator("h1").InnerTextAsync()).Split('·')[0].Trim();
        var page = await host.RegisterAsync("门铃又失灵", "021-5555 0064");
        await page.DoAsync("record-finding", form => form.Locator("[name=notInvestigated]").SelectOptionAsync("settled-before"),
            form => form.Locator("[name=similar]").FillAsync(number));
        (await LinesAsync(page, "findings"))[0].ShouldContain("未调查原因 同类问题已有结论");
        await page.ClickAsync("#findings a");
        (await page.Locator("h1").InnerTextAsync()).ShouldStartWith(number);
    }

    [Fact]
    public async Task S065_X33_Liability_is_on_the_managers_page_only_and_the_accused_may_write_notes()
    {
        var page = await host.RegisterAsync("客服挂断电话", "021-5555 0065");
        var address = page.Url;
        await page.DoAsync("record-finding", form => form.Locator("[name=text]").FillAsync("两次挂断"),
            form => form.Locator("[name=fault]").SelectOptionAsync("us"));
        (await page.Locator("details#record-liability").CountAsync()).ShouldBe(0);
        await page.DoAsync("add-participant", form => form.Locator("[name=role]").SelectOptionAsync("accused"),
            form => form.Locator("[name=staff]").SelectOptionAsync("ben"));

        var manager = await VisitAsync("mei", address);
        await manager.DoAsync("record-liability", form => form.Locator("[name=finding]").SelectOptionAsync("1"),
            form => form.Locator("[name=party]").SelectOptionAsync("us"),
                form => form.Locator("[name=department]").SelectOptionAsync("service"),
            form => form.Locator("[name=staff]").SelectOptionAsync("sun"), form => form.Locator("[name=basis]").FillAsync("录音为证"),
            form => form.Locator("[name=measure]").SelectOptionAsync("coaching"));
        (await LinesAsync(manager, "liabilities")).ShouldBe(["1. 调查结论 1 · 我方 · 客户服务部 · 孙主管（主管） · 辅导 录音为证"]);
        (await manager.Locator(".timeline").InnerTextAsync()).ShouldContain("已认定责任");

        foreach (var (actor, closed) in new[] { ("amy", false), ("dong", false), ("adam", false), ("ben", true), ("sun", true) })
        {
            var other = await VisitAsync(actor, address);
            (await other.Locator("#liabilities").CountAsync()).ShouldBe(0, actor);
            var text = await other.ContentAsync();
            text.ShouldNotContain("录音为证", Case.Sensitive, actor);
            text.ShouldNotContain("已认定责任", Case.Sensitive, actor);
            (await other.Locator("#findings").CountAsync()).ShouldBe(1, "the control");
            if (!closed)
                continue;
            (await other.Locator("#commands details").EvaluateAllAsync<string[]>("all => all.map(one => one.id)")).Order()
                .ShouldBe(["add-note", "record-interaction"]);
            (await other.Locator(".refused").InnerTextAsync()).ShouldContain("须回避");
        }
        await page.GotoAsync(address.Split('?')[0]);
        (await page.RefusedAsync("hand-over", form => form.Locator("[name=owner]").SelectOptionAsync("ben"),
            form => form.Locator("[name=reason]").SelectOptionAsync("expertise"))).ShouldContain("小本（座席） 是本案的被投诉员工，须回避");
    }

    [Fact]
    public async Task S062_The_demo_data_has_a_case_with_two_steps_a_finding_and_a_liability()
    {
        var page = await host.VisitAsync("/");
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = "mei", Url = host.Address }]);
        for (var next = "/"; next is not null;)
        {
            await page.GotoAsync(host.Address + next);
            var cases = await page.Locator("a[href^='/complaints/']")
                .EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))");
            next = await page.Locator("#next").CountAsync() > 0 ? await page.Locator("#next").GetAttributeAsync("href") : null;
            foreach (var address in cases.Where(address => address.Length > 30).Distinct())
            {
                await page.GotoAsync(host.Address + address);
                // The other tests of this class make cases without steps.
                if (await page.Locator("#liabilities").CountAsync() == 0 || await page.Locator("#steps").CountAsync() == 0)
                    continue;
                (await LinesAsync(page, "steps")).Count.ShouldBe(2);
                (await LinesAsync(page, "findings")).Count.ShouldBe(1);
                return;
            }
        }
        throw new InvalidOperationException("No case of the demo has a liability.");
    }

    private async Task<IPage> VisitAsync(string actor, string address)
    {
        var page = await host.VisitAsync("/");
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(address.Split('?')[0]);
        return page;
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(IPage page, string part) =>
        await page.Locator($"#{part} > div").AllInnerTextsAsync();
}
