using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>The queue in the order of points in a real browser: what each case has them for, also on a phone and by the keyboard.</summary>
public sealed class QueuePageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task X46_The_queue_in_the_order_of_points_goes_down_from_page_to_page()
    {
        var page = await host.VisitAsync();
        await page.SelectOptionAsync("[name=Order]", "Points");
        await page.ClickAsync(".filters button");
        await page.Locator("#queue .points").First.WaitForAsync();
        var first = await PointsAsync(page);
        first.Count.ShouldBe(25);
        first.ShouldBe(first.OrderDescending());
        first[0].ShouldBeGreaterThan(0);
        var numbers = await page.Locator("#queue tbody a").AllInnerTextsAsync();

        await page.ClickAsync("#next");
        await page.Locator("#previous").WaitForAsync();
        var second = await PointsAsync(page);
        second.ShouldBe(second.OrderDescending());
        second[0].ShouldBeLessThanOrEqualTo(first[^1]);
        (await page.Locator("#queue tbody a").AllInnerTextsAsync()).Intersect(numbers).ShouldBeEmpty();
        await page.ClickAsync("#first");
        (await page.Locator("#queue tbody a").AllInnerTextsAsync()).ShouldBe(numbers);
    }

    [Fact]
    public async Task X46_An_urgent_case_of_now_says_what_its_points_are_for()
    {
        var page = await host.VisitAsync("/complaints/new");
        await page.FillAsync("[name=Title]", "燃气泄漏");
        await page.FillAsync("[name=CustomerName]", "王小明");
        await page.FillAsync("[name=Phone]", "021-5555 4001");
        await page.SelectOptionAsync("[name=Category]", "service/attitude");
        await page.SelectOptionAsync("[name=Severity]", "critical");
        await page.SelectOptionAsync("[name=Urgency]", "urgent");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");
        var number = (await page.Locator("h1").InnerTextAsync()).Split(' ')[0];

        await page.GotoAsync($"/?Order=Points&Find={number}");
        var row = page.Locator("#queue tbody tr", new() { HasText = number });
        (await row.Locator("summary").InnerTextAsync()).ShouldBe("40 分");
        (await row.Locator("li").First.IsVisibleAsync()).ShouldBeFalse("folded away");
        await row.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        (await row.Locator("li").AllInnerTextsAsync()).ShouldBe(["+40 优先级：P1 立即"]);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task X46_The_points_are_in_the_visitors_words_and_fit_a_phone(string language)
    {
        var page = await host.VisitAsync();
        await page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = language, Url = host.Address }]);
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/?Order=Points");
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(folded => folded.open = true)");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        var parts = await page.Locator("#queue .points li").AllInnerTextsAsync();
        parts.Count.ShouldBeGreaterThan(25);
        foreach (var part in parts)
        {
            part.Any(letter => letter > 0x4e00).ShouldBe(language == "zh", part);
            foreach (var code in (string[])["past-due", "customer-wrote", "OnHold", "p1", "T0", "{"])
                part.ShouldNotContain(code, Case.Sensitive);
        }
        parts.ShouldContain(part => part.Contains(language == "zh" ? "个工作日" : "working day", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/?Order=Points&Skip=99999999999")]
    [InlineData("/?Order=Points&Skip=-1")]
    [InlineData("/?Order=Points&Skip=2000&State=all")]
    [InlineData("/?Order=Points&Owner=%01&Priority=%00")]
    [InlineData("/?Order=Points&After=nonsense&Before=nonsense")]
    public async Task X46_R40_An_address_typed_by_hand_is_answered(string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(host.Address) };
        using var answer = await client.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(200);
        using var all = await client.GetAsync($"/?Order=Points&Category={new string('x', 2_000)}");
        ((int)all.StatusCode).ShouldBe(200);
    }

    private static async Task<List<int>> PointsAsync(IPage page) =>
        [.. (await page.Locator("#queue .points summary").AllInnerTextsAsync()).Select(text => int.Parse(text.Split(' ')[0]))];
}
