using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>What waits for whom, what is stuck and what has drifted, on the command line.</summary>
public sealed class WorkTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S038_A_supervisor_finds_the_approval_with_its_due_instant_and_it_goes_with_the_answer()
    {
        var number = await FillAsync();
        var items = (await _tool.DoAsync("work", "--role", "supervisor", "--kind", "approve", "--json")).Json.GetProperty("items");
        items.GetArrayLength().ShouldBe(1);
        var item = items[0];
        item.GetProperty("number").GetString().ShouldBe(number);
        item.GetProperty("subject").GetString().ShouldBe("approval/1");
        item.GetProperty("due").GetString().ShouldNotBeNull();
        item.GetProperty("overdue").GetBoolean().ShouldBeFalse();
        (await _tool.DoAsync("work", "--role", "supervisor", "--kind", "approve")).Output.ShouldContain("Approve: Approval 1");
        (await _tool.RunInAsync("zh", "work", "--role", "supervisor", "--kind", "approve")).Output.ShouldContain("审批: 审批 1");
        await OnDeskAsync(async desk =>
        {
            var id = (await desk.FindAsync(number))!.Value;
            (await desk.For(new Actor("sun", Role.Supervisor)).ExecuteAsync(id, new Approve(1))).IsSuccess.ShouldBeTrue();
        });
        (await _tool.DoAsync("work", "--role", "supervisor", "--kind", "approve", "--json")).Json.GetProperty("items")
            .GetArrayLength().ShouldBe(0);
        (await _tool.RunInAsync("zh", "work", "--mine", "amy")).Output.ShouldContain("催询客户答复");
    }

    [Fact]
    public async Task S038_Pages_go_on_and_wrong_questions_are_answered_with_what_to_do()
    {
        await FillAsync();
        var page = (await _tool.DoAsync("work", "--role", "supervisor", "--take", "1", "--json")).Json;
        var next = page.GetProperty("next").GetString()!;
        var second = (await _tool.DoAsync("work", "--role", "supervisor", "--take", "1", "--after", next, "--json")).Json;
        second.GetProperty("items")[0].GetProperty("id").GetGuid().ShouldNotBe(page.GetProperty("items")[0].GetProperty("id").GetGuid());
        (await _tool.RunAsync("work")).Error.ShouldContain("--mine PERSON");
        (await _tool.RunAsync("work", "--role", "supervisor", "--after", "2")).Error.ShouldContain("'--after'");
        (await _tool.RunAsync("work", "--role", "supervisor", "--kind", "dance")).Error.ShouldContain("approve");
        (await _tool.RunAsync("work", "--role", "supervisor", "--take", "501")).Error.ShouldContain("1 to 500");
    }

    [Fact]
    public async Task X54_A_hold_that_nobody_is_told_to_review_is_named_with_what_would_free_it()
    {
        var number = await FillAsync();
        (await _tool.DoAsync("stuck")).Output.ShouldContain("0 stuck.");
        await OnDeskAsync(async desk =>
        {
            var id = (await desk.FindAsync(number))!.Value;
            (await desk.ExecuteAsync(id, new PlaceOnHold("legal", Note: "Waits."))).IsSuccess.ShouldBeTrue();
        });
        var english = (await _tool.DoAsync("stuck")).Output;
        english.ShouldContain(number);
        english.ShouldContain("nobody is told to look again");
        english.ShouldContain("-> Release the hold");
        (await _tool.RunInAsync("zh", "stuck")).Output.ShouldContain("解除暂停");
        (await _tool.DoAsync("stuck", "--json")).Json.GetProperty("cause").GetString().ShouldBe("hold-without-review");
    }

    [Fact]
    public async Task R05_Planted_drift_is_found_and_repaired()
    {
        await FillAsync();
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var plant = connection.CreateCommand();
            plant.CommandText = "update work set person = 'eve' where work = 'assign'; delete from work where work = 'approve'";
            await plant.ExecuteNonQueryAsync();
        }
        var found = await _tool.RunAsync("reconcile");
        found.ExitCode.ShouldBe(ExitCode.Refused);
        found.Output.ShouldContain("Missing");
        found.Output.ShouldContain("work approve approval/1");
        found.Output.ShouldContain("work assign");
        (await _tool.RunAsync("doctor")).Output.ShouldContain("complaints reconcile --repair");
        (await _tool.DoAsync("reconcile", "--repair")).Output.ShouldContain("repaired");
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
    }

    [Fact]
    public async Task R35_A_case_that_cannot_be_read_is_work_for_administrators_until_it_can()
    {
        var number = await FillAsync();
        (await _tool.DoAsync("reconcile", "--repair")).Output.ShouldContain("All");
        await _tool.SqlAsync("update event set body = x'00'; update complaint_state set body = x'00'");
        var repaired = await _tool.RunAsync("reconcile", "--repair");
        repaired.Output.ShouldNotContain("drifted  Missing");
        var items = (await _tool.RunAsync("work", "--role", "administrator", "--kind", "unreadable", "--json")).Output;
        items.ShouldContain(number);
        (await _tool.RunInAsync("zh", "work", "--role", "administrator", "--kind", "unreadable")).Output.ShouldContain("修复无法读取的记录");
        (await _tool.RunAsync("work", "--role", "supervisor", "--kind", "unreadable", "--json")).Output.ShouldNotContain(number);
    }

    private async Task<string> FillAsync()
    {
        var number = "";
        await OnDeskAsync(async desk =>
        {
            var draft = new IntakeDraft { Channel = "phone", Title = "Cold flat", Complainant = new("Ann Smith") };
            await desk.RegisterAsync(draft with { Title = "Nobody's" });
            var id = (await desk.RegisterAsync(draft)).Value.Complaint;
            ComplaintCommand[] way =
            [
                new HandOver("amy", null, "expertise"), new StartInvestigation(), new Propose(["compensation"], "Money.", 900),
                new RequestApproval(1),
            ];
            foreach (var command in way)
                number = (await desk.ExecuteAsync(id, command)).Value.Number;
        });
        return number;
    }

    private async Task OnDeskAsync(Func<ComplaintDesk, Task> act)
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        await act(provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent)));
    }
}
