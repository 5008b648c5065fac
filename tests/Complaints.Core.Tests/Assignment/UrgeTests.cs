using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Whoever owes an answer is urged, counted, and not too often.</summary>
public sealed class UrgeTests
{
    private static readonly Subject Task = new("task", "1");

    /// <summary>Four working hours: from nine until one in Shanghai, where nobody rests.</summary>
    private static Situation Sent() => TaskCases.In(DepartmentTaskStatus.Signed);

    private static ComplaintError? Refused(Situation situation, Urge urge, Actor? actor = null) => situation.Try(urge, actor).Refusal;

    [Fact]
    public void S052_A_department_is_urged_and_it_is_counted()
    {
        var situation = Sent().Do(new Urge(Task, "The customer has called twice."), TaskCases.Mei);
        var first = situation.Now - Duration.FromMinutes(1);
        var urged = situation.Decisions[^1].Events.OfType<Urged>().ShouldHaveSingleItem();
        (urged.Number, urged.Subject, urged.Department, urged.Person).ShouldBe((1, Task, situation.Task().Department, null));
        situation.Complaint!.Urgings.ShouldBe([new(Task, 1, first)]);

        var refusal = Refused(situation, new Urge(Task), TaskCases.Mei).ShouldNotBeNull();
        refusal.Code.ShouldBe("urge.too_soon");
        refusal.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
        situation.After(Duration.FromDays(1)).Do(new Urge(Task), TaskCases.Mei);
        situation.Complaint.Urgings.ShouldHaveSingleItem().Times.ShouldBe(2);
        var measures = Measures.Of(situation.Complaint);
        measures.ShouldContain(new Measure("urged", "task/1", 2));
        Measures.UrgingOf(measures, Task).ShouldBe(situation.Complaint.Urgings[0]);
        Measures.UrgingOf(measures, null).ShouldBeNull();
    }

    [Fact]
    public void S052_The_gap_is_counted_in_working_hours()
    {
        var situation = Sent();
        situation.Now = Instant.FromUtc(2026, 9, 4, 8, 0); // Friday, four in the afternoon in Shanghai
        situation.Do(new Urge(Task), TaskCases.Mei);
        var told = Refused(situation, new Urge(Task), TaskCases.Mei)!.Data["bound"];
        var until = NodaTime.Text.InstantPattern.ExtendedIso.Parse(told).Value;
        until.ShouldBeGreaterThan(Instant.FromUtc(2026, 9, 7, 0, 0), "not before Monday");
        situation.Now = until - Duration.FromMinutes(1);
        Refused(situation, new Urge(Task), TaskCases.Mei)!.Code.ShouldBe("urge.too_soon");
        situation.Now = until;
        Refused(situation, new Urge(Task), TaskCases.Mei).ShouldBeNull();
    }

    [Fact]
    public void S052_Who_has_it_since_was_never_urged()
    {
        var situation = TaskCases.In(DepartmentTaskStatus.Returned).Do(new Urge(Task), TaskCases.Mei);
        situation.Decisions[^1].Events.OfType<Urged>().Single().Person.ShouldBe(situation.Task().SentBy, "who sent it must rule");
        situation.Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), TaskCases.Mei).Do(new Urge(Task), TaskCases.Mei);
        situation.Decisions[^1].Events.OfType<Urged>().Single().ShouldSatisfyAllConditions(
            urged => urged.Department.ShouldBe("delivery"), urged => urged.Number.ShouldBe(2));
    }

    [Fact]
    public void S052_A_step_and_the_case_itself_have_somebody_who_owes_them()
    {
        var situation = Situation.Registered().Do(new HandOver("ben", "after-sales", "expertise"))
            .Do(new PlanStep(StepPhase.Investigation, "records", "cai"))
            .Do(new PlanStep(StepPhase.Investigation, "records", Team: "technical"));
        situation.Do(new Urge(new("step", "1"))).Do(new Urge(new("step", "2"))).Do(new Urge());
        situation.Decisions.TakeLast(3).Select(decision => decision.Events.OfType<Urged>().Single())
            .Select(urged => urged.Person ?? urged.Team).ShouldBe(["cai", "technical", "ben"]);
        situation.Do(new FinishStep(1, StepResult.Done, "Read."), Situation.Supervisor);
        Refused(situation, new Urge(new("step", "1")))!.Code.ShouldBe("urge.nobody_owes");
        // Somebody else answers for it from now on.
        Refused(situation, new Urge())!.Code.ShouldBe("urge.too_soon");
        situation.Do(new HandOver("dora", null, "expertise")).Do(new Urge());
        situation.Complaint!.Urgings.Single(urging => urging.Subject is null).Times.ShouldBe(2);
    }

    [Fact]
    public void S052_Where_nobody_owes_anything_nobody_is_urged()
    {
        Refused(Situation.Registered(), new Urge())!.Code.ShouldBe("urge.nobody_owes", "nobody has it yet");
        var situation = TaskCases.In(DepartmentTaskStatus.Accepted);
        Refused(situation, new Urge(Task), TaskCases.Mei)!.Code.ShouldBe("urge.nobody_owes");
        foreach (var subject in new Subject[] { new("task", "9"), new("task", "-1"), new("task", new string('9', 300)), new("point", "1"),
            new(new string('x', 5_000), "1"), new("task", "one") })
            Refused(situation, new Urge(subject), TaskCases.Mei)!.Code.ShouldBe("urge.nobody_owes");
        Refused(Sent(), new Urge(Task, new string('x', 501)), TaskCases.Mei)!.Code.ShouldBe("text.too_long");
        Refused(Sent(), new Urge(Task), new Actor("tao", Role.Department))!.Code.ShouldBe("authority.role");
        Refused(Situation.In(ComplaintState.Closed), new Urge())!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void S052_Each_thing_that_is_owed_is_announced_with_its_own_reason()
    {
        var situation = Sent().Do(new HandOver("ben", "after-sales", "expertise")).Do(new Urge(), TaskCases.Mei);
        var announced = situation.Complaint!.PermittedCommands(situation.Context(TaskCases.Mei))
            .Where(command => command.Name.Value == "urge")
            .ToDictionary(command => command.Subject?.ToString() ?? "", command => command.Refusal?.Code);
        announced.ShouldBe(new Dictionary<string, string?> { [""] = "urge.too_soon", ["task/1"] = null }, ignoreOrder: true);
    }

    [Fact]
    public void S052_It_moves_no_clock_and_its_words_are_sealed()
    {
        var situation = Sent();
        var before = Core.Sla.Clocks.Project(situation.Complaint!, situation.Rules);
        situation.Do(new Urge(Task, "Called the foreman."), TaskCases.Mei);
        Core.Sla.Clocks.Project(situation.Complaint!, situation.Rules).ShouldBe(before);
        var commit = History.Sealed.Commits(situation)[^1];
        foreach (var stored in commit.Events)
            System.Text.Encoding.UTF8.GetString(stored.Body.Span).ShouldNotContain("foreman");
    }
}
