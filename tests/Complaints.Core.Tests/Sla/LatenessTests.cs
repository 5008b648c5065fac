using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Core.Tests.Issues;
using NodaTime;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Sla;

/// <summary>Who was late: computed from who had the case, and confirmed by a person.</summary>
public sealed class LatenessTests
{
    private const string TenHours = """{"objective":"resolution","limit":"10 hours"},{"objective":"first-response","limit":"100 hours"}""";
    private const string Clock = "resolution/1";
    private static readonly Actor Manager = new("mei", Role.Manager);

    /// <summary>The first team had it two hours, the second ten.</summary>
    private static Situation Late() => Case.Under(TenHours).Do(new HandOver(null, "first", "expertise"))
        .At(2).Do(new HandOver(null, "second", "expertise")).At(11).Do(new FireClocks(), Actor.System).At(12).Do(new Resolve("solved"));

    private static ImmutableArray<WorkRow> Work(Situation situation) =>
        [.. WorkProjection.Of(situation.Complaint!, Clocks.Project(situation.Complaint!, situation.Rules), situation.Rules)
            .Where(row => row.Work == "late-by")];

    [Fact]
    public void X45_Whoever_had_it_longest_is_computed_and_a_person_confirms_it()
    {
        var situation = Late();
        Lateness.Computed(situation.Complaint!, Clock, situation.Now).ShouldBe(new(Clock, Team: "second"));
        var row = Work(situation).ShouldHaveSingleItem();
        (row.Subject, row.Duty, row.Person).ShouldBe((new Subject("clock", Clock), "attribute-lateness", null));

        situation.Do(new AttributeLateness(Clock, Remark: "They had it ten hours."), Manager);
        var told = situation.Decisions[^1].Events.OfType<LatenessAttributed>().ShouldHaveSingleItem();
        (told.Team, told.Department, told.AsComputed).ShouldBe(("second", null, true));
        situation.Complaint!.Clocks.Lateness.ShouldBe([new(Clock, Team: "second")]);
        Work(situation).ShouldBeEmpty();
        var words = new Wording(CultureInfo.GetCultureInfo("zh-CN"), DateTimeZone.Utc);
        told.Details(situation.Rules).Take(3).Select(detail => words.Say(detail.Value)).ShouldBe(["解决", "second", "是"]);
    }

    [Fact]
    public void X45_It_is_corrected_by_naming_another_and_confirmed_once()
    {
        var situation = Late().Do(new AttributeLateness(Clock), Manager);
        situation.Try(new AttributeLateness(Clock), Manager).Refusal!.Code.ShouldBe("lateness.unchanged");
        situation.Try(new AttributeLateness(Clock, "second"), Manager).Refusal!.Code.ShouldBe("lateness.unchanged");
        situation.Do(new AttributeLateness(Clock, Department: "logistics"), Situation.Supervisor);
        situation.Decisions[^1].Events.OfType<LatenessAttributed>().Single().AsComputed.ShouldBeFalse();
        situation.Complaint!.Clocks.Lateness.ShouldBe([new(Clock, Department: "logistics")]);
    }

    [Fact]
    public void X45_With_a_task_it_is_the_department_that_had_it_when_it_was_due()
    {
        const string Tasks = """{"objective":"department-return","limit":"5 hours"},{"objective":"resolution","limit":"100 hours"}""";
        var rules = Tests.Assignment.TaskCases.With(("policy", "call-centre", Policies.Json(Tasks, order: 1000)));
        var mei = Tests.Assignment.TaskCases.Mei;
        var situation = Tests.Assignment.TaskCases.Registered(rules: rules).Do(new HandOver("ben", "first", "expertise"))
            .Do(Tests.Assignment.TaskCases.ToTechnicians, mei).Do(new SignTask(1), Tests.Assignment.TaskCases.Tao)
            .At(200).Do(new FireClocks(), Actor.System);
        const string Late = "department-return/1@task/1";
        Lateness.LateClocks(situation.Complaint!).ShouldContain(Late);
        Lateness.Computed(situation.Complaint!, Late, situation.Now).ShouldBe(new(Late, Department: "technical-support"));
        // Another department that has it since was not late with what was due before.
        situation.Do(new ReturnTask(1, "not-our-duty", "Article 3."), Tests.Assignment.TaskCases.Tao)
            .Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), mei);
        Lateness.Computed(situation.Complaint!, Late, situation.Now).ShouldBe(new(Late, Department: "technical-support"));
        situation.Do(new CancelTask(1, "solved"), mei).Do(new Resolve("solved"));
        Work(situation).Select(row => row.Subject?.Key).ShouldContain(Late);
    }

    [Fact]
    public void X45_A_verification_that_was_late_is_not_the_departments()
    {
        const string Tasks = """{"objective":"verification","limit":"5 hours"},{"objective":"resolution","limit":"1000 hours"}""";
        var rules = Tests.Assignment.TaskCases.With(("policy", "call-centre", Policies.Json(Tasks, order: 1000)));
        var situation = Tests.Assignment.TaskCases.Registered(rules: rules).Do(new HandOver("ben", "first", "expertise"))
            .Do(Tests.Assignment.TaskCases.ToTechnicians, Tests.Assignment.TaskCases.Mei)
            .Do(new SignTask(1), Tests.Assignment.TaskCases.Tao)
            .Do(Tests.Assignment.TaskCases.Mended, Tests.Assignment.TaskCases.Tao).At(200).Do(new FireClocks(), Actor.System);
        const string Late = "verification/1@task/1";
        Lateness.LateClocks(situation.Complaint!).ShouldContain(Late);
        Lateness.Computed(situation.Complaint!, Late, situation.Now).ShouldBe(new(Late, Team: "first"));
    }

    [Fact]
    public void X45_Only_what_was_late_has_somebody_who_was()
    {
        var inTime = Case.Under(TenHours).At(1).Do(new Resolve("solved"));
        inTime.Try(new AttributeLateness(Clock), Manager).Refusal!.Code.ShouldBe("clock.none_late");
        Work(inTime).ShouldBeEmpty();
        var late = Late();
        late.Try(new AttributeLateness("first-response/1"), Manager).Refusal!.Code.ShouldBe("clock.not_late");
        late.Try(new AttributeLateness(new string('x', 100)), Manager).Refusal!.Code.ShouldBe("clock.not_late");
        late.Try(new AttributeLateness(new string('x', 101)), Manager).Refusal!.Code.ShouldBe("clock.not_late");
        late.Try(new AttributeLateness(""), Manager).Refusal!.Code.ShouldBe("clock.not_late");
        late.Try(new AttributeLateness(Clock, "a", "b"), Manager).Refusal!.Code.ShouldBe("lateness.two");
        late.Try(new AttributeLateness(Clock, new string('x', 101)), Manager).Refusal!.Code.ShouldBe("text.too_long");
        late.Try(new AttributeLateness(Clock, Remark: new string('x', 501)), Manager).Refusal!.Code.ShouldBe("text.too_long");
        late.Try(new AttributeLateness(Clock)).Refusal!.Code.ShouldBe("authority.role", "an agent");
        var nobodys = Case.Under(TenHours).At(11).Do(new FireClocks(), Actor.System);
        nobodys.Try(new AttributeLateness(Clock), Manager).Refusal!.Code.ShouldBe("lateness.nobody");
        nobodys.Do(new AttributeLateness(Clock, "first"), Manager);
        Situation.In(ComplaintState.Withdrawn).Try(new AttributeLateness(Clock), Manager).Refusal!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void X45_What_a_change_put_into_the_past_is_nobodys_fault()
    {
        var situation = ClockSituations.Survivor(hold: false);
        situation.Complaint!.Clocks.Results.ShouldContain(result => result.Verdict == ClockVerdict.Breached && result.Reason == "by-merge");
        Lateness.LateClocks(situation.Complaint).ShouldBeEmpty();
    }

    [Fact]
    public void X45_It_is_announced_for_each_clock_that_was_late()
    {
        var situation = Late();
        var permitted = situation.Complaint!.PermittedCommands(situation.Context(Manager))
            .Where(command => command.Name.Value == "attribute-lateness").ShouldHaveSingleItem();
        (permitted.Subject, permitted.Refusal).ShouldBe((new Subject("clock", Clock), null));
        var words = new Wording(CultureInfo.GetCultureInfo("zh-CN"), DateTimeZone.Utc);
        SubjectWords.Of(new Subject("clock", Clock), situation.Rules, words).ShouldBe("解决");
    }
}
