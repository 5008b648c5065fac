using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>What a person does on the pages.</summary>
internal static class Steps
{
    /// <summary>Registers a complaint and stays on its page.</summary>
    public static async Task<IPage> RegisterAsync(this RunningHost host, string title, string phone)
    {
        var page = await host.VisitAsync("/complaints/new");
        await page.FillAsync("[name=Title]", title);
        await page.FillAsync("[name=CustomerName]", "王小明");
        await page.FillAsync("[name=Phone]", phone);
        await page.SelectOptionAsync("[name=Category]", "service/attitude");
        await page.ClickAsync("main button");
        await page.WaitForSelectorAsync(".message.good");
        return page;
    }

    /// <summary>Carries a command out by its form.</summary>
    public static async Task DoAsync(this IPage page, string command, params Func<ILocator, Task>[] fill)
    {
        await page.SendAsync(command, fill);
        var message = page.Locator(".message");
        (await message.GetAttributeAsync("class"))!.ShouldContain("good", Case.Sensitive, await message.InnerTextAsync());
    }

    /// <summary>The same where it is to be refused; says with which words.</summary>
    public static async Task<string> RefusedAsync(this IPage page, string command, params Func<ILocator, Task>[] fill)
    {
        await page.SendAsync(command, fill);
        return await page.Locator(".message.bad").InnerTextAsync();
    }

    /// <summary>Opens a form, as far as it is not open, fills it in and sends it.</summary>
    private static async Task SendAsync(this IPage page, string command, Func<ILocator, Task>[] fill)
    {
        var details = page.Locator($"details#{command}");
        if (await details.GetAttributeAsync("open") is null)
            await details.Locator("summary").ClickAsync();
        foreach (var step in fill)
            await step(details);
        // The page that was there may have had a message of its own.
        await page.EvaluateAsync("document.body.id = 'old'");
        await details.Locator("form button").ClickAsync();
        await page.Locator("body:not(#old) .message").First.WaitForAsync();
    }
}
