using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>What was done and found, on the command line; the tool acts for an administrator, who is told nothing of liability.</summary>
public sealed class InquiryTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S062_X41_Steps_and_findings_are_shown_in_words()
    {
        var number = await FillAsync();
        var english = (await _tool.DoAsync("show", number)).Output;
        english.ShouldContain("Step 1. investigation · Review records · amy · done  Read the log. · It says half past nine.");
        english.ShouldContain("Finding 1. Point 1 · Whose fault it is ours · Agents / Way of talking  She was never called back.");
        var chinese = (await _tool.RunInAsync("zh", "show", number)).Output;
        chinese.ShouldContain("步骤 1. 调查 · 调阅记录 · amy · 已完成");
        chinese.ShouldContain("调查结论 1. 诉求点 1 · 责任方 我方 · 座席人员 / 沟通技巧不足");
        chinese.ShouldContain("被投诉员工 · zoe");
        var json = (await _tool.DoAsync("show", number, "--json")).Json;
        json.GetProperty("steps")[0].GetProperty("result").GetString().ShouldBe("done");
        json.GetProperty("findings")[0].GetProperty("fault").GetString().ShouldBe("us");
    }

    [Fact]
    public async Task X33_No_command_of_the_tool_says_a_word_of_liability()
    {
        var number = await FillAsync();
        foreach (var words in new string[][]
        {
            ["show", number], ["show", number, "--json"], ["list", "--json"], ["work", "--role", "agent", "--json"], ["work", "--role",
            "agent"], ["stuck", "--json"],
        })
        {
            var output = (await _tool.RunInAsync("en", words)).Output;
            if (words[0] is "show" or "list")
                output.ShouldNotBeNullOrWhiteSpace(string.Join(' ', words));
            foreach (var word in new[] { "lee", "liab", "The recording", "coaching" })
                output.ShouldNotContain(word, Case.Insensitive, string.Join(' ', words));
        }
    }

    [Fact]
    public async Task S019_S041_A_waiver_and_the_outcome_of_each_point_are_shown()
    {
        var number = await FillAsync();
        await using (var provider = Provider())
        {
            (await provider.GetRequiredService<DefinitionLibrary>().PublishAsync(TenantId.Default, "gates", "default",
                """{ "rows": [ { "before": "resolve", "needs": ["points-judged"] } ] }""", new Actor("adam", Role.Administrator), default))
                .Refusal.ShouldBeNull();
        }
        await using (var provider = Provider())
        {
            var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
            var id = (await desk.ListAsync(new())).Items.Single(item => item.Number == number).Id;
            (await desk.ExecuteAsync(id, new Core.Resolution.RequestWaiver("resolve", "She is content."))).Refusal.ShouldBeNull();
            (await desk.For(new Actor("sun", Role.Supervisor)).ExecuteAsync(id, new Core.Resolution.Approve(1))).Refusal.ShouldBeNull();
            (await desk.ExecuteAsync(id, new Core.Resolution.Resolve("solved"))).Refusal.ShouldBeNull();
        }
        (await _tool.DoAsync("show", number)).Output.ShouldContain(
            "Approval 1. Waiver · Resolve · every point judged · approved  She is content.");
        (await _tool.RunInAsync("zh", "show", number)).Output.ShouldContain("审批 1. 豁免 · 解决 · 全部诉求点已判定 · 已批准");
        var json = (await _tool.DoAsync("show", number, "--json")).Json;
        json.GetProperty("waivers")[0].GetProperty("answeredBy").GetString().ShouldBe("sun");
        json.GetProperty("points")[0].GetProperty("outcome").GetString().ShouldBe("solved");
    }

    private ServiceProvider Provider()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        return services.BuildServiceProvider();
    }

    private async Task<string> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft { Channel = "phone", Title = "Never called back", Complainant = new("Ann Smith"), Accused = ["zoe"] };
        var filed = (await desk.RegisterAsync(draft)).Value;
        foreach (var command in new ComplaintCommand[]
        {
            new PlanStep(StepPhase.Investigation, "records", What: "Read the log."),
            new FinishStep(1, StepResult.Done, "It says half past nine."),
            new RecordFinding("She was never called back.", FaultParty.Us, ["communication"]),
        })
        {
            (await desk.ExecuteAsync(filed.Complaint, command)).Refusal.ShouldBeNull();
        }
        (await desk.For(new Actor("mei", Role.Manager)).ExecuteAsync(filed.Complaint,
            new RecordLiability(1, FaultParty.Us, "The recording.", Staff: "lee", Measure: "coaching"))).Refusal.ShouldBeNull();
        return filed.Number;
    }
}
