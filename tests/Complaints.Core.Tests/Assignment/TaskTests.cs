using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Assignment.DepartmentTaskStatus;
using static Complaints.Core.Tests.Assignment.TaskCases;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Tasks of departments: who may do what with them, what is refused, and what of it keeps a case from ending.</summary>
public sealed class TaskTests
{
    [Fact]
    public void S048_A_manager_sends_for_a_complaint_and_an_agent_for_an_inquiry_and_nothing_of_the_case_moves()
    {
        var situation = Registered();
        var before = situation.Complaint!;
        situation.Do(ToTechnicians with { Points = [1] }, Mei);
        var task = situation.Task();
        (task.Number, task.Department, task.Lead, task.Type, task.Status, task.SentBy, task.SignedBy).ShouldBe(
            (1, "technical-support", true, "technical", Sent, "mei", null));
        task.Points.ShouldBe([1]);
        situation.Decisions[^1].Events.ShouldContain(happened => happened.Made == new Subject("task", "1"));
        (situation.Complaint!.State, situation.Complaint.Responsibility).ShouldBe((before.State, before.Responsibility));

        var inquiry = Registered(Situation.Draft with { Kind = "inquiry" }).Do(ToWarehouse with { Role = TaskRole.Lead }, Situation.Agent)
            .Do(new SignTask(1), Han).Do(new AnswerTask(1, TaskResult.Done, "On Friday."), Han)
            .Do(new Resolve("explained", ConfirmedInCall: true), Situation.Agent);
        (inquiry.Complaint!.State, inquiry.Complaint.Receipt.Kind).ShouldBe((ComplaintState.Resolved, "inquiry"));
    }

    [Fact]
    public void S049_A_result_that_is_filed_is_not_answered_without_its_filing()
    {
        var situation = In(Signed);
        situation.Try(Mended with { Filing = null }, Tao).Refusal!.Code.ShouldBe("task.filing_missing");
        situation.Try(Mended with { Filing = "  " }, Tao).Refusal!.Code.ShouldBe("task.filing_missing");
        situation.Do(Mended, Tao);
        (situation.Task().Status, situation.Task().Filing, situation.Task().Result).ShouldBe((Answered, 1, TaskResult.Done));
        situation.Complaint!.Filings.ShouldHaveSingleItem().Task.ShouldBe(1);
        // What one department filed is not the next one's.
        var passedOn = In(Answered).Do(new VerifyTask(1, false, "incomplete"), Mei).Do(new ReturnTask(1, "other", "Not ours."), Tao)
            .Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), Mei).Do(new SignTask(1), Yi);
        (passedOn.Task().Result, passedOn.Task().Filing, passedOn.Task().SignedBy).ShouldBe((null, null, "yi"));
        passedOn.Try(Mended with { Filing = null }, Yi).Refusal!.Code.ShouldBe("task.filing_missing");
        // Filed before, and so not asked for again; what is only told needs none.
        In(Signed).Do(new RecordFiling("DZ-9", 1), Tao).Do(Mended with { Filing = null }, Tao).Task().Filing.ShouldBe(1);
        Registered().Do(ToWarehouse with { Role = TaskRole.Lead }, Mei).Do(new SignTask(1), Han)
            .Do(new AnswerTask(1, TaskResult.Partly, "Perhaps on Friday."), Han).Task().Status.ShouldBe(Accepted, "nobody verifies it");
    }

    [Fact]
    public void S050_X40_What_does_not_do_is_done_over_and_counted_and_nobody_verifies_an_answer_of_their_own()
    {
        var both = Tao with { Roles = [Role.Department, Role.Manager] };
        var situation = In(Signed).Do(Mended, both);
        situation.Try(new VerifyTask(1, true), both).Refusal!.Code.ShouldBe("task.self_verify");
        situation.Try(new VerifyTask(1, true), Mei with { OnBehalfOf = "tao" }).Refusal!.Code.ShouldBe("task.self_verify");
        situation.Try(new VerifyTask(1, false), Mei).Refusal!.Code.ShouldBe("text.required");
        situation.Try(new VerifyTask(1, false, "other"), Mei).Refusal!.Code.ShouldBe("text.required");
        situation.Try(new VerifyTask(1, false, "made-up"), Mei).Refusal!.Code.ShouldBe("code.unknown");
        for (var redo = 1; redo <= 3; redo++)
        {
            situation.Do(new VerifyTask(1, false, "incomplete"), Mei);
            (situation.Task().Status, situation.Task().Redos, situation.Task().SignedBy).ShouldBe((Signed, redo, "tao"));
            situation.Complaint!.Contact.Stands("task-redone", 1).ShouldBe(redo == 3);
            situation.Do(Mended, both);
        }
        situation.Do(new VerifyTask(1, true), Situation.Agent).Task().Status.ShouldBe(Accepted);
        Core.Storage.Measures.Of(situation.Complaint!).Single(measure => measure.Name == Core.Storage.Measures.TaskRedos).Value.ShouldBe(3);
    }

    [Fact]
    public void X22_A_return_needs_its_reason_and_basis_and_somebody_else_rules_on_it()
    {
        var situation = In(Sent);
        situation.Try(new ReturnTask(1, "not-our-duty", " "), Tao).Refusal!.Code.ShouldBe("task.basis_missing");
        situation.Try(new ReturnTask(1, "made-up", "Article 3."), Tao).Refusal!.Code.ShouldBe("code.unknown");
        situation.Try(new ReturnTask(1, "other", "Article 3.", "moon"), Tao).Refusal!.Code.ShouldBe("department.unknown");
        situation.Try(new ReturnTask(1, "other", "Article 3.", "technical-support"), Tao).Refusal!.Code.ShouldBe("task.same_department");
        var both = Tao with { Roles = [Role.Department, Role.Manager] };
        situation.Do(new ReturnTask(1, "not-our-duty", "Article 3.", "delivery"), both);
        (situation.Task().Status, situation.Task().Bounces).ShouldBe((Returned, 1));
        situation.Try(new RuleOnReturn(1, ReturnRuling.Force), both).Refusal!.Code.ShouldBe("task.own_return");
        situation.Try(new RuleOnReturn(1, ReturnRuling.Force), Mei with { OnBehalfOf = "tao" }).Refusal!.Code.ShouldBe("task.own_return");
        situation.Try(new RuleOnReturn(1, ReturnRuling.Redirect), Mei).Refusal!.Code.ShouldBe("text.required");
        situation.Try(new RuleOnReturn(1, ReturnRuling.Redirect, "technical-support"), Mei).Refusal!.Code.ShouldBe("task.same_department");
        situation.Try(new RuleOnReturn(1, ReturnRuling.Redirect, "moon"), Mei).Refusal!.Code.ShouldBe("department.unknown");
        situation.Try(new RuleOnReturn(1, ReturnRuling.Force), Situation.Agent).Refusal!.Code.ShouldBe("authority.role");
        situation.Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), Mei);
        (situation.Task().Department, situation.Task().Status, situation.Task().SignedBy).ShouldBe(("delivery", Sent, null));
        situation.Try(new SignTask(1), Tao).Refusal!.Code.ShouldBe("task.not_yours");
        situation.Do(new ReturnTask(1, "unclear-owner", "Nobody knows."), Yi).Do(new RuleOnReturn(1, ReturnRuling.Uphold), Lin);
        (situation.Task().Status, situation.Task().Bounces).ShouldBe((Cancelled, 2));
    }

    [Fact]
    public void X22_Too_many_returns_escalate_once_by_the_tenants_own_bound()
    {
        var situation = Registered(rules: With(("tasks", "default", """
            { "types": [ { "code": "technical", "label": { "en": "Technical", "zh": "技术" } } ],
              "returnReasons": [ { "code": "other", "label": { "en": "Other", "zh": "其他" } } ], "maxReturns": 2 }
            """))).Do(ToTechnicians, Mei);
        foreach (var times in Enumerable.Range(1, 3))
        {
            situation.Do(new ReturnTask(1, "other", "Not ours."), Tao).Do(new RuleOnReturn(1, ReturnRuling.Force), Mei);
            (situation.Complaint!.Clocks.Level, situation.Complaint.Contact.Stands("task-bounced", 1)).ShouldBe(
                times < 2 ? (0, false) : (1, true));
        }
        situation.Decisions.SelectMany(decision => decision.Events).OfType<ComplaintEscalated>().ShouldHaveSingleItem();
    }

    [Fact]
    public void X27_One_leads_and_answers_for_all_assistants_and_is_not_given_up_while_they_work()
    {
        Registered().Try(ToWarehouse, Mei).Refusal!.Code.ShouldBe("task.lead_missing");
        var situation = In(Signed).Do(ToWarehouse, Mei);
        var lead = situation.Try(ToTechnicians with { Department = "delivery" }, Mei).Refusal!;
        (lead.Code, lead.Data["task"]).ShouldBe(("task.lead_exists", "1"));
        foreach (var command in new ComplaintCommand[] { Mended, new CancelTask(1, "solved") })
        {
            var actor = command is AnswerTask ? Tao : Mei;
            var refused = situation.Try(command, actor).Refusal!;
            refused.Code.ShouldBe(command is AnswerTask ? "task.assists_open" : "task.lead_missing");
            refused.Data["open"].ShouldBe("task/2");
            Announced(situation, command, actor).ShouldBe(refused.Code);
        }
        situation.Do(new ReturnTask(1, "other", "Not ours."), Tao).Try(new RuleOnReturn(1, ReturnRuling.Uphold), Mei).Refusal!.Code
            .ShouldBe("task.lead_missing");
        situation.Do(new RuleOnReturn(1, ReturnRuling.Force), Mei).Do(new CancelTask(2, "not-needed"), Mei).Do(Mended, Tao);
        situation.Task().Status.ShouldBe(Answered);
    }

    [Fact]
    public void X27_The_leads_answer_does_not_stand_before_those_of_the_assistants()
    {
        var situation = In(Signed).Do(ToWarehouse with { Type = "service" }, Mei).Do(new SignTask(2), Han)
            .Do(Mended with { Task = 2 }, Han).Do(Mended, Tao);
        situation.Try(new VerifyTask(1, true), Mei).Refusal!.Code.ShouldBe("task.assists_open");
        situation.Do(new VerifyTask(2, true), Mei).Do(new VerifyTask(1, true), Mei).Task().Status.ShouldBe(Accepted);
    }

    [Fact]
    public void X27_An_answer_at_which_nobody_looks_waits_until_the_assistants_are_through()
    {
        var situation = Registered().Do(ToTechnicians with { Type = "information" }, Mei).Do(new SignTask(1), Tao)
            .Do(ToWarehouse with { Type = "service" }, Mei).Do(new SignTask(2), Han).Do(Mended with { Task = 2 }, Han);
        situation.Try(Mended, Tao).Refusal!.Code.ShouldBe("task.assists_open");
        situation.Do(new VerifyTask(2, true), Mei).Do(Mended, Tao).Task().Status.ShouldBe(Accepted);
    }

    [Fact]
    public void X27_The_case_shows_the_worst_of_its_tasks()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
        var situation = In(Sent);
        Worst(situation).ShouldBe(TaskStanding.DueToday, "it is to be signed for this day");
        situation.Do(new SignTask(1), Tao);
        Worst(situation).ShouldBe(TaskStanding.Waiting);
        situation.Do(ToWarehouse, Mei).Do(new SignTask(2), Han);
        situation.After(Duration.FromDays(9));
        Worst(situation).ShouldBe(TaskStanding.Overdue);
        situation = In(Answered);
        Worst(situation).ShouldBe(TaskStanding.Answered);
        Worst(In(Accepted)).ShouldBe(TaskStanding.None);

        TaskStanding Worst(Situation of) => TaskStandings.WorstOf(
            of.Complaint!, Clocks.Project(of.Complaint!, of.Rules), of.Now, zone);
    }

    [Fact]
    public void X22_Of_two_members_one_signs_and_the_other_is_told_who_did()
    {
        var refused = In(Signed).Try(new SignTask(1), Ren).Refusal!;
        (refused.Code, refused.Data["by"]).ShouldBe(("task.wrong_state", "tao"));
        refused.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldBe("协办单 1 的状态为“办理中”（tao），应为：待签收。");
        In(Sent).Do(new SignTask(1), Ren).Task().SignedBy.ShouldBe("ren", "a member by the team");
    }

    [Fact]
    public void S059_S061_A_task_of_another_department_is_refused_and_nothing_is_told()
    {
        var situation = In(Sent);
        foreach (var command in new ComplaintCommand[]
        {
            new SignTask(1), new ReturnTask(1, "other", "Not ours."), Mended, new RecordFiling("DZ-1", 1), new SignTask(7),
            Mended with { Task = 7 },
        })
        {
            var refused = situation.Try(command, Han).Refusal!;
            refused.Code.ShouldBe("task.not_yours", command.ToString());
            refused.Data.Keys.ShouldBe(["value"]);
            refused.In(CultureInfo.GetCultureInfo("en")).ShouldNotContain("echnical");
        }
        situation.Try(new SignTask(1), Tao with { Teams = [] }).Refusal!.Code.ShouldBe("task.not_yours", "acting for nobody's department");
        situation.Try(new SignTask(1), new("eve", Role.Department) { OnBehalfOf = "tao" }).Refusal!.Code.ShouldBe("task.not_yours");
        situation.Complaint!.ShouldBeSameAs(situation.Decisions[^1].Complaint);
    }

    [Fact]
    public void X22_A_department_that_is_dissolved_while_it_works_gives_its_task_back_or_it_is_cancelled()
    {
        var situation = In(Sent);
        situation.Rules = Core.Definitions.Rulebook.From(
        [
            new(TenantId.Default, "organisation", "default", 3, Structure.Replace("technical-support", "engineering"), default, "adam"),
        ]);
        situation.Try(new SignTask(1), Tao).Refusal!.Code.ShouldBe("department.unknown");
        situation.Try(ToTechnicians with { Role = TaskRole.Assist }, Mei).Refusal!.Code.ShouldBe("department.unknown");
        var returned = In(Returned);
        returned.Rules = situation.Rules;
        returned.Try(new RuleOnReturn(1, ReturnRuling.Force), Mei).Refusal!.Code.ShouldBe("department.unknown");
        returned.Do(new RuleOnReturn(1, ReturnRuling.Redirect, "engineering"), Mei).Task().Department.ShouldBe("engineering");
        situation.Do(new CancelTask(1, "wrong-department"), Mei).Task().Status.ShouldBe(Cancelled);
    }

    [Fact]
    public void X22_Nothing_follows_a_cancellation_and_only_the_sender_or_who_leads_cancels()
    {
        var situation = In(Cancelled);
        foreach (var (command, actor) in new (ComplaintCommand, Actor)[]
        {
            (Mended, Tao), (new SignTask(1), Tao), (new ReturnTask(1, "other", "No."), Tao), (new CancelTask(1, "solved"), Mei),
            (new VerifyTask(1, true), Mei), (new RuleOnReturn(1, ReturnRuling.Force), Mei),
        })
            situation.Try(command, actor).Refusal!.Code.ShouldBe("task.wrong_state", command.ToString());
        situation.Try(new VerifyTask(2, true), Mei).Refusal!.Code.ShouldBe("task.not_found");
        Registered().Try(new VerifyTask(1, true), Mei).Refusal!.Code.ShouldBe("task.none");
        var sent = Registered().Do(ToTechnicians, Situation.Agent);
        sent.Try(new CancelTask(1, "solved"), new("ben", Role.Agent)).Refusal!.Code.ShouldBe("task.not_yours");
        sent.Try(new CancelTask(1, "solved"), new("ben", Role.Agent) { OnBehalfOf = "amy" }).Refusal!.Code.ShouldBe("task.not_yours");
        sent.Try(new CancelTask(1, "solved"), Situation.Agent).Refusal.ShouldBeNull();
        sent.Try(new CancelTask(1, "solved"), Situation.Supervisor).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S048_What_is_sent_is_checked_and_a_case_has_so_many_tasks()
    {
        var situation = Registered();
        foreach (var (command, code) in new (SendTask, string)[]
        {
            (ToTechnicians with { Department = "moon" }, "department.unknown"), (ToTechnicians with { Department = "" }, "text.required"),
            (ToTechnicians with { Type = "made-up" }, "code.unknown"), (ToTechnicians with { Role = "made-up" }, "code.unknown"),
            (ToTechnicians with { Question = " " }, "text.required"),
            (ToTechnicians with { Question = new string('x', 4_001) }, "text.too_long"),
            (ToTechnicians with { Points = [2] }, "point.not_found"), (ToTechnicians with { Points = [1, 9] }, "point.not_found"),
            (ToTechnicians with { Due = Situation.Morning }, "time.not_in_future"),
        })
            situation.Try(command, Mei).Refusal!.Code.ShouldBe(code, command.ToString());
        situation.Try(ToTechnicians, Tao).Refusal!.Code.ShouldBe("authority.role");
        for (var number = 1; number <= 50; number++)
            situation.Do(ToTechnicians, Mei).Do(new CancelTask(number, "solved"), Mei);
        situation.Try(ToTechnicians, Mei).Refusal!.Code.ShouldBe("task.too_many");
        Announced(situation, ToTechnicians, Mei).ShouldBe("task.too_many");
        var earlier = In(Sent);
        Complaint.Decide(earlier.Complaint, new SignTask(1), earlier.Context(Tao) with
        {
            OccurredAt = Situation.Morning, BackdateReason = "Forgotten.",
        }).Refusal!.Code.ShouldBe("time.before_task");
    }

    [Fact]
    public void X27_Nothing_resolves_a_case_while_a_department_is_at_work()
    {
        foreach (var status in new[] { Sent, Signed, Returned, Answered })
        {
            var situation = In(status);
            foreach (var command in new ComplaintCommand[] { new Resolve("solved"), new DecideNotEstablished("not-established", "No.") })
            {
                var refused = situation.Try(command, Mei).Refusal!;
                (refused.Code, refused.Data["open"]).ShouldBe(("resolve.open_work", "task/1"));
                Announced(situation, command, Mei).ShouldBe("resolve.open_work");
            }
        }
        In(Accepted).Try(new Resolve("solved"), Mei).Refusal.ShouldBeNull();
        In(Cancelled).Try(new Resolve("solved"), Mei).Refusal.ShouldBeNull();

        var offered = In(Sent).Do(new Propose(["exchange"], NeedsExecution: false)).Do(new Present(1));
        offered.Try(new AcceptProposal(1, "phone")).Refusal!.Code.ShouldBe("resolve.open_work");
        Announced(offered, new AcceptProposal(1, "phone"), Situation.Agent).ShouldBe("resolve.open_work");
        offered.Try(new LapseConsent("no-answer", "Called.")).Refusal!.Code.ShouldBe("resolve.open_work");
        var executing = In(Sent).Do(new Propose(["exchange"])).Do(new Present(1)).Do(new AcceptProposal(1, "phone"));
        executing.Try(new CompleteRemedy()).Refusal!.Code.ShouldBe("resolve.open_work");
        // A case that is withdrawn, or goes on in another, needs nobody's work.
        In(Signed).Do(new Withdraw("other", "Found it.")).Task().Status.ShouldBe(Cancelled);
    }

    [Fact]
    public void S051_Where_a_department_took_part_the_case_is_filed_before_it_is_archived()
    {
        var situation = In(Accepted).Do(new Resolve("solved", ConfirmedInCall: true), Mei).Do(new Close(), Mei)
            .Do(new WaiveFollowUp("other", "None."), Mei);
        situation.Try(new Archive(), Mei).Refusal!.Code.ShouldBe("gate.missing", "the department filed, we did not");
        situation.Do(new RecordFiling("KZ-2026-3"), Situation.Agent).Try(new Archive(), Mei).Refusal.ShouldBeNull();
    }

    private static string? Announced(Situation situation, ComplaintCommand command, Actor actor)
    {
        var name = ComplaintRooms.Current.Catalogue.Of(command).CommandName;
        return situation.Complaint!.PermittedCommands(situation.Context(actor))
            .Single(permitted => permitted.Name == name && permitted.Subject == command.About).Refusal?.Code;
    }
}
