using System.Globalization;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Cli.Tests;

/// <summary>What a host can change, on the command line: for later, compared, one before the other.</summary>
public sealed class DefinitionTests : IAsyncLifetime
{
    private readonly Tool _tool = new();

    public async ValueTask InitializeAsync() => await _tool.DoAsync("init", "--db", _tool.Db);

    public ValueTask DisposeAsync()
    {
        _tool.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task X13_A_version_is_published_for_a_day_and_the_list_says_when_each_holds()
    {
        var year = SystemClock.Instance.GetCurrentInstant().InUtc().Year;
        var day = (year + 1).ToString(CultureInfo.InvariantCulture) + "-01-01";
        var file = _tool.Write("repeats.json", """{"windowDays":14}""");

        (await _tool.DoAsync("definitions", "publish", "repeats", "default", file, "--from", day)).Output
            .ShouldContain($"Holds from {day} 00:00:00 on: repeats/default v2");

        var list = (await _tool.DoAsync("definitions", "list")).Output.Split('\n').Where(line => line.StartsWith("repeats",
            StringComparison.Ordinal)).ToList();
        list[0].ShouldEndWith($"holds until {day} 00:00:00");
        list[1].ShouldEndWith($"from {day} 00:00:00");
        (await _tool.RunInAsync("zh", "definitions", "list")).Output.ShouldContain($"生效中，至 {day} 00:00:00");
        var rows = (await _tool.DoAsync("definitions", "list", "--json")).Json.EnumerateArray()
            .Where(row => row.GetProperty("kind").GetString() == "repeats").ToList();
        rows.Select(row => row.GetProperty("holds").GetBoolean()).ShouldBe([true, false]);
        rows[1].GetProperty("effectiveFrom").GetString().ShouldBe($"{year}-12-31T16:00:00Z", "the day begins in Shanghai");
        (await _tool.DoAsync("definitions", "show", "repeats", "default")).Output.ShouldNotContain("14");
        (await _tool.DoAsync("definitions", "show", "repeats", "default", "--version", "2")).Output.ShouldContain("14");

        (await _tool.RunAsync("definitions", "publish", "repeats", "default", file, "--from", "2020-01-01"))
            .Error.ShouldStartWith("definition.effective_past: ");
        var wrong = await _tool.RunAsync("definitions", "publish", "repeats", "default", file, "--from", "tomorrow");
        (wrong.ExitCode, wrong.Error.Contains("--from: 'tomorrow' is neither", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (await _tool.DoAsync("definitions", "publish", "repeats", "default", file, "--from", day[..4] + "-02-01T09:00:00+08:00"))
            .Output.ShouldContain("02-01 09:00:00");
    }

    [Fact]
    public async Task X02_Two_versions_are_compared_place_by_place_in_both_languages()
    {
        var policy = (await _tool.DoAsync("definitions", "show", "policy", "call-centre")).Output;
        await _tool.DoAsync("definitions", "publish", "policy", "call-centre", _tool.Write("p.json", policy.Replace("3 working days",
            "9 working days", StringComparison.Ordinal)));

        var english = (await _tool.DoAsync("definitions", "diff", "policy", "call-centre")).Output;
        english.ShouldStartWith("policy/call-centre v1 -> v2");
        english.ShouldContain("].limit: \"3 working days\" is now \"9 working days\"");
        (await _tool.RunInAsync("zh", "definitions", "diff", "policy", "call-centre"))
            .Output.ShouldContain("由 \"3 working days\" 改为 \"9 working days\"");
        var json = (await _tool.DoAsync("definitions", "diff", "policy", "call-centre", "--from", "2", "--to", "1", "--json")).Json;
        json.GetProperty("changes")[0].GetProperty("what").GetString().ShouldBe("changed");
        json.GetProperty("changes")[0].GetProperty("after").GetString().ShouldBe("\"3 working days\"");
        (await _tool.DoAsync("definitions", "diff", "policy", "call-centre", "--from", "1", "--to", "1"))
            .Output.ShouldContain("Both say the same.");
        (await _tool.RunAsync("definitions", "diff", "policy", "call-centre", "--to", "7")).ExitCode.ShouldBe(ExitCode.Usage);
        (await _tool.RunAsync("definitions", "diff", "repeats", "default")).Error.ShouldContain("nothing to compare it with");
    }

    [Fact]
    public async Task X13_Of_two_presets_of_one_order_it_is_said_which_wins_and_another_order_is_given()
    {
        await _tool.DoAsync("definitions", "preset", "publish", "policy", "uk-disp", "--order", "30");
        var refused = await _tool.RunAsync("definitions", "preset", "publish", "policy", "cn-telecom", "--order", "30");
        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldContain("'cn-telecom' would win where both do, and only because its id comes first");
        refused.Error.ShouldContain("--order N");
        var chinese = (await _tool.RunInAsync("zh", "definitions", "preset", "publish", "policy", "cn-telecom", "--order", "30")).Error;
        chinese.ShouldContain("采用“cn-telecom”");
        chinese.ShouldContain("--order N");

        await _tool.DoAsync("definitions", "preset", "publish", "policy", "cn-telecom", "--order", "20");
        (await _tool.DoAsync("definitions", "show", "policy", "cn-telecom")).Json.GetProperty("order").GetInt32().ShouldBe(20);
        (await _tool.RunAsync("definitions", "preset", "publish", "calendar", "cn", "--order", "3")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task X02_An_unknown_key_is_refused_with_its_path_in_both_languages()
    {
        var file = _tool.Write("routing.json", """{ "rows": [ { "whne": { "kind": ["complaint"] }, "team": "first" } ] }""");
        var english = await _tool.RunAsync("definitions", "publish", "routing", "default", file);
        (english.ExitCode, english.Error.Contains("rows[0].whne: nobody knows 'whne' here; use: ", StringComparison.Ordinal))
            .ShouldBe((ExitCode.Refused, true), english.Error);
        (await _tool.RunInAsync("zh", "definitions", "publish", "routing", "default", file))
            .Error.ShouldContain("rows[0].whne：此处没有“whne”，请使用：");
    }

    /// <summary>Two processes: this one works on the file while the tool publishes.</summary>
    [Fact]
    public async Task X02_A_channel_that_the_tool_publishes_is_taken_by_a_running_program_within_half_a_minute()
    {
        var clock = new LateClock();
        var services = new ServiceCollection();
        services.AddSingleton<IClock>(clock);
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft { Channel = "pigeon", Title = "Cold flat", Complainant = new("Ann Smith") };
        (await desk.RegisterAsync(draft)).Refusal.ShouldNotBeNull("the control");

        await _tool.DoAsync("definitions", "publish", "channels", "default",
            _tool.Write("channels.json", """{ "items": [ { "code": "pigeon", "label": { "en": "Pigeon", "zh": "信鸽" } } ] }"""));
        clock.Advance(Duration.FromSeconds(30));

        (await desk.RegisterAsync(draft)).Refusal.ShouldBeNull();
    }

    private sealed class LateClock : IClock
    {
        private Duration _ahead = Duration.Zero;

        public void Advance(Duration by) => _ahead += by;

        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + _ahead;
    }
}
