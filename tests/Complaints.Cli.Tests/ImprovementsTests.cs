using Complaints.Cli;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Cli.Tests;

/// <summary>Improvements on the command line, which a host beside it has opened.</summary>
public sealed class ImprovementsTests : IDisposable
{
    private static readonly Actor Quality = new("qin", Role.Quality);
    private static readonly Instant Due = Instant.FromUtc(2099, 1, 1, 10, 0);

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S071_A_list_says_in_words_what_there_is_and_how_to_go_on()
    {
        await FillAsync();
        var english = (await _tool.DoAsync("improvements")).Output;
        english.ShouldContain("Number");
        english.ShouldContain("In progress");
        english.ShouldContain("Systemic issue");
        english.ShouldContain("安装派单遗漏");
        var chinese = (await _tool.RunInAsync("zh", "improvements")).Output;
        chinese.ShouldContain("编号");
        chinese.ShouldContain("整改中");
        chinese.ShouldContain("投诉通报");
        chinese.ShouldNotContain("bulletin");

        var first = await _tool.DoAsync("improvements", "--take", "1");
        first.Output.ShouldContain("--after I-");
        var page = (await _tool.DoAsync("improvements", "--take", "1", "--json")).Json;
        var after = page.GetProperty("next").GetString()!;
        var rest = (await _tool.DoAsync("improvements", "--after", after, "--json")).Json;
        rest.GetProperty("next").GetString().ShouldBeNull();
        new[] { page, rest }.SelectMany(Numbers).ShouldBe(["I-" + Year + "-0002", "I-" + Year + "-0001"]);
    }

    [Fact]
    public async Task S071_A_list_is_narrowed_by_status_kind_and_owner()
    {
        await FillAsync();
        Numbers((await _tool.DoAsync("improvements", "--status", "Executing", "--json")).Json).ShouldBe(["I-" + Year + "-0001"]);
        Numbers((await _tool.DoAsync("improvements", "--kind", "bulletin", "--json")).Json).ShouldBe(["I-" + Year + "-0002"]);
        Numbers((await _tool.DoAsync("improvements", "--owner", "mei", "--json")).Json).ShouldBe(["I-" + Year + "-0002"]);
        Numbers((await _tool.DoAsync("improvements", "--status", "Open", "Executing", "--owner", "qin", "--json")).Json)
            .ShouldBe(["I-" + Year + "-0001"]);
        (await _tool.DoAsync("improvements", "--owner", "nobody")).Output.ShouldContain("No improvement matches.");
        (await _tool.RunInAsync("zh", "improvements", "--status", "Closed")).Output.ShouldContain("没有符合条件的整改事项。");
        (await _tool.RunAsync("improvements", "--take", "0")).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(ExitCode.Usage), answer => answer.Error.ShouldContain("1 to 500"));
        (await _tool.RunAsync("improvements", "--after", "I-1999-0001")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task S086_One_is_shown_with_its_complaints_its_actions_and_its_timeline()
    {
        var complaint = await FillAsync();
        var number = "I-" + Year + "-0001";
        var chinese = (await _tool.RunInAsync("zh", "improvements", "show", number)).Output;
        chinese.ShouldContain("安装派单遗漏");
        chinese.ShouldContain("整改中，系统性问题");
        chinese.ShouldContain($"相关投诉  {complaint.Number}");
        chinese.ShouldContain("1. 纠正措施 · 时限 2099-01-01 18:00  [mei]");
        chinese.ShouldContain("已制定措施");
        chinese.ShouldContain("措施: 预约系统增加提醒");
        var english = (await _tool.DoAsync("improvements", "show", number)).Output;
        english.ShouldContain("In progress, Systemic issue");
        english.ShouldContain("1. Corrective action · Due 2099-01-01 18:00  [mei]");
        english.ShouldContain("Timeline");

        var json = (await _tool.DoAsync("improvements", "show", number, "--json")).Json;
        json.GetProperty("title").GetString().ShouldBe("安装派单遗漏");
        json.GetProperty("status").GetString().ShouldBe("Executing");
        json.GetProperty("complaints")[0].GetProperty("number").GetString().ShouldBe(complaint.Number);
        json.GetProperty("actions")[0].GetProperty("due").GetString().ShouldBe("2099-01-01T10:00:00Z");
        json.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("type").GetString())
            .ShouldBe(["improvement-opened", "complaints-linked", "links-settled", "action-planned"]);
        (await _tool.DoAsync("improvements", "show", json.GetProperty("id").GetString()!)).Output.ShouldBe(english);
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_one_sentence()
    {
        await FillAsync();
        var missing = await _tool.RunInAsync("zh", "improvements", "show", "I-1999-0001");
        missing.ExitCode.ShouldBe(ExitCode.Usage);
        missing.Error.Trim().ShouldBe("该租户没有整改事项 I-1999-0001，请检查编号。");
        (await _tool.RunAsync("improvements", "show", Guid.Empty.ToString())).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(ExitCode.Refused), answer => answer.Error.ShouldStartWith("improvement.not_found"));
    }

    [Fact]
    public async Task R28_Improvements_are_verified_and_a_look_that_drifted_is_put_right()
    {
        await FillAsync();
        (await _tool.DoAsync("verify")).Output.ShouldContain("1 complaints, 2 improvements, ");
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var forget = new SqliteCommand("update aggregate set look_at = null where look_at is not null", connection);
            (await forget.ExecuteNonQueryAsync()).ShouldBe(1);
        }
        var found = await _tool.RunAsync("reconcile");
        found.ExitCode.ShouldBe(ExitCode.Refused);
        found.Output.ShouldContain("drifted");
        (await _tool.DoAsync("reconcile", "--repair")).Output.ShouldContain("1 had drifted, 0 still do.");
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
    }

    private static int Year => SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Year;

    private static IEnumerable<string> Numbers(System.Text.Json.JsonElement list) =>
        list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()!);

    /// <summary>An issue behind one complaint, worked on, and a bulletin.</summary>
    private async Task<CommandAnswer> FillAsync()
    {
        await _tool.DoAsync("init");
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>();
        var complaint = (await desk.For(new Actor("amy", Role.Agent)).RegisterAsync(new IntakeDraft
        {
            Channel = "phone", Title = "安装无人上门", Statement = new Statement("等了一天。"),
            Complainant = new Complainant("王小明", CustomerRef: "C-1"),
        })).Value;
        var improvements = desk.For(Quality).Improvements;
        var issue = (await improvements.OpenAsync(
            new OpenImprovement("systemic-issue", "安装派单遗漏", Complaints: [complaint.Complaint]))).Value.Improvement;
        _ = (await improvements.ExecuteAsync(issue, new PlanAction("corrective", "预约系统增加提醒", Due, "mei"))).Value;
        _ = (await improvements.OpenAsync(new OpenImprovement("bulletin", "雨天配送", Owner: "mei"))).Value;
        return complaint;
    }
}
