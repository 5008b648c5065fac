using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

/// <summary>Open cases in the order of their points, on the command line.</summary>
public sealed partial class QueueTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task X46_The_most_points_come_first_each_with_what_they_are_for_in_words()
    {
        var (plain, urgent) = await FillAsync();

        var english = (await _tool.DoAsync("queue")).Output;
        english.IndexOf(urgent, StringComparison.Ordinal).ShouldBeLessThan(english.IndexOf(plain, StringComparison.Ordinal));
        english.ShouldContain($"1. {urgent}  40 points  Registered  due ");
        english.ShouldContain("Amy Lin");
        english.ShouldContain("   +40  Priority: P1 at once");
        english.ShouldContain("Burst pipe");
        english.ShouldContain($"2. {plain}  0 points");
        english.ShouldContain("North");
        english.ShouldContain("2 of 2 open cases.");
        var chinese = (await _tool.RunInAsync("zh", "queue")).Output;
        chinese.ShouldContain($"1. {urgent}  40 分  已登记  时限 ");
        chinese.ShouldContain("   +40  优先级：P1 立即");
        chinese.ShouldContain("显示 2 件，共 2 件未结投诉。");
        foreach (var said in new[] { english, chinese })
        {
            Machine().Matches(said).Select(match => match.Value).ShouldBeEmpty();
            said.ShouldNotContain("team-n");
        }
    }

    [Fact]
    public async Task X46_The_queue_of_a_person_or_a_team_goes_on_and_programs_get_codes()
    {
        var (plain, urgent) = await FillAsync();

        var mine = (await _tool.DoAsync("queue", "--mine", "amy-1", "--json")).Json;
        (mine.GetProperty("total").GetInt32(), mine.GetProperty("isCut").GetBoolean()).ShouldBe((1, false));
        var item = mine.GetProperty("items")[0];
        (item.GetProperty("number").GetString(), item.GetProperty("points").GetInt32()).ShouldBe((urgent, 40));
        var part = item.GetProperty("parts")[0];
        (part.GetProperty("attribute").GetString(), part.GetProperty("value").GetString(), part.GetProperty("text").GetString())
            .ShouldBe(("priority", "p1", "Priority: P1 at once"));
        var team = (await _tool.DoAsync("queue", "--team", "team-n", "--json")).Json.GetProperty("items");
        (team.GetArrayLength(), team[0].GetProperty("number").GetString()).ShouldBe((1, plain));
        (await _tool.DoAsync("queue", "--skip", "1", "--take", "1")).Output.ShouldContain($"2. {plain}");
        (await _tool.DoAsync("queue", "--team", "none-such")).Output.ShouldContain("0 of 0 open cases.");
        (await _tool.RunAsync("queue", "--take", "501")).Error.ShouldContain("1 to 500");
        (await _tool.RunAsync("queue", "--skip", "2001")).Error.ShouldContain("0 to 2000");
        (await _tool.RunAsync("queue", "--team", new string('x', 101))).ExitCode.ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task X46_R35_A_damaged_row_is_named_and_the_others_are_in_order()
    {
        var (plain, urgent) = await FillAsync();
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "update complaint set measures = '{' where number = $number";
            command.Parameters.AddWithValue("$number", urgent);
            await command.ExecuteNonQueryAsync();
        }
        var answer = await _tool.RunAsync("queue");
        answer.ExitCode.ShouldBe(ExitCode.Refused, "something was found");
        answer.Output.ShouldContain($"1. {urgent}  40 points  (damaged)");
        answer.Output.ShouldContain("some of it is damaged and counts nothing");
        answer.Output.ShouldContain($"2. {plain}");
        answer.Error.ShouldContain(urgent);
    }

    private async Task<(string Plain, string Urgent)> FillAsync()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={_tool.Db};Pooling=false")
            .AddDefinition("organisation", "default", """
                { "teams": [ { "code": "team-n", "label": { "en": "North", "zh": "北区" } } ] }
                """)
            .AddDefinition("staff", "default", """{ "people": [ { "id": "amy-1", "name": "Amy Lin", "teams": ["team-n"] } ] }""");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("sun", Role.Supervisor));
        var draft = new IntakeDraft { Channel = "phone", Title = "Cold flat", Complainant = new("Ann Smith") };
        var plain = (await desk.RegisterAsync(draft)).Value;
        (await desk.ExecuteAsync(plain.Complaint, new HandOver(null, "team-n", "expertise"))).Refusal.ShouldBeNull();
        var urgent = (await desk.RegisterAsync(draft with
        {
            Title = "Burst pipe", Complainant = new("Bob Jones"), Severity = "critical", Urgency = "urgent",
        })).Value;
        (await desk.ExecuteAsync(urgent.Complaint, new HandOver("amy-1", null, "expertise"))).Refusal.ShouldBeNull();
        return (plain.Number, urgent.Number);
    }

    /// <summary>Codes with a hyphen, states, ids and instants of a machine.</summary>
    [GeneratedRegex(@"\b[a-z]+-[a-z]+\b|OnHold|\d{4}-\d{2}-\d{2}T|[0-9a-f]{8}-[0-9a-f]{4}")]
    private static partial Regex Machine();
}
