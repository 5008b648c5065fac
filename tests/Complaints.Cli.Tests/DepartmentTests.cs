using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Cli.Tests;

/// <summary>What a department sees on the command line, and who goes where on a day.</summary>
public sealed class DepartmentTests : IDisposable
{
    private readonly Tool _tool = new();
    private string _own = "";
    private string _foreign = "";
    private ComplaintId _foreignId;

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task S061_As_a_department_only_its_own_cases_are_listed_shown_and_counted()
    {
        await FillAsync();
        var list = (await _tool.DoAsync("list", "--department", "workshop", "--json")).Json;
        list.GetProperty("total").GetInt32().ShouldBe(1);
        list.GetProperty("items")[0].GetProperty("number").GetString().ShouldBe(_own);
        (await _tool.DoAsync("list", "--json")).Json.GetProperty("total").GetInt32().ShouldBe(2, "the control: without it both");
        (await _tool.DoAsync("show", _own, "--department", "workshop")).Output.ShouldContain(_own);
        foreach (var name in new[] { _foreign, _foreignId.ToString() })
        {
            var told = await _tool.RunAsync("show", name, "--department", "workshop");
            told.ExitCode.ShouldNotBe(ExitCode.Done);
            told.Error.ShouldContain("There is no complaint");
            (told.Output + told.Error).ShouldNotContain("Cellar");
        }
        (await _tool.DoAsync("show", _foreign)).Output.ShouldContain("Cellar");
        foreach (var command in new[] { "queue", "stuck", "missing", "report" })
            (await _tool.RunAsync(command, "--department", "workshop")).Output.ShouldNotContain(_foreign, Case.Sensitive, command);
        (await _tool.DoAsync("list", "--department", "nobodys", "--json")).Json.GetProperty("total").GetInt32().ShouldBe(0);
        (await _tool.RunAsync("list", "--department", " ")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task S061_A_departments_tray_is_told_and_that_of_another_is_empty()
    {
        await FillAsync();
        (await _tool.DoAsync("work", "--team", "workshop", "--department", "workshop")).Output.ShouldContain(_own);
        (await _tool.DoAsync("work", "--team", "workshop", "--json")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _tool.DoAsync("work", "--team", "desk", "--department", "workshop", "--json")).Json.GetProperty("items")
            .GetArrayLength().ShouldBe(0, "it is another's");
    }

    [Fact]
    public async Task S037_S083_The_steps_of_a_day_are_listed_by_area_person_and_team_and_a_day_that_is_none_is_refused()
    {
        await FillAsync();
        var english = (await _tool.DoAsync("work", "--area", "north", "--day", "2099-03-04")).Output;
        foreach (var word in new[] { _own, "Hall 3", "North", "On-site", _foreign })
            english.ShouldContain(word);
        var chinese = (await _tool.RunInAsync("zh", "work", "--area", "north", "--day", "2099-03-04")).Output;
        chinese.ShouldContain("北片区");
        chinese.ShouldNotContain("on-site");
        var team = (await _tool.DoAsync("work", "--team", "workshop", "--day", "2099-03-04", "--json")).Json.GetProperty("items");
        team.GetArrayLength().ShouldBe(1);
        team[0].GetProperty("place").GetString().ShouldBe("Hall 3");
        (await _tool.DoAsync("work", "--area", "north", "--day", "2099-03-05")).Output.ShouldContain("No step");
        (await _tool.DoAsync("work", "--area", "north", "--day", "2099-03-04", "--department", "workshop")).Output
            .ShouldNotContain(_foreign);
        foreach (var day in new[] { "2099-02-30", "tomorrow", "9999-12-31", "0001-01-01" })
        {
            var told = await _tool.RunAsync("work", "--area", "north", "--day", day);
            (told.ExitCode, told.Error.Contains("no day", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true), day);
        }
        var unknown = await _tool.RunAsync("work", "--area", "mars", "--day", "2099-03-04");
        (unknown.ExitCode, unknown.Error.Contains("north", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (await _tool.RunAsync("work", "--day", "2099-03-04")).Error.ShouldContain("--area AREA");
        (await _tool.RunAsync("work", "--day", "2099-03-04", "--area", "north", "--take", "201")).Error.ShouldContain("1 to 200");
    }

    private async Task FillAsync()
    {
        await _tool.DoAsync("init");
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false").AddDefinition("organisation", "default", """
            {"departments":[{"code":"workshop","label":{"en":"Workshop","zh":"车间"}}],
             "teams":[{"code":"desk","label":{"en":"Desk","zh":"前台"}}],
             "areas":[{"code":"north","label":{"en":"North","zh":"北片区"}}],"roles":[]}
            """);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<DefinitionLibrary>().PlantSeedsAsync(default);
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft { Channel = "phone", Title = "Cold flat", Area = "north", Complainant = new("Ann Smith") };
        var own = (await desk.RegisterAsync(draft)).Value;
        var foreign = (await desk.RegisterAsync(draft with { Title = "Cellar under water" })).Value;
        (_own, _foreign, _foreignId) = (own.Number, foreign.Number, foreign.Complaint);
        var due = Instant.FromUtc(2099, 3, 4, 1, 30);
        var step = new PlanStep(StepPhase.Investigation, "on-site", Team: "workshop", Due: due, Place: "Hall 3");
        (await desk.ExecuteAsync(own.Complaint, step)).IsSuccess.ShouldBeTrue();
        (await desk.ExecuteAsync(foreign.Complaint, step with { Team = "desk", Place = null })).IsSuccess.ShouldBeTrue();
        (await desk.ExecuteAsync(foreign.Complaint, new HandOver(null, "desk", "expertise"))).IsSuccess.ShouldBeTrue();
    }
}
