using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Who takes a complaint in sees what is open about the same, who calls and who may be told what.</summary>
public sealed class NeighbourPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task X34_The_sixth_sees_five_open_and_follows_with_one_key()
    {
        for (var number = 1; number <= 5; number++)
        {
            var filed = await FillAsync(number);
            await filed.ClickAsync("main button");
            // From the second on it is said first what is open.
            if (number > 1)
                await filed.ClickAsync("main button:has-text('登记')");
            await filed.WaitForSelectorAsync(".message.good");
        }
        var page = await FillAsync(6);
        await page.ClickAsync("main button");
        (await page.Locator("#near").InnerTextAsync()).ShouldBe("同产品处理中 5 件");
        (await page.Locator("#neighbours button").First.GetAttributeAsync("accesskey")).ShouldBe("1");
        await page.Locator("#neighbours button").First.ClickAsync();
        await page.WaitForSelectorAsync(".message.good");
        (await page.Locator("#followers").InnerTextAsync()).ShouldBe("1");
        (await page.Locator("#participants").InnerTextAsync()).ShouldContain("客户6");
    }

    [Fact]
    public async Task S018_The_customer_is_found_by_the_callers_number_with_the_orders()
    {
        var page = await host.VisitAsync("/complaints/new");
        await page.FillAsync("[name=Phone]", "138 0013 8000");
        await page.ClickAsync("#look");
        (await page.Locator("#customer").InnerTextAsync()).ShouldContain("KH-1001");
        (await page.Locator("#orders").InnerTextAsync()).ShouldContain("双门冰箱");
    }

    [Fact]
    public async Task X31_A_lawyer_without_a_letter_is_told_nothing_and_the_page_says_so()
    {
        var page = await host.RegisterAsync("暖气不热", "021-5555 3101");
        await page.DoAsync("add-participant", form => form.Locator("[name=role]").SelectOptionAsync("representative"),
            form => form.Locator("[name=name]").FillAsync("李律师"), form => form.Locator("[name=phone]").FillAsync("021-5555 3102"));
        (await page.Locator("#participants").InnerTextAsync()).ShouldContain("待提交授权书、不得透露任何内容");
        (await page.RefusedAsync("record-interaction", form => form.Locator("[name=direction]").SelectOptionAsync("Outbound"),
            form => form.Locator("[name=participant]").SelectOptionAsync("1"))).ShouldContain("不得向参与人 1 透露任何内容：待提交授权书");
        await page.DoAsync("record-interaction", form => form.Locator("[name=direction]").SelectOptionAsync("Outbound"),
            form => form.Locator("[name=participant]").SelectOptionAsync("1"),
            form => form.Locator("[name=kind]").SelectOptionAsync("letter-request"));
        (await page.Locator(".timeline").InnerTextAsync()).ShouldContain("索要授权书");
        await page.DoAsync("place-on-hold", form => form.Locator("[name=reason]").SelectOptionAsync("authority-letter"));
        await page.DoAsync("amend-participant", form => form.Locator("[name=participant]").SelectOptionAsync("1"),
            form => form.Locator("[name=authority]").SelectOptionAsync("received"),
            form => form.Locator("[name=letter]").FillAsync("授权书 31"));
        (await page.Locator("#participants").InnerTextAsync()).ShouldContain("已提交授权书");
        await page.DoAsync("record-interaction", form => form.Locator("[name=direction]").SelectOptionAsync("Outbound"),
            form => form.Locator("[name=participant]").SelectOptionAsync("1"));
    }

    [Fact]
    public async Task X30_X35_A_point_is_made_a_case_of_another_kind()
    {
        var page = await host.RegisterAsync("电梯故障", "021-5555 3103");
        (await page.Locator("#split").CountAsync()).ShouldBe(0, "the only point stays");
        await page.DoAsync("raise-point", form => form.Locator("[name=text]").FillAsync("门卫热心帮忙"));
        await page.Locator("#split [name=SplitPoint]").SelectOptionAsync("2");
        await page.Locator("#split [name=SplitKind]").SelectOptionAsync("praise");
        await page.ClickAsync("#split button");
        await page.WaitForSelectorAsync(".message.good");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("门卫热心帮忙");
        (await page.Locator("#links").InnerTextAsync()).ShouldContain("拆分自");
        await page.ClickAsync("#links a");
        (await page.Locator("#points").InnerTextAsync()).ShouldContain("拆分至另一投诉");
    }

    [Fact]
    public async Task S043_S056_After_the_judgement_a_date_is_agreed_and_shown_with_the_department()
    {
        var page = await host.RegisterAsync("洗衣机异响", "021-5555 3104");
        await page.DoAsync("decide-validity", form => form.Locator("[name=point]").SelectOptionAsync("1"),
            form => form.Locator("[name=grounds]").SelectOptionAsync("sufficient"),
            form => form.Locator("[name=demand]").SelectOptionAsync("reasonable"),
            form => form.Locator("[name=validity]").SelectOptionAsync("established"),
            form => form.Locator("[name=department]").SelectOptionAsync("quality"),
            form => form.Locator("[name=reason]").SelectOptionAsync("true"));
        await page.DoAsync("agree-deadline", form => form.Locator("[name=due]").FillAsync("2099-09-04T18:00"));
        (await page.Locator("#agreed").InnerTextAsync()).ShouldBe("2099-09-04 18:00");
        (await page.Locator("#points").InnerTextAsync()).ShouldContain("成立 · 质量部");
    }

    private async Task<IPage> FillAsync(int number)
    {
        var page = await host.VisitAsync("/complaints/new");
        await page.FillAsync("[name=Title]", "停电");
        await page.FillAsync("[name=CustomerName]", $"客户{number}");
        await page.FillAsync("[name=Phone]", $"021-5556 310{number}");
        await page.SelectOptionAsync("[name=Category]", "service/standards");
        await page.SelectOptionAsync("[name=ItemKind]", "contract");
        return page;
    }
}
