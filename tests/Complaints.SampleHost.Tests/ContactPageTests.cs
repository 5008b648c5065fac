using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>Talk, checks, signals and evidence on the page of a case.</summary>
public sealed class ContactPageTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task S151_An_angry_customer_changes_the_script_and_a_hand_over_is_suggested()
    {
        var page = await host.RegisterAsync("热水器打不着火", "021-5555 0151");
        (await StepsAsync(page))[0].ShouldStartWith("核实身份");
        await page.DoAsync("record-interaction", form => form.Locator("[name=direction]").SelectOptionAsync("Inbound"),
            form => form.Locator("[name=channel]").SelectOptionAsync("phone"), form =>
                form.Locator("[name=emotion]").SelectOptionAsync("angry"));
        (await page.InnerTextAsync("#emotion")).ShouldBe("愤怒");
        (await StepsAsync(page))[0].ShouldStartWith("先安抚情绪");
        var signals = await page.InnerTextAsync("#signals");
        signals.ShouldContain("情绪激动");
        signals.ShouldContain("建议移交");
        (await page.Locator("#script-call p").TextContentAsync())!.ShouldContain("我是小艾");
    }

    [Fact]
    public async Task S019_What_was_checked_is_seen_and_what_is_open_too()
    {
        var page = await host.RegisterAsync("快递破损", "021-5555 0019");
        (await page.InnerTextAsync("#check-understanding")).ShouldContain("已复述并确认问题 待核对");
        await page.DoAsync("record-check", form => form.Locator("[name=list]").SelectOptionAsync("understanding"),
            form => form.Locator("[name=items]").SelectOptionAsync(["matter", "expectation"]));
        var checks = await page.InnerTextAsync("#check-understanding");
        checks.ShouldContain("已复述并确认问题 已完成");
        checks.ShouldContain("已告知下一步和时间 待核对");
        await page.ClickAsync("#language");
        (await page.InnerTextAsync("#check-understanding")).ShouldContain("Matter said back and confirmed done");
    }

    [Fact]
    public async Task S025_A_photo_is_handed_in_and_a_program_named_as_one_is_not()
    {
        var page = await host.RegisterAsync("水管漏水", "021-5555 0025");
        await UploadAsync(page, "漏水.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        (await page.InnerTextAsync("#evidence")).ShouldContain("1. 照片 漏水.jpg");
        var answer = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), await page.GetAttributeAsync("#evidence a",
            "href")!).ToString());
        (await answer.BodyAsync()).ShouldBe([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        answer.Headers["content-disposition"].ShouldStartWith("attachment");
        answer.Headers["x-content-type-options"].ShouldBe("nosniff");
        answer.Headers["content-security-policy"].ShouldBe("default-src 'none'; sandbox");
        await UploadAsync(page, "program.jpg", [0x4D, 0x5A, 1, 2, 3, 4]);
        (await page.InnerTextAsync("#evidence-refused")).ShouldContain("允许的类型");
        (await page.Locator("#evidence > div").CountAsync()).ShouldBe(1);
    }

    private static async Task UploadAsync(IPage page, string name, byte[] content)
    {
        await page.ClickAsync("#add-evidence summary");
        await page.SetInputFilesAsync("#add-evidence [name=file]", new FilePayload { Name = name, MimeType = "image/jpeg",
            Buffer = content });
        await page.ClickAsync("#add-evidence button");
        await page.WaitForLoadStateAsync();
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(IPage page) => await page.Locator("#script-call li").AllTextContentsAsync();
}
