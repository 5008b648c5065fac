using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>What departments were asked, on the command line: with the case, and as the work of a team.</summary>
public sealed class TaskTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S048_S061_Tasks_are_shown_in_words_and_are_the_work_of_their_department()
    {
        var number = await FillAsync();
        var english = (await _tool.DoAsync("show", number)).Output;
        english.ShouldContain("Departments: ");
        english.ShouldContain("Task 1. technical · leads · Technical · in hand");
        english.ShouldContain("Why does it stop?");
        english.ShouldContain("Task 2. carrier · assists · Information · to be signed for");
        english.ShouldContain("Task signed for");
        var chinese = (await _tool.RunInAsync("zh", "show", number)).Output;
        chinese.ShouldContain("部门协办：");
        chinese.ShouldContain("协办单 1. technical · 主办 · 技术处理 · 办理中");
        var json = (await _tool.DoAsync("show", number, "--json")).Json.GetProperty("tasks")[0];
        (json.GetProperty("status").GetString(), json.GetProperty("signedBy").GetString()).ShouldBe(("Signed", "tao"));
        (await _tool.DoAsync("work", "--team", "technical")).Output.ShouldContain("Answer a task");
        var work = (await _tool.RunInAsync("zh", "work", "--team", "carrier")).Output;
        work.ShouldContain("签收协办单");
        work.ShouldNotContain("反馈协办结果");
    }

    [Fact]
    public async Task X06_The_customers_clock_is_explained_without_a_word_of_the_task()
    {
        var number = await FillAsync();
        var told = (await _tool.DoAsync("time", "explain", "--complaint", number, "--clock", "resolution/1")).Output;
        told.ShouldContain("10 working days");
        told.ShouldNotContain("task");
    }

    private async Task<string> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft { Channel = "phone", Title = "It stops", Complainant = new("Ann Smith") };
        var filed = (await desk.RegisterAsync(draft)).Value;
        (await desk.ExecuteAsync(filed.Complaint, new SendTask("technical", "technical", "Why does it stop?"))).IsSuccess.ShouldBeTrue();
        (await desk.ExecuteAsync(filed.Complaint, new SendTask("carrier", "information", "Who drove?", TaskRole.Assist)))
            .IsSuccess.ShouldBeTrue();
        var technician = desk.For(new Actor("tao", Role.Department) { Teams = ["technical"] });
        (await technician.ExecuteAsync(filed.Complaint, new SignTask(1))).IsSuccess.ShouldBeTrue();
        return filed.Number;
    }
}
