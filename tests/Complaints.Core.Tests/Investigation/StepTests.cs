using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Steps: planned for somebody with a date, finished by who may, and what is agreed is carried out with the last of
/// them.</summary>
public sealed class StepTests
{
    private static readonly Instant Due = Situation.Morning + Duration.FromDays(1);
    private static readonly PlanStep Records = new(StepPhase.Investigation, "records");
    private static readonly PlanStep OnSite = new(StepPhase.Investigation, "on-site", "cai", Due: Due, Place: "Hall 3");
    private static readonly Actor Cai = new("cai", Role.Department);

    [Fact]
    public void S063_S064_Each_means_of_the_sources_is_a_kind_of_step_in_both_languages()
    {
        var kinds = Rulebook.BuiltIn.StepKinds;
        foreach (var kind in new[] { "records", "interview", "on-site", "repair-visit", "staff-talk", "process-check", "outside-contact",
            "other" })
        {
            kinds.Find(kind).ShouldNotBeNull(kind);
            Situation.Registered().Do(Records with { Kind = kind }).Complaint!.Inquiry.Steps.ShouldHaveSingleItem().Kind.ShouldBe(kind);
        }
        kinds.Items.ShouldAllBe(item => item.Label.En != item.Label.Zh);
    }

    [Fact]
    public void S062_A_step_is_whose_it_is_said_to_be_and_else_its_planners()
    {
        var situation = Situation.Registered().Do(Records).Do(OnSite).Do(Records with { Team = "north" });
        situation.Complaint!.Inquiry.Steps.Select(step => (step.Number, step.Owner, step.Team, step.Due, step.IsOpen)).ShouldBe(
            [(1, "amy", null, null, true), (2, "cai", null, Due, true), (3, null, "north", null, true)]);
        situation.Decisions[^1].Events.ShouldContain(happened => happened.Made == new Subject("step", "3"));
        situation.Complaint.State.ShouldBe(ComplaintState.Registered, "a step moves no state");
    }

    [Fact]
    public void S062_Numbers_never_come_back_and_a_finished_step_is_finished_once()
    {
        var situation = Situation.Registered().Do(Records).Do(new FinishStep(1, StepResult.Done)).Do(Records);
        situation.Complaint!.Inquiry.Steps.Select(step => (step.Number, step.Result)).ShouldBe([(1, "done"), (2, null)]);
        var again = situation.Try(new FinishStep(1, StepResult.Done)).Refusal!;
        (again.Code, again.Data["known"]).ShouldBe(("step.not_found", "2"));
        situation.Do(new FinishStep(2, StepResult.Failed, "Nobody opened."));
        situation.Try(new FinishStep(2, StepResult.Done)).Refusal!.Code.ShouldBe("step.none_open");
    }

    [Fact]
    public void S064_A_step_with_a_date_has_a_clock_that_is_met_late_or_ends_without_a_verdict()
    {
        Verdict(situation => situation.At(2).Do(new FinishStep(1, StepResult.Done), Cai)).ShouldBe(ClockVerdict.Met);
        Verdict(situation => situation.At(2).Do(new FinishStep(1, StepResult.Failed, "Closed."), Cai)).ShouldBe(ClockVerdict.Met);
        Verdict(situation => situation.At(30).Do(new FinishStep(1, StepResult.Done), Cai)).ShouldBe(ClockVerdict.Breached);
        Verdict(situation => situation.At(2).Do(new FinishStep(1, StepResult.Cancelled, "Not needed."),
            Cai)).ShouldBe(ClockVerdict.Cancelled);
        Verdict(situation => situation.At(2).Do(new Resolve("solved"))).ShouldBe(ClockVerdict.Cancelled, "nobody needs it any more");
        Verdict(situation => situation.At(2).Do(new Withdraw("other", "Found it."))).ShouldBe(ClockVerdict.Cancelled);

        static ClockVerdict Verdict(Action<Situation> then)
        {
            var situation = Situation.Registered().Do(OnSite);
            var running = Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.Step);
            (running.Subject, running.Due, running.IsRunning).ShouldBe(("step/1", Due, true));
            then(situation);
            return situation.Complaint!.Clocks.Results.Single(result => result.Clock == running.Id).Verdict;
        }
    }

    [Fact]
    public void S064_Nothing_pauses_the_clock_of_a_step_and_a_reopening_does_not_carry_it_on()
    {
        var situation = Situation.Registered().Do(OnSite).Do(new PlaceOnHold("parts")).At(5);
        Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.Step).Due.ShouldBe(Due);
        situation.Do(new ReleaseHold("parts")).Do(new Resolve("solved")).Do(new Reopen("new-facts"));
        Clocks.Project(situation.Complaint!, situation.Rules).Single(clock => clock.Objective == Objective.Step).IsOpen.ShouldBeFalse();
        situation.Complaint!.Inquiry.Steps[0].IsOpen.ShouldBeTrue("it may still be done, or cancelled");
        situation.Do(new FinishStep(1, StepResult.Done), Cai).Complaint!.Clocks.Results.Count(result => result.Clock.StartsWith("step"))
            .ShouldBe(1, "what had ended stays as it ended");
    }

    [Fact]
    public void S062_Work_waits_for_who_does_it_with_its_date_while_the_case_is_in_hand()
    {
        var situation = Situation.Registered().Do(OnSite).Do(Records with { Team = "north" });
        var work = Work(situation);
        work.Select(row => (row.Subject, row.Person, row.Team, row.Due)).ShouldBe(
            [(new Subject("step", "1"), "cai", null, Due), (new Subject("step", "2"), null, "north", null)]);
        Work(situation.Do(new PlaceOnHold("parts"))).Count.ShouldBe(2);
        Work(situation.Do(new FinishStep(1, StepResult.Done), Cai)).Count.ShouldBe(1);
        Work(situation.Do(new ReleaseHold("parts")).Do(new Resolve("solved"))).ShouldBeEmpty();

        static List<Core.Storage.WorkRow> Work(Situation situation) =>
        [
            .. WorkProjection.Of(situation.Complaint!, Clocks.Project(situation.Complaint!, situation.Rules), situation.Rules)
                .Where(row => row.Work == "step"),
        ];
    }

    [Fact]
    public void S062_Only_who_does_it_who_has_the_case_and_who_leads_the_desk_finishes_a_step()
    {
        var situation = Situation.Registered().Do(OnSite).Do(Records with { Team = "north" });
        foreach (var (actor, step, may) in new (Actor, int, bool)[]
        {
            (Cai, 1, true), (Situation.Agent, 1, false), (new("ben", Role.Agent) { OnBehalfOf = "cai" }, 1, false),
            (Situation.Supervisor, 1, true), (Inquiries.Manager, 1, true), (Inquiries.Quality, 1, false), (Cai, 2, false),
            (new("dan", Role.Department) { Teams = ["north"] }, 2, true), (new("dan", Role.Department) { Teams = ["south"] }, 2, false),
        })
        {
            var answered = situation.Try(new FinishStep(step, StepResult.Done), actor).Refusal;
            (answered?.Code).ShouldBe(may ? null : "step.not_yours", $"{actor.Id} {step}");
            var announced = situation.Complaint!.PermittedCommands(situation.Context(actor))
                .Single(command => command.Name.Value == "finish-step" && command.Subject == Subject.Of("step", step));
            (announced.Refusal?.Code).ShouldBe(answered?.Code);
        }
        situation.Do(new Core.Assignment.HandOver("amy", null, "takes-over")).Try(new FinishStep(1,
            StepResult.Done)).Refusal.ShouldBeNull();
        situation.Rules = Rulebook.From([new(TenantId.Default, "tenant", "default", 2, """{"roles":{"lead":["supervisor"]}}""", default,
            "a")]);
        situation.Try(new FinishStep(2, StepResult.Done), new("lou", "lead")).Refusal.ShouldBeNull("a role that counts as supervisor");
    }

    [Fact]
    public void S083_An_execution_needs_something_agreed_and_is_part_of_carrying_it_out()
    {
        var ship = new PlanStep(StepPhase.Execution, "shipping", "cai");
        Situation.Registered().Try(ship).Refusal!.Code.ShouldBe("step.no_agreed_proposal");
        Situation.In(ComplaintState.AwaitingConsent).Try(ship with { Proposal = 1 }).Refusal!.Code.ShouldBe("step.no_agreed_proposal");
        var situation = Situation.In(ComplaintState.Executing);
        situation.Try(ship with { Proposal = 2 }).Refusal!.Data["known"].ShouldBe("1");
        situation.Do(ship).Do(ship with { Phase = StepPhase.Other }).Complaint!.Inquiry.Steps.Select(step => step.Proposal).ShouldBe([1,
            null]);
        var open = situation.Try(new CompleteRemedy()).Refusal!;
        (open.Code, open.Data["open"]).ShouldBe(("remedy.open_steps", "step/1"));
        situation.Complaint!.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("complete-remedy"));
        situation.Do(new FinishStep(1, StepResult.Cancelled, "Sent by the shop."), Situation.Supervisor).Do(new CompleteRemedy())
            .Complaint!.State.ShouldBe(ComplaintState.Resolved, "a step of another sort holds up nothing");
    }

    [Fact]
    public void S062_What_is_no_step_is_refused_and_changes_nothing()
    {
        var situation = Situation.Registered();
        foreach (var (command, code) in new (ComplaintCommand, string)[]
        {
            (Records with { Phase = "dreaming" }, "code.unknown"), (Records with { Kind = "séance" }, "code.unknown"),
            (Records with { Phase = " " }, "text.required"), (Records with { What = new string('字', 501) }, "text.too_long"),
            (Records with { Place = new string('字', 201) }, "text.too_long"), (Records with { Owner = "a\0b" }, "text.control"),
            (Records with { Team = new string('t', 20_000) }, "text.too_long"), (Records with { Due = situation.Now },
            "time.not_in_future"),
            (Records with { Due = Instant.FromUtc(2101, 1, 1, 0, 0) }, "time.out_of_range"),
            (new FinishStep(1, StepResult.Done), "step.none_open"),
        })
        {
            var decision = situation.Try(command);
            decision.Refusal!.Code.ShouldBe(code);
            (decision.Events.Length, ReferenceEquals(decision.Next, situation.Complaint)).ShouldBe((0, true));
        }
        situation.Do(Records);
        foreach (var (finish, code) in new (FinishStep, string)[]
        {
            (new(0, StepResult.Done), "step.not_found"), (new(int.MaxValue, StepResult.Done), "step.not_found"),
            (new(1, "forgotten"), "code.unknown"), (new(1, StepResult.Failed), "text.required"), (new(1, StepResult.Cancelled, " "),
            "text.required"),
            (new(1, StepResult.Done, new string('字', 4_001)), "text.too_long"), (new(1, StepResult.Done, Minutes: -1),
            "number.out_of_range"),
            (new(1, StepResult.Done, Cost: -0.01m), "number.out_of_range"),
        })
        {
            situation.Try(finish).Refusal!.Code.ShouldBe(code);
        }
        Complaint.Decide(situation.Complaint, new FinishStep(1, StepResult.Done), situation.Context() with
        {
            OccurredAt = Situation.Morning, BackdateReason = "Late.",
        }).Refusal!.Code.ShouldBe("time.before_step");
    }

    [Fact]
    public void S062_A_hundred_and_first_step_is_refused_and_that_is_said_beforehand()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 100; i++)
            situation.Do(Records);
        situation.Do(new FinishStep(7, StepResult.Done));
        situation.Try(Records).Refusal!.Code.ShouldBe("step.too_many");
        situation.Complaint!.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("plan-step"));
    }

    [Fact]
    public void S062_A_case_without_steps_and_findings_stores_no_byte_of_them()
    {
        var state = History.Sealed.Text(Core.History.StateCodec.Write(Seal(Situation.Registered())));
        foreach (var member in new[] { "inquiry", "findings", "liabilities", "dated", "keptOut" })
            state.ShouldNotContain($"\"{member}\"");
        History.Sealed.Text(Core.History.StateCodec.Write(Seal(Situation.Registered().Do(OnSite)))).ShouldContain("\"dated\"",
            Case.Sensitive, "the control");

        static Complaint Seal(Situation situation)
        {
            History.Sealed.Commits(situation);
            return situation.Complaint!;
        }
    }
}
