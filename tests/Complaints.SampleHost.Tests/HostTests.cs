using System.Net;
using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>What a person sees and does in the sample host, in a real browser.</summary>
public sealed class HostTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S009_The_queue_lists_filters_and_pages_in_both_languages()
    {
        var page = await host.VisitAsync("/?State=all");
        var first = await NumbersAsync();
        first.Count.ShouldBe(25);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("投诉列表");
        (await page.Locator("#count").InnerTextAsync()).ShouldMatch("^共 1[0-9]{2} 条$");
        await page.ClickAsync("#next");
        var second = await NumbersAsync();
        second.Intersect(first).ShouldBeEmpty();
        await page.ClickAsync("#language");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Queue");
        (await NumbersAsync()).ShouldBe(second, "another language is no other page");
        (await page.Locator("#count").InnerTextAsync()).ShouldMatch("^1[0-9]{2} complaints$");
        await page.ClickAsync("#next");
        await page.ClickAsync("#previous");
        (await NumbersAsync()).ShouldBe(second);
        await page.ClickAsync("#previous");
        (await NumbersAsync()).ShouldBe(first);
        (await page.Locator("#previous").CountAsync()).ShouldBe(0);
        await page.GotoAsync("/?State=all&After=nowhere");
        (await NumbersAsync()).ShouldBe(first, "what is no place is the beginning");
        await page.GotoAsync("/?State=Closed");
        (await page.Locator("#queue tbody tr td:nth-child(3)").AllInnerTextsAsync()).ShouldAllBe(state => state == "Closed");
        await page.GotoAsync("/?Find=1999-");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("No complaint matches.");

        async Task<IReadOnlyList<string>> NumbersAsync() => await page.Locator("#queue tbody td:first-child").AllInnerTextsAsync();
    }

    [Fact]
    public async Task A_complaint_is_registered_found_by_its_phone_number_and_handled_to_the_end()
    {
        var page = await host.RegisterAsync("空调不制冷", "021-5555 0001");
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("已登记");
        await page.DoAsync("acknowledge");
        await page.DoAsync("resolve", form => form.Locator("[name=confirmedInCall]").CheckAsync());
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("已解决");
        await page.DoAsync("close");
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("已结案");
        (await page.Locator("ol.timeline").InnerTextAsync()).ShouldContain("受理确认");
        await page.GotoAsync("/");
        await page.FillAsync("[name=Find]", "(021) 55550001");
        await page.ClickAsync(".filters button");
        (await page.Locator("#queue tbody tr").CountAsync()).ShouldBe(1);
        (await page.Locator("#by-phone").CountAsync()).ShouldBe(1);
        page.Url.ShouldContain("Lookup=");
        page.Url.ShouldNotContain("5555");
    }

    [Fact]
    public async Task X15_What_is_refused_is_shown_with_its_reason_and_the_role_decides()
    {
        var page = await host.RegisterAsync("拆机费争议", "021-5555 0002");
        await page.DoAsync("propose", form => form.Locator("[name=estimatedCost]").FillAsync("900"), form =>
            form.Locator("[name=description]").FillAsync("赔付"));
        await page.DoAsync("request-approval");
        (await page.Locator(".refused").InnerTextAsync()).ShouldContain("主管");
        (await page.Locator("details#approve").CountAsync()).ShouldBe(0);
        await page.SelectOptionAsync("#actor", "sun");
        await page.WaitForSelectorAsync("details#approve");
        await page.DoAsync("approve");
        (await page.Locator("#state").InnerTextAsync()).ShouldBe("待客户同意");
    }

    [Fact]
    public async Task Two_people_at_once_the_second_is_told()
    {
        var first = await host.RegisterAsync("重复扣费", "021-5555 0003");
        var second = await host.VisitAsync(new Uri(first.Url).AbsolutePath);
        await first.DoAsync("acknowledge");
        await second.ClickAsync("details#hand-over summary");
        await second.FillAsync("details#hand-over textarea", "迟到的移交");
        await second.SelectOptionAsync("details#hand-over select[name=owner]", "ben");
        await second.SelectOptionAsync("details#hand-over select[name=reason]", "other");
        await second.ClickAsync("details#hand-over button");
        (await second.Locator(".message.bad").InnerTextAsync()).ShouldContain("重新加载");
        (await second.Locator("ol.timeline").InnerTextAsync()).ShouldNotContain("迟到的移交");
        (await second.InputValueAsync("details#hand-over textarea")).ShouldBe("迟到的移交", "what was typed is still there");
        (await second.InputValueAsync("details#hand-over select[name=owner]")).ShouldBe("ben");
        (await second.InputValueAsync("details#hand-over select[name=reason]")).ShouldBe("other");
        await second.ClickAsync("details#hand-over button");
        await second.WaitForSelectorAsync(".message.good");
    }

    [Fact]
    public async Task A_note_conflicts_with_nobody()
    {
        var first = await host.RegisterAsync("重复扣费", "021-5555 0006");
        var second = await host.VisitAsync(new Uri(first.Url).AbsolutePath);
        await first.DoAsync("acknowledge");
        await second.DoAsync("add-note", form => form.Locator("textarea").FillAsync("同时写的备注"));
        (await second.Locator("ol.timeline").InnerTextAsync()).ShouldContain("同时写的备注");
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed()
    {
        var page = await host.RegisterAsync("空调噪音", "021-5555 0007");
        await page.ClickAsync("details#agree-deadline summary");
        await page.FillAsync("details#agree-deadline input[type=datetime-local]", "2020-01-01T10:00");
        await page.ClickAsync("details#agree-deadline button");
        (await page.Locator(".message.bad").InnerTextAsync()).ShouldContain("2020-01-01 10:00");
        (await page.InputValueAsync("details#agree-deadline input[type=datetime-local]")).ShouldBe("2020-01-01T10:00");
    }

    [Fact]
    public async Task R21_What_a_customer_types_is_shown_as_text()
    {
        const string Evil = "<img src=x onerror=\"document.title='owned'\">";
        var page = await host.RegisterAsync(Evil, "021-5555 0004");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain(Evil);
        (await page.TitleAsync()).ShouldNotBe("owned");
    }

    [Fact]
    public async Task A_wrong_draft_is_answered_in_the_visitors_language_and_keeps_what_was_typed()
    {
        var page = await host.VisitAsync("/complaints/new");
        await page.FillAsync("[name=Title]", "没有联系方式");
        await page.FillAsync("[name=Phone]", "not a number");
        await page.ClickAsync("main button");
        (await page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("电话");
        (await page.InputValueAsync("[name=Title]")).ShouldBe("没有联系方式");
    }

    [Fact]
    public async Task A_restart_loses_nothing()
    {
        var page = await host.RegisterAsync("重启前登记", "021-5555 0005");
        var path = new Uri(page.Url).AbsolutePath;
        await host.RestartAsync();
        var again = await host.VisitAsync(path);
        (await again.Locator("h1").InnerTextAsync()).ShouldContain("重启前登记");
    }

    [Fact]
    public async Task An_unknown_complaint_is_not_found_and_a_foreign_host_name_is_refused()
    {
        using var client = new HttpClient();
        (await client.GetAsync($"{host.Address}/complaints/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Address) { Headers = { Host = "evil.example" } };
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var forged = await client.PostAsync($"{host.Address}/complaints/new", new FormUrlEncodedContent([new("_handler", "register"), new("Title", "x")]));
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a form without the antiforgery token");
    }

    [Fact]
    public async Task R40_Every_answer_says_what_the_browser_may_do_with_it_and_a_page_is_kept_by_nobody()
    {
        using var client = new HttpClient();
        foreach (var path in new[] { "/", $"/complaints/{Guid.Empty}", "/health", "/app.css" })
        {
            using var answer = await client.GetAsync(host.Address + path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldNotContain("unsafe");
            policy.ShouldContain("frame-ancestors 'none'");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            if (path != "/app.css")
                answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\nConnection: close\r\n\r\n")]
    public async Task R40_A_request_without_a_host_that_is_ours_is_a_bad_one(string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(host.Address).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldContain(" 400 ");
    }

    [Theory]
    [InlineData("http://localhost:0", "127.0.0.1:0")]
    [InlineData("https://127.0.0.1:0", "certificate")]
    public async Task R40_An_address_that_the_server_cannot_listen_on_is_refused_in_its_words_and_no_stack_trace(string url, string said)
    {
        var folder = Directory.CreateTempSubdirectory("complaints-urls-");
        var (exitCode, error) = await RunningHost.TryAsync(
            "--urls", url, "--Database", Path.Combine(folder.FullName, "demo.db"), "--Demo:Complaints", "1");
        folder.Delete(recursive: true);
        exitCode.ShouldBe(2);
        error.ShouldContain(said);
        error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:5081")]
    [InlineData("http://192.0.2.1:80")]
    [InlineData("http://loopback:0")]
    [InlineData("http://127.0.0.1.example:0")]
    [InlineData("http://[::]:0")]
    public async Task Without_sign_in_the_host_refuses_every_address_but_loopback(string url)
    {
        var (exitCode, error) = await RunningHost.TryAsync("--urls", url);
        exitCode.ShouldBe(2);
        error.ShouldContain("sign-in");
    }
}
