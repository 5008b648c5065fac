using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Sla;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>Who has a case, whom somebody urged and which departments were called in, on the command line.</summary>
public sealed class HandlingTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S052_S054_X45_It_is_shown_in_words_and_in_the_list_of_work()
    {
        var number = await FillAsync();
        var english = (await _tool.DoAsync("show", number)).Output;
        english.ShouldContain("Who had it ");
        english.ShouldContain("Urged Step 1. investigation · Review records · cai · to be done urged 1 time, last at ");
        english.ShouldContain("Departments called in quality, research");
        var chinese = (await _tool.RunInAsync("zh", "show", number)).Output;
        chinese.ShouldContain("各方持有时间 ");
        chinese.ShouldContain("已督促 1 次，最近一次 ");
        chinese.ShouldContain("已召集部门 quality、research");
        var json = (await _tool.DoAsync("show", number, "--json")).Json;
        json.GetProperty("urged")[0].GetProperty("subject").GetString().ShouldBe("step/1");
        json.GetProperty("convened")[1].GetString().ShouldBe("research");
        json.GetProperty("late").GetArrayLength().ShouldBe(0);

        (await _tool.DoAsync("work", "--mine", "cai")).Output.ShouldContain("urged", Case.Sensitive, "its column wraps");
        (await _tool.RunInAsync("zh", "work", "--mine", "cai")).Output.ShouldContain("已督促");
        (await _tool.DoAsync("work", "--mine", "cai", "--json")).Json.GetProperty("items")[0].GetProperty("urged").GetInt32().ShouldBe(1);
        (await _tool.DoAsync("work", "--team", "research")).Output.ShouldContain("Handle");
    }

    private async Task<string> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var filed = (await desk.RegisterAsync(new IntakeDraft { Channel = "phone", Title = "Never called back",
            Complainant = new("Ann Smith") })).Value;
        foreach (var command in new ComplaintCommand[]
        {
            new PlanStep(StepPhase.Investigation, "records", "cai"), new Urge(new("step", "1"), "She has called twice."),
            new Escalate(1, Role.Quality, null, "customer-insists",
                Kind: EscalationKind.QualityReview, Departments: ["quality", "research"]),
        })
            (await desk.ExecuteAsync(filed.Complaint, command)).Refusal.ShouldBeNull();
        return filed.Number;
    }
}
