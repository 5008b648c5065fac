using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.SampleHost.Tests;

/// <summary>The real host on a policy that runs out while one watches.</summary>
public sealed class ShortPolicyTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Policy = """
        {"label":{"en":"One minute","zh":"一分钟"},"order":1,"appliesTo":{"tiers":["platinum"]},
         "objectives":[{"objective":"resolution","limit":"1 minute","warnings":["80%"],
         "escalations":[{"at":"90%","level":1,"role":"supervisor"},{"at":"due","level":2,"role":"manager","raisePriority":true}]}]}
        """;

    [Fact]
    public async Task T21_A_clock_passes_warning_breach_and_two_escalations_without_a_click_across_a_restart_each_once()
    {
        await using var provider = Program(host.Database);
        var library = provider.GetRequiredService<DefinitionLibrary>();
        var (_, refusal) = await library.PublishAsync(TenantId.Default, "policy", "one-minute", Policy, new Actor("adam", Role.Administrator), default);
        refusal.ShouldBeNull();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var received = SystemClock.Instance.GetCurrentInstant() - Duration.FromSeconds(40);
        var id = (await desk.RegisterAsync(new IntakeDraft
        {
            Channel = "phone", Title = "加急投诉", Tier = "platinum", ReceivedAt = received,
            Complainant = new Complainant("王小明", CustomerRef: "C-1"), Statement = new Statement("请马上处理。"),
        })).Value.Complaint;

        // At 54 s the first rung has fired; the host is killed then and comes back before or after the deadline, as it likes.
        await UntilAsync(async () => (await StepsAsync(desk, id)).Contains("escalated"), "the first rung");
        await host.RestartAsync();
        await UntilAsync(async () => (await StepsAsync(desk, id)).Count >= 4, "the breach and the second rung");
        await Task.Delay(2_500);
        (await StepsAsync(desk, id)).ShouldBe(["clock-warned", "escalated", "clock-breached", "escalated"]);

        var page = await host.VisitAsync($"/complaints/{id}");
        (await page.Locator("ol.timeline").InnerTextAsync()).ShouldContain("超时");
        (await page.Locator("#commands, ol.timeline").AllInnerTextsAsync()).ShouldAllBe(text => !text.Contains("field.") && !text.Contains("resolution/1"), "every word of the page is Chinese");
        await page.Locator("details.explain summary").First.ClickAsync();
        (await page.Locator("details.explain pre").First.InnerTextAsync()).ShouldContain("计时");
    }

    private static async Task<List<string>> StepsAsync(ComplaintDesk desk, ComplaintId id) =>
        [.. (await desk.ViewAsync(id))!.History.Where(entry => entry.Event is ClockWarned or ClockBreached or ComplaintEscalated).Select(entry => entry.Type)];

    /// <summary>A second program on the host's file, as the tool would be.</summary>
    private static ServiceProvider Program(string file)
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={file}");
        return services.BuildServiceProvider();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 450; i++)
        {
            if (await condition())
                return;
            await Task.Delay(100);
        }
        throw new TimeoutException($"Not within 45 s: {what}");
    }
}
