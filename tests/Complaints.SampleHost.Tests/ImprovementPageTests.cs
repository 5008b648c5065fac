using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Improvements in a real browser: opened, worked on and closed by quality; seen from the complaints; refused with nothing
/// lost.</summary>
public sealed class ImprovementPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S071_S086_An_issue_behind_two_complaints_is_opened_worked_on_and_closed()
    {
        var complaint = await host.RegisterAsync("安装无人上门", "021-5555 1001");
        var numbers = new[] { await NumberAsync(complaint), await NumberAsync(await host.RegisterAsync("安装改期三次", "021-5555 1002")) };
        var page = await VisitAsync("qin", "/improvements");
        (await page.Locator("details#open-improvement").InnerTextAsync()).ShouldContain("发起整改");
        await page.DoAsync("open-improvement", OpenedWith("systemic-issue", "安装派单遗漏", string.Join("，", numbers)));
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("待处理");
        (await page.Locator("#complaints a").AllInnerTextsAsync()).ShouldBe(numbers);

        (await page.Locator("#plan-action [name=type] option").AllTextContentsAsync()).ShouldBe(["围堵措施", "纠正措施", "预防措施", "沟通"]);
        await page.DoAsync("plan-action", form => form.Locator("[name=type]").SelectOptionAsync("corrective"),
            form => form.Locator("[name=description]").FillAsync("预约系统增加提醒"),
            form => form.Locator("[name=due]").FillAsync("2099-01-01T18:00"));
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("整改中");
        (await page.Locator("#actions").InnerTextAsync()).ShouldContain("预约系统增加提醒");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("措施 1 尚未完成");

        (await page.Locator("#finish-action [name=action] option").AllTextContentsAsync()).ShouldBe(["1. 纠正措施 · 时限 2099-01-01 18:00"]);
        await page.DoAsync("finish-action", form => form.Locator("[name=report]").FillAsync("提醒已上线"));
        (await page.Locator("#actions").InnerTextAsync()).ShouldContain("提醒已上线");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("根本原因");
        (await page.Locator("#amend-improvement [name=part] option").AllTextContentsAsync()).ShouldBe(["问题描述", "根本原因", "措施效果"]);
        await page.DoAsync("amend-improvement", form => form.Locator("[name=part]").SelectOptionAsync("cause"),
            form => form.Locator("[name=text]").FillAsync("派单接口超时"));
        (await page.Locator("#parts").InnerTextAsync()).ShouldContain("派单接口超时");
        await page.DoAsync("close-improvement", form => form.Locator("[name=result]").SelectOptionAsync("effective"));
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("已关闭");

        await complaint.ReloadAsync();
        var number = (await page.Locator("h1").InnerTextAsync()).Split(' ')[0];
        (await complaint.Locator("#improvements a").InnerTextAsync()).ShouldBe(number);
        await complaint.ClickAsync("#improvements a");
        (await complaint.Locator("h1").InnerTextAsync()).ShouldContain("安装派单遗漏");
        await page.GotoAsync("/improvements?Status=Closed");
        (await page.Locator("#list").InnerTextAsync()).ShouldContain(number);
        await page.GotoAsync("/improvements");
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain(number, Case.Sensitive, "what is over is not among the open ones");
    }

    [Fact]
    public async Task S147_A_bulletin_that_names_a_customer_is_refused_and_keeps_what_was_typed()
    {
        var number = await NumberAsync(await host.RegisterAsync("配送延误", "021-5555 1003"));
        var page = await VisitAsync("qin", "/improvements");
        await page.DoAsync("open-improvement", OpenedWith("bulletin", "雨天配送", number));
        (await page.Locator("#publish-improvement [name=audience] option").AllTextContentsAsync()).ShouldBe(["各部门", "投诉处理团队"]);
        (await page.Locator("#plan-action").CountAsync()).ShouldBe(0, "a bulletin has nothing to plan");

        var refused = await page.RefusedAsync("publish-improvement", form => form.Locator("[name=audience]").SelectOptionAsync("desk"),
            form => form.Locator("[name=text]").FillAsync("王小明的包裹因暴雨延误"));
        refused.ShouldContain("相关人员的姓名");
        (await page.InputValueAsync("#publish-improvement [name=text]")).ShouldBe("王小明的包裹因暴雨延误");
        (await page.InputValueAsync("#publish-improvement [name=audience]")).ShouldBe("desk");
        await page.DoAsync("publish-improvement", form => form.Locator("[name=text]").FillAsync("部分包裹因暴雨延误"));
        (await page.Locator("#publications").InnerTextAsync()).ShouldContain("部分包裹因暴雨延误");
    }

    [Fact]
    public async Task X08_A_number_that_is_not_found_is_named_and_the_others_are_still_there()
    {
        var number = await NumberAsync(await host.RegisterAsync("漏发配件", "021-5555 1004"));
        var page = await VisitAsync("qin", "/improvements");
        var typed = $"{number}、2099-999999\n{number}";
        var refused = await page.RefusedAsync("open-improvement", OpenedWith("systemic-issue", "配件漏发", typed));
        refused.ShouldContain("2099-999999");
        (await page.InputValueAsync("[name=complaints]")).ShouldBe(typed);
        (await page.InputValueAsync("[name=title]")).ShouldBe("配件漏发");
        await page.DoAsync("open-improvement", form => form.Locator("[name=complaints]").FillAsync($"{number} {number}"));
        (await page.Locator("#complaints a").AllInnerTextsAsync()).ShouldBe([number], "typed twice is meant once");

        await page.DoAsync("unlink-complaints", form => form.Locator("[name=complaints]").FillAsync(number));
        (await page.Locator("#complaints").InnerTextAsync()).ShouldBe("无");
        var complaint = await host.VisitAsync($"/?Find={number}");
        await complaint.ClickAsync("#queue a");
        (await complaint.Locator("#improvements").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_opens_one()
    {
        var page = await VisitAsync("qin", "/improvements");
        await page.ClickAsync("#open-improvement summary");
        foreach (var step in OpenedWith("bulletin", "双击提交", ""))
            await step(page.Locator("#open-improvement"));
        var answers = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const typed = new URLSearchParams(new FormData(document.querySelector('#open-improvement form')));
              const send = async () => (await fetch(location.href, { method: 'POST', body: typed })).url;
              return [await send(), await send()];
            }
            """);
        answers[0].ShouldEndWith("?done=done");
        answers[1].ShouldBe(answers[0].Replace("?done=done", "?done=repeated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_people_at_once_the_second_is_told_and_loses_nothing()
    {
        var first = await VisitAsync("qin", "/improvements");
        await first.DoAsync("open-improvement", OpenedWith("bulletin", "同时编辑", ""));
        var second = await VisitAsync("qin", new Uri(first.Url).AbsolutePath);
        var third = await VisitAsync("qin", new Uri(first.Url).AbsolutePath);
        await first.DoAsync("amend-improvement", form => form.Locator("[name=text]").FillAsync("先写的"));

        (await second.RefusedAsync("amend-improvement", form => form.Locator("[name=text]").FillAsync("后写的"))).ShouldContain("重新加载");
        (await second.InputValueAsync("#amend-improvement [name=text]")).ShouldBe("后写的");
        await second.DoAsync("amend-improvement");
        (await second.Locator("#parts").InnerTextAsync()).ShouldContain("后写的");

        await first.ReloadAsync();
        await first.DoAsync("close-improvement", form => form.Locator("[name=result]").SelectOptionAsync("done"));
        await third.RefusedAsync("amend-improvement", form => form.Locator("[name=text]").FillAsync("太迟了"));
        (await third.InputValueAsync("#amend-improvement [name=text]")).ShouldBe("太迟了", "even where it can no longer be sent");
    }

    [Fact]
    public async Task Who_has_no_part_in_improvements_sees_none_and_a_complaint_tells_the_number_only()
    {
        var complaint = await host.RegisterAsync("安装收费不清", "021-5555 1005");
        var page = await VisitAsync("qin", "/improvements");
        await page.DoAsync("open-improvement", OpenedWith("systemic-issue", "收费标准", await NumberAsync(complaint)));
        var path = new Uri(page.Url).AbsolutePath;

        var director = await VisitAsync("dong", "/improvements?Status=all");
        (await director.Locator("main").InnerTextAsync()).ShouldContain("没有符合条件的整改事项。");
        var answer = await director.GotoAsync(path);
        answer!.Status.ShouldBe(404);
        (await director.Locator("main").InnerTextAsync()).ShouldContain("没有这项整改。");
        await director.GotoAsync(new Uri(complaint.Url).AbsolutePath);
        (await director.Locator("#improvements").InnerTextAsync()).ShouldStartWith("I-");
        (await director.Locator("#improvements a").CountAsync()).ShouldBe(0);
        await director.GotoAsync("/improvements");
        (await director.RefusedAsync("open-improvement", OpenedWith("bulletin", "无权发起", ""))).ShouldContain("总监");

        var administrator = await VisitAsync("adam", path);
        (await administrator.Locator("h1").InnerTextAsync()).ShouldContain("收费标准");
        (await administrator.Locator("#commands details").CountAsync()).ShouldBe(0, "it is only looked at");
    }

    [Fact]
    public async Task The_pages_fit_a_phone()
    {
        var page = await VisitAsync("qin", "/improvements?Status=all");
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in (string[])["/improvements?Status=all", (await page.Locator("#list a").First.GetAttributeAsync("href"))!])
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(folded => folded.open = true)");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, path);
        }
    }

    private static async Task<string> NumberAsync(IPage complaint) => (await complaint.Locator("h1").InnerTextAsync()).Split(' ')[0];

    private static Func<ILocator, Task>[] OpenedWith(string kind, string title, string complaints) =>
    [
        form => form.Locator("[name=kind]").SelectOptionAsync(kind),
        form => form.Locator("[name=title]").FillAsync(title),
        form => form.Locator("[name=complaints]").FillAsync(complaints),
    ];

    private async Task<IPage> VisitAsync(string actor, string path)
    {
        var page = await host.VisitAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "actor", Value = actor, Url = host.Address }]);
        await page.GotoAsync(path);
        return page;
    }
}
