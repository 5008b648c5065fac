using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Investigation;

/// <summary>What the long stories ask of an investigation, step by step on a desk.</summary>
public sealed class InquiryStoryTests
{
    private static readonly Actor Amy = new("amy", Role.Agent);
    private static readonly Actor Sun = new("sun", Role.Supervisor);

    private readonly DeskHarness _harness = new();

    private async Task DoAsync(ComplaintId id, Actor actor, params ComplaintCommand[] commands)
    {
        foreach (var command in commands)
        {
            _harness.Clock.Advance(Duration.FromMinutes(5));
            (await _harness.Desk.For(actor).ExecuteAsync(id, command)).Refusal.ShouldBeNull(command.ToString());
        }
    }

    /// <summary>Story 2, step 3: records and an interview, and the fault is the customer's.</summary>
    [Fact]
    public async Task S062_S063_S066_Records_and_an_interview_find_that_it_is_the_customers_fault()
    {
        var id = await _harness.FileAsync(Drafts.English() with { Channel = "letter" });
        await DoAsync(id, Amy, new StartInvestigation(), new PlanStep(StepPhase.Investigation, "records", What: "Read the repair record."),
            new PlanStep(StepPhase.Investigation, "interview"), new FinishStep(1, StepResult.Done, "Opened by somebody else before."),
            new FinishStep(2, StepResult.Done, "The customer says so."),
            new RecordFinding("Opened by the customer, against the manual.", FaultParty.Customer));
        var view = (await _harness.Desk.ViewAsync(id))!;
        view.Complaint.State.ShouldBe(ComplaintState.Investigating);
        view.Complaint.Inquiry.Steps.ShouldAllBe(step => step.Result == StepResult.Done);
        view.Complaint.Inquiry.Findings.ShouldHaveSingleItem().Fault.ShouldBe("customer");
        var words = await _harness.Desk.RevealAsync(view, Purpose.CaseWork);
        words.Of(view.WordsOf(1).What).ShouldBe("Read the repair record.");
        words.Of(view.WordsOf(1).Report).ShouldBe("Opened by somebody else before.");
        words.Of(view.FoundOf(1)).ShouldBe("Opened by the customer, against the manual.");
        await DoAsync(id, Amy, new DecideValidity("not-established", "insufficient", "not-reasonable", "misuse"),
            new Core.Resolution.DecideNotEstablished("not-established", "Opened by the customer."));
    }

    /// <summary>Story 3, steps 1 and 4 without the quality review.</summary>
    [Fact]
    public async Task S064_S065_S068_X33_The_accused_keeps_out_and_the_liability_is_for_quality_and_managers()
    {
        var publish = await _harness.Definitions.PublishAsync(TenantId.Default, "organisation", "default",
            """{ "teams": [ { "code": "chat", "label": { "en": "Chat", "zh": "在线客服组" }, "lead": "lou" } ] }""", DeskHarness.Administrator,
                default);
        publish.Refusal.ShouldBeNull();
        (await _harness.Definitions.PublishAsync(TenantId.Default, "staff", "default",
            """{ "people": [ { "id": "1023", "teams": ["chat"] }, { "id": "lou", "teams": ["chat"] } ] }""", DeskHarness.Administrator,
                default))
            .Refusal.ShouldBeNull();
        var id = await _harness.FileAsync(Drafts.Chinese() with
        {
            Channel = "chat", EntryPoint = null, Category = "service", Subcategory = "attitude", Accused = ["1023"],
        });
        var accused = _harness.Desk.For(new Actor("1023", Role.Agent));
        (await accused.ExecuteAsync(id, new StartInvestigation())).Refusal!.Code.ShouldBe("approval.conflict");
        foreach (var person in new[] { "1023", "lou" })
            (await _harness.Desk.ExecuteAsync(id, new Core.Assignment.HandOver(person, null,
            "expertise"))).Refusal!.Code.ShouldBe("assignment.conflict");

        await DoAsync(id, Amy, new Core.Assignment.HandOver("sun", null, "expertise"));
        await DoAsync(id, Sun, new StartInvestigation(), new PlanStep(StepPhase.Investigation, "listen", What: "interaction/1"),
            new PlanStep(StepPhase.Investigation, "staff-talk"), new FinishStep(1, StepResult.Done, "Hung up twice.", 20),
            new FinishStep(2, StepResult.Done, "Admits it.", 30), new RecordFinding("He hung up twice.", FaultParty.Us, ["communication"]));
        await DoAsync(id, Inquiries.Quality, new RecordLiability(1, FaultParty.Us, "The recording.", Staff: "1023", Measure: "coaching"));

        (await _harness.Desk.For(Sun).ViewAsync(id))!.Liabilities.ShouldBeEmpty("the supervisor's page has no such tab");
        (await _harness.Desk.For(Inquiries.Quality).ViewAsync(id))!.Liabilities.ShouldHaveSingleItem().Staff.ShouldBe("1023");
        (await _harness.Desk.For(Inquiries.Manager).ViewAsync(id))!.Liabilities.Length.ShouldBe(1);
    }

    /// <summary>Story 1, steps 20 and 22: what was agreed is carried out in two steps with dates, one of them late.</summary>
    [Fact]
    public async Task S083_X33_What_is_agreed_is_carried_out_in_steps_with_clocks_and_one_that_is_late_is_told()
    {
        var id = await _harness.FileAsync();
        await DoAsync(id, Amy, new Core.Resolution.Propose(["exchange"]), new Core.Resolution.Present(1),
            new Core.Resolution.AcceptProposal(1, "phone"));
        var now = _harness.Clock.GetCurrentInstant();
        await DoAsync(id, Amy, new PlanStep(StepPhase.Execution, "shipping", Due: now + Duration.FromDays(1)),
            new PlanStep(StepPhase.Execution, "home-visit", "tao", Due: now + Duration.FromDays(2), Place: "南京西路 1 号"));
        _harness.Clock.Advance(Duration.FromDays(1.5));
        await _harness.Desk.SweepAsync(100);
        (await _harness.Desk.ViewAsync(id))!.Complaint.Clocks.Results.Single(result => result.Clock.EndsWith("@step/1")).Verdict
            .ShouldBe(ClockVerdict.Breached);
        await DoAsync(id, Amy, new FinishStep(1, StepResult.Done, Cost: 3_650));
        (await _harness.Desk.ExecuteAsync(id, new Core.Resolution.CompleteRemedy())).Refusal!.Code.ShouldBe("remedy.open_steps");
        await DoAsync(id, new Actor("tao", Role.Department), new FinishStep(2, StepResult.Done, Minutes: 90));
        await DoAsync(id, Amy, new Core.Resolution.CompleteRemedy());
        (await _harness.Desk.ViewAsync(id))!.Complaint.Clocks.Results.Single(result => result.Clock.EndsWith("@step/2")).Verdict
            .ShouldBe(ClockVerdict.Met);
    }
}
