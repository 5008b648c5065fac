using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Whatever stands in the way of a person: the case is registered, waits in the team, and says why.</summary>
public sealed class NobodyFoundTests
{
    private static readonly LocalDate Today = new FakeClock().GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;

    private static string Away(int from, int until) => $$"""[ { "from": "{{Day(from)}}", "until": "{{Day(until)}}" } ]""";

    private static string Day(int days) => NodaTime.Text.LocalDatePattern.Iso.Format(Today.PlusDays(days));

    [Theory]
    [InlineData("no", RouteProblem.NobodySkilled, "nobody of the team has the skill", "团队中无人具备所需技能")]
    [InlineData("away", RouteProblem.AllAbsent, "everybody who could take it is away", "可承办人员均不在岗")]
    public async Task S038_Nobody_skilled_or_all_absent_goes_to_the_team_and_says_so(
        string skill, string problem, string english, string chinese)
    {
        var office = await Office.OpenAsync(
            $$"""{ "team": "first", "skill": "{{skill}}" }""",
            $$"""
            { "id": "amy", "teams": ["first"], "skills": ["away"], "absent": {{Away(-3, 0)}} }, { "id": "ben", "teams": ["first"] }
            """);

        await ShouldWaitAsync(office, problem, english, chinese);
    }

    [Fact]
    public async Task S038_A_team_without_members_says_so_and_so_does_one_whose_members_have_left()
    {
        await ShouldWaitAsync(await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["north"] }"""),
            RouteProblem.TeamEmpty, "the team has no members", "该团队没有成员");
        var left = $$"""{ "id": "amy", "teams": ["first"], "left": "{{Day(-1)}}" }""";
        await ShouldWaitAsync(await Office.OpenAsync("""{ "team": "first" }""", left),
            RouteProblem.TeamEmpty, "the team has no members", "该团队没有成员");
    }

    [Fact]
    public async Task S036_Where_nothing_is_known_of_people_a_team_is_no_problem()
    {
        var office = await Office.OpenAsync("""{ "team": "first" }""");

        var responsibility = (await office.RegisterAsync()).Responsibility;
        (responsibility.Owner, responsibility.Team, responsibility.Route!.Problem).ShouldBe((null, "first", null));
    }

    [Theory]
    [InlineData(-1, -1, true)]
    [InlineData(-1, 0, false)]
    [InlineData(0, 0, false)]
    [InlineData(1, 1, true)]
    public async Task S038_The_last_day_of_an_absence_is_still_one_of_it(int from, int until, bool isHere)
    {
        var office = await Office.OpenAsync(
            """{ "team": "first" }""", $$"""{ "id": "amy", "teams": ["first"], "absent": {{Away(from, until)}}, "left": "{{Day(0)}}" }""");

        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe(isHere ? "amy" : null);
    }

    [Fact]
    public async Task S038_Who_is_away_now_gets_nothing_that_came_in_before()
    {
        var office = await Office.OpenAsync(
            """{ "team": "first" }""", $$"""{ "id": "amy", "teams": ["first"], "absent": {{Away(0, 0)}} }""");

        var old = office.Harness.Clock.GetCurrentInstant() - Duration.FromDays(2);
        (await office.RegisterAsync(draft => draft with { ReceivedAt = old })).Responsibility.Owner.ShouldBeNull();
    }

    [Fact]
    public async Task S038_An_absent_owners_case_goes_to_the_first_deputy_who_is_here_and_says_so()
    {
        var office = await Office.OpenAsync(
            """{ "team": "first", "owner": "amy" }""",
            $$"""
            { "id": "amy", "deputy": "ben", "absent": {{Away(0, 5)}} },
            { "id": "ben", "deputy": "cai", "left": "{{Day(-1)}}" }, { "id": "cai" }
            """);

        var complaint = await office.RegisterAsync();
        (complaint.Responsibility.Owner, complaint.Responsibility.Route).ShouldBe(("cai", new Route(1, 2, InsteadOf: "amy")));
        (await office.SaidAsync(complaint, CultureInfo.InvariantCulture))["Stands in for"].ShouldBe("<amy>");
        (await office.SaidAsync(complaint, Office.Chinese))["代理"].ShouldBe("<amy>");
    }

    [Fact]
    public async Task S038_An_owner_who_is_here_or_whom_nobody_knows_gets_it()
    {
        foreach (var people in new[] { """{ "id": "amy", "teams": ["north"] }""", null })
        {
            var office = await Office.OpenAsync("""{ "team": "first", "owner": "amy" }""", people);
            var responsibility = (await office.RegisterAsync()).Responsibility;
            (responsibility.Owner, responsibility.Team, responsibility.Route).ShouldBe(("amy", "first", new Route(1, 2)));
        }
    }

    [Fact]
    public async Task S038_An_absent_owner_without_a_deputy_leaves_it_to_the_team()
    {
        var office = await Office.OpenAsync(
            """{ "team": "first", "owner": "amy" }""", $$"""{ "id": "amy", "teams": ["first"], "absent": {{Away(0, 0)}} }""");

        await ShouldWaitAsync(office, RouteProblem.OwnerAbsent, "the person named is away and nobody deputises", "指定负责人不在岗且无人代理");
    }

    [Fact]
    public async Task S038_A_circle_of_deputies_in_a_hosts_directory_ends()
    {
        var away = new Absence(Today, Today);
        var office = await Office.OpenAsync("""{ "team": "first", "owner": "amy" }""", directory: new HostStaff(
            (id, _) => new(new StaffCard(id, Deputy: id == "amy" ? "ben" : "amy", Absences: [away]))));

        await ShouldWaitAsync(office, RouteProblem.DeputyCircle, "the deputies stand in for each other", "代理人互相代理");
        var endless = await Office.OpenAsync("""{ "team": "first", "owner": "a" }""", directory: new HostStaff(
            (id, _) => new(new StaffCard(id, Deputy: id + "a", Absences: [away]))));
        (await endless.RegisterAsync()).Responsibility.Route!.Problem.ShouldBe(RouteProblem.DeputyCircle);
    }

    public static TheoryData<string, Func<CancellationToken, ValueTask<string?>>> BadStrategies => new()
    {
        { "throws at once", _ => throw new InvalidOperationException("no") },
        { "throws later", async _ => { await Task.Yield(); throw new InvalidOperationException("no"); } },
        { "hangs", async token => { await Task.Delay(Timeout.Infinite, token); return "amy"; } },
        { "hangs and looks at no token", async _ => { await new TaskCompletionSource().Task; return "amy"; } },
        { "blocks", token => { token.WaitHandle.WaitOne(); return new("amy"); } },
        { "chooses a stranger", _ => new("zoe") },
        { "is cancelled by itself", _ => throw new OperationCanceledException() },
    };

    [Theory]
    [MemberData(nameof(BadStrategies))]
    public async Task S038_A_strategy_that_fails_or_hangs_keeps_nobody_from_registering(
        string what, Func<CancellationToken, ValueTask<string?>> choose)
    {
        var office = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""",
            strategy: new HostStrategy((_, token) => choose(token)), strategyCode: "own");

        what.ShouldNotBeEmpty();
        await ShouldWaitAsync(office, RouteProblem.StrategyFailed, "the assignment strategy failed", "分派策略执行失败");
    }

    [Fact]
    public async Task S038_A_strategy_of_the_host_chooses_by_what_it_is_told()
    {
        AssignmentRequest? asked = null;
        var office = await Office.OpenAsync("""{ "team": "first", "skill": "a" }""",
            """{ "id": "cai", "teams": ["first"], "skills": ["a"] }, { "id": "amy", "teams": ["first"], "skills": ["a"] }""",
            strategy: new HostStrategy((request, _) => { asked = request; return new("cai"); }), strategyCode: "own");
        await office.RegisterAsync();

        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe("cai");
        asked!.Candidates.Select(candidate => (candidate.Person.Id, candidate.Open)).ShouldBe([("amy", 0), ("cai", 1)]);
        (asked.Team, asked.Skill, asked.Facts.Category, asked.Facts.Priority).ShouldBe(("first", "a", "delivery", "p3"));
    }

    [Fact]
    public async Task S038_A_strategy_that_is_not_there_and_one_that_leaves_it_to_the_team()
    {
        var missing = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""", strategyCode: "gone");
        await ShouldWaitAsync(missing, RouteProblem.StrategyUnknown, "the assignment strategy is not installed", "未安装所选分派策略");
        var leaving = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""",
            strategy: new HostStrategy((_, _) => new((string?)null)), strategyCode: "own");
        var responsibility = (await leaving.RegisterAsync()).Responsibility;
        (responsibility.Owner, responsibility.Route!.Problem).ShouldBe((null, null));
    }

    [Fact]
    public async Task S038_A_directory_that_fails_or_hangs_keeps_nobody_from_registering()
    {
        foreach (var find in new Func<string, CancellationToken, ValueTask<StaffCard?>>[]
        {
            (_, _) => throw new InvalidOperationException("no"),
            async (_, _) => { await new TaskCompletionSource().Task; return null; },
        })
        {
            foreach (var row in new[] { """{ "team": "first" }""", """{ "team": "first", "owner": "amy" }""" })
            {
                await ShouldWaitAsync(await Office.OpenAsync(row, directory: new HostStaff(find)),
                    RouteProblem.DirectoryFailed, "the staff directory did not answer", "人员目录未响应");
            }
        }
    }

    [Fact]
    public async Task S038_One_that_was_waited_for_in_vain_is_left_alone_for_half_a_minute()
    {
        var (asked, time) = (0, new HurriedTime());
        var office = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""",
            strategy: new HostStrategy(async (_, _) =>
            {
                if (++asked == 1)
                    await new TaskCompletionSource().Task;
                return "amy";
            }), strategyCode: "own", time: time);

        await ShouldWaitAsync(office, RouteProblem.StrategyFailed, "the assignment strategy failed", "分派策略执行失败");
        await ShouldWaitAsync(office, RouteProblem.StrategyFailed, "the assignment strategy failed", "分派策略执行失败");
        asked.ShouldBe(1, "who waits for nothing is not asked again at once");
        time.PassHalfAMinute();
        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe("amy");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task S038_One_that_fails_at_once_is_asked_again_at_once()
    {
        var asked = 0;
        var office = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""",
            strategy: new HostStrategy((_, _) => ++asked == 1 ? throw new TimeoutException("its own") : new("amy")), strategyCode: "own");

        await ShouldWaitAsync(office, RouteProblem.StrategyFailed, "the assignment strategy failed", "分派策略执行失败");
        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe("amy");
    }

    [Fact]
    public async Task S038_Who_ends_the_wait_ends_it()
    {
        using var ended = new CancellationTokenSource();
        var office = await Office.OpenAsync("""{ "team": "first" }""", """{ "id": "amy", "teams": ["first"] }""",
            strategy: new HostStrategy(async (_, _) => { await ended.CancelAsync(); await new TaskCompletionSource().Task; return null; }),
            strategyCode: "own");

        await Should.ThrowAsync<OperationCanceledException>(
            () => office.Harness.Desk.RegisterAsync(Situation.Draft, cancellationToken: ended.Token));
    }

    private static async Task ShouldWaitAsync(Office office, string problem, string english, string chinese)
    {
        var complaint = await office.RegisterAsync();
        (complaint.Responsibility.Owner, complaint.Responsibility.Team, complaint.Responsibility.Route!.Problem)
            .ShouldBe((null, "first", problem));
        (await office.SaidAsync(complaint, CultureInfo.InvariantCulture))["Nobody was found, because"].ShouldBe(english);
        (await office.SaidAsync(complaint, Office.Chinese))["未能指定负责人"].ShouldContain(chinese);
    }
}
