using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using NodaTime;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Sla;

/// <summary>Those who owe an answer are chased, supervised and reported, each once.</summary>
public sealed class LadderTests
{
    /// <summary>Ten hours: chased an hour before, supervised when it is due, reported five working days after.</summary>
    private const string Ladder = """
        {"objective":"resolution","limit":"10 hours","escalations":[
          {"at":"1 hour before","kind":"chase","to":"owner"},
          {"at":"due","kind":"supervise","level":1,"to":"role:supervisor","raisePriority":true},
          {"at":"5 working days after","kind":"notice","level":2,"to":"role:quality"}]}
        """;

    private static Situation Chased() => Case.Under(Ladder).Do(new HandOver("ben", "after-sales", "expertise"));

    /// <summary>Five hours for the technicians: chased an hour before, and who sent the task is told when it is due.</summary>
    private static Situation WithTask()
    {
        const string OfTasks = """
            {"objective":"department-return","limit":"5 hours","escalations":[
              {"at":"1 hour before","kind":"chase","to":"department"},{"at":"due","kind":"notice","to":"sender"}]}
            """;
        var situation = Tests.Assignment.TaskCases.Registered(rules: Tests.Assignment.TaskCases.With(
            ("policy", "call-centre", Policies.Json(OfTasks, order: 1000))));
        return situation.At(1).Do(Tests.Assignment.TaskCases.ToTechnicians, Tests.Assignment.TaskCases.Mei);
    }

    private static IReadOnlyList<AnswerPressed> FireAt(Situation situation, double hours)
    {
        situation.At(hours);
        return situation.Try(new FireClocks(), Actor.System).Refusal is not null ? []
            : [.. situation.Do(new FireClocks(), Actor.System).Decisions[^1].Events.OfType<AnswerPressed>()];
    }

    [Fact]
    public void X28_Who_owes_the_answer_is_chased_supervised_and_reported_once_each()
    {
        var situation = Chased();
        FireAt(situation, 8.9).ShouldBeEmpty();
        var chase = FireAt(situation, 9).ShouldHaveSingleItem();
        (chase.Kind, chase.Number, chase.To, chase.Person, chase.Level).ShouldBe((StepKind.Chase, 1, "owner", "ben", 0));
        situation.Complaint!.Clocks.Level.ShouldBe(0, "a reminder escalates nothing");
        FireAt(situation, 9.5).ShouldBeEmpty();
        var supervise = FireAt(situation, 10.1).ShouldHaveSingleItem();
        (supervise.Kind, supervise.Number, supervise.Role, supervise.Level).ShouldBe((StepKind.Supervise, 2, Role.Supervisor, 1));
        situation.Complaint.Judgement.Priority.ShouldBe("p2", "raised from p3");
        // Received on a Tuesday and due on the same day: the fifth working day after is the next Tuesday, until it closes.
        FireAt(situation, 7 * 24 + 15.9).ShouldBeEmpty();
        var notice = FireAt(situation, 7 * 24 + 16).ShouldHaveSingleItem();
        (notice.Kind, notice.Number, notice.Role, notice.Level).ShouldBe((StepKind.Notice, 3, Role.Quality, 2));
        situation.Complaint.Clocks.Level.ShouldBe(2);
        FireAt(situation, 1_000).ShouldBeEmpty();
    }

    [Fact]
    public void X28_It_stops_at_the_answer()
    {
        var situation = Chased();
        FireAt(situation, 9).Count.ShouldBe(1);
        situation.At(9.5).Do(new Resolve("solved"));
        FireAt(situation, 11).ShouldBeEmpty();
        FireAt(situation, 1_000).ShouldBeEmpty();
    }

    [Fact]
    public void X28_control_a_state_that_forgets_what_fired_fires_it_again()
    {
        var situation = Chased();
        FireAt(situation, 9).Count.ShouldBe(1);
        Complaint.Decide(situation.Complaint, new FireClocks(), situation.Context(Actor.System))
            .Refusal!.Code.ShouldBe("clocks.nothing_due");
        var forgetful = situation.Complaint! with { Clocks = situation.Complaint.Clocks with { Steps = [] } };
        Complaint.Decide(forgetful, new FireClocks(), situation.Context(Actor.System)).Events.OfType<AnswerPressed>().Count().ShouldBe(1);
    }

    [Fact]
    public void T21_X28_What_is_due_at_once_is_one_message_that_names_the_others()
    {
        var pressed = FireAt(Chased(), 500).ShouldHaveSingleItem();
        (pressed.Kind, pressed.Number, pressed.Level, pressed.Priority).ShouldBe((StepKind.Notice, 3, 2, "p2"));
        pressed.Skipped.ShouldBe(["escalate:1", "escalate:2"]);
    }

    [Fact]
    public void T21_X28_An_escalation_that_is_due_with_a_notice_is_carried_out_and_one_message_goes_out()
    {
        var situation = Case.Under("""
            {"objective":"resolution","limit":"10 hours","escalations":[
              {"at":"due","level":3,"role":"manager","team":"executive","reassign":true},
              {"at":"1 hour after","kind":"notice","to":"role:quality"}]}
            """);
        situation.At(12).Do(new FireClocks(), Actor.System);
        situation.Decisions[^1].Events.OfType<ComplaintEscalated>().ShouldBeEmpty();
        var pressed = situation.Decisions[^1].Events.OfType<AnswerPressed>().ShouldHaveSingleItem();
        (pressed.Level, pressed.TakenOverBy).ShouldBe((3, "executive"));
        (situation.Complaint!.Responsibility.Team, situation.Complaint.Clocks.Level).ShouldBe(("executive", 3));
    }

    [Theory]
    [InlineData("ben", "after-sales", "owner", "ben", null)]
    [InlineData(null, "after-sales", "owner", null, "after-sales")]
    [InlineData("ben", "after-sales", "team", null, "after-sales")]
    [InlineData(null, null, "owner", null, null)]
    public void X28_It_goes_to_whoever_has_the_case_then(string? owner, string? team, string to, string? person, string? toTeam)
    {
        var situation = Case.Under($$"""
            {"objective":"resolution","limit":"10 hours","escalations":[{"at":"due","kind":"chase","to":"{{to}}"}]}
            """);
        if (owner is not null || team is not null)
            situation.Do(new HandOver(owner, team, "expertise"));
        var pressed = FireAt(situation, 11).ShouldHaveSingleItem();
        (pressed.Person, pressed.Team).ShouldBe((person, toTeam));
    }

    [Fact]
    public void X28_The_department_of_a_task_is_chased_and_who_sent_it_is_told()
    {
        var situation = WithTask();
        FireAt(situation, 5).ShouldHaveSingleItem().Department.ShouldBe("technical-support");
        FireAt(situation, 6.1).ShouldHaveSingleItem().Person.ShouldBe("mei");
        Told(situation, "zh-CN").ShouldBe(["已催促答复：催办、部门反馈、技术支持部", "已催促答复：通报、部门反馈、mei"]);
    }

    [Fact]
    public void X28_A_department_that_returned_its_task_is_not_chased_for_it()
    {
        var situation = WithTask().Do(new ReturnTask(1, "not-our-duty", "Article 3."), Tests.Assignment.TaskCases.Tao);
        var pressed = FireAt(situation, 5).ShouldHaveSingleItem();
        (pressed.Department, pressed.Person).ShouldBe((null, "mei"), "nobody has the case: who sent the task rules on it");
    }

    [Fact]
    public void X28_It_stops_when_the_department_answers()
    {
        var situation = WithTask()
            .Do(new SignTask(1), Tests.Assignment.TaskCases.Tao);
        FireAt(situation, 5).Count.ShouldBe(1);
        situation.Do(Tests.Assignment.TaskCases.Mended, Tests.Assignment.TaskCases.Tao);
        FireAt(situation, 6.1).ShouldBeEmpty();
        FireAt(situation, 1_000).ShouldBeEmpty();
    }

    [Fact]
    public void X28_It_is_told_in_words_in_both_languages()
    {
        var situation = Chased();
        FireAt(situation, 9);
        FireAt(situation, 11);
        Told(situation, "zh-CN").ShouldBe(["已催促答复：催办、解决、ben", "已催促答复：督办、解决、主管、1、P2 高"]);
        Told(situation, "en").ShouldBe(["Pressed for an answer：reminder、Resolution、ben",
            "Pressed for an answer：supervision、Resolution、supervisor、1、P2 high"]);
    }

    private static IEnumerable<string> Told(Situation situation, string culture)
    {
        var words = new Wording(CultureInfo.GetCultureInfo(culture), DateTimeZone.Utc);
        foreach (var pressed in situation.Decisions.SelectMany(decision => decision.Events).OfType<AnswerPressed>())
        {
            var details = pressed.Details(situation.Rules).Where(detail => detail.Value is not null)
                .Select(detail => words.Say(detail.Value));
            yield return $"{words.Say(Vocabulary.OfEvent("answer-pressed")!)}：{string.Join('、', details)}";
        }
    }

    [Theory]
    [InlineData("no such kind", """{"at":"due","kind":"shout","to":"owner"}""", "definition.missing", "escalations[0].kind")]
    [InlineData("an escalation to no level", """{"at":"due","role":"manager"}""", "number.out_of_range", "escalations[0].level")]
    [InlineData("a level too high", """{"at":"due","kind":"chase","to":"owner","level":10}""",
        "number.out_of_range", "escalations[0].level")]
    [InlineData("nobody to go to", """{"at":"due","kind":"chase"}""", "definition.empty", "escalations[0].to")]
    [InlineData("to no such receiver", """{"at":"due","kind":"chase","to":"boss"}""", "definition.missing", "escalations[0].to")]
    [InlineData("to a role without a name", """{"at":"due","kind":"notice","to":"role:"}""", "definition.missing", "escalations[0].to")]
    [InlineData("to the department of no task", """{"at":"due","kind":"chase","to":"department"}""", "policy.step_without_task", "[0].to")]
    [InlineData("to the sender of no task", """{"at":"due","kind":"notice","to":"sender"}""", "policy.step_without_task", "[0].to")]
    [InlineData("two receivers", """{"at":"due","kind":"chase","to":"owner","role":"manager"}""", "policy.step_member", "[0].role")]
    [InlineData("a reminder to a team of its own", """{"at":"due","kind":"chase","to":"owner","team":"x"}""",
        "policy.step_member", "[0].team")]
    [InlineData("an escalation with a receiver", """{"at":"due","level":1,"to":"owner"}""", "policy.step_member", "[0].to")]
    [InlineData("days before", """{"at":"2 working days before","kind":"chase","to":"owner"}""", "step.syntax", "[0].at")]
    public void X28_A_ladder_that_would_lead_nowhere_is_refused_when_it_is_published(string what, string rung, string code, string path)
    {
        var refusal = Check("resolution", rung).ShouldNotBeNull(what);
        var found = refusal.Details.ShouldHaveSingleItem(what);
        found.Code.ShouldBe(code);
        found.Message.ShouldContain(path);
        found.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Theory]
    [InlineData("department-return", """{"at":"1 working hour before","kind":"chase","to":"department"}""")]
    [InlineData("sign-for", """{"at":"due","kind":"notice","to":"sender"}""")]
    [InlineData("resolution", """{"at":"5 working days after","kind":"notice","to":"role:quality"}""")]
    [InlineData("resolution", """{"at":"due","kind":"escalate","level":1,"role":"manager"}""")]
    public void X28_Control_a_ladder_that_leads_somewhere_is_published(string objective, string rung) =>
        Check(objective, rung).ShouldBeNull();

    private static ComplaintError? Check(string objective, string rung) => DefinitionKinds.Check("policy", "new",
        Policies.Json($$"""{"objective":"{{objective}}","limit":"3 working days","escalations":[{{rung}}]}""", order: 5), Rulebook.BuiltIn);
}
