using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

public sealed class ProjectionTests
{
    private static Situation With(string objectives) => new Situation { Rules = Policies.Of(("test", Policies.Json(objectives))) }.Do(new Register(Situation.Draft));

    private static IReadOnlyList<Clock> Of(Situation situation, string objective) =>
        [.. Clocks.Project(situation.Complaint!, situation.Rules).Where(clock => clock.Objective == objective)];

    private static Instant At(double hours) => Situation.Morning + Duration.FromHours(hours);

    [Fact]
    public void T8_A_host_names_objectives_of_its_own_with_facts_that_start_and_stop_them()
    {
        var situation = With("""{"objective":"offer","limit":"5 hours","start":["acknowledged"],"stop":["proposal-presented"]}""");
        Of(situation, "offer").ShouldBeEmpty();
        situation.Now = At(2);
        situation.Do(new Acknowledge());
        Of(situation, "offer").Single().Due.ShouldBe(At(7));
        situation.Do(new Propose(["exchange"])).Do(new Present(1));
        Of(situation, "offer").Single().IsMet.ShouldBeTrue();
    }

    [Fact]
    public void T10_Pauses_of_several_reasons_are_joined_and_only_those_that_the_policy_names_count()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours","pausedBy":["parts"]},{"objective":"first-response","limit":"10 hours"}""");
        situation.Now = At(1);
        situation.Do(new PlaceOnHold("legal"));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(10), "this reason does not stop it");
        Of(situation, Objective.FirstResponse).Single().IsPaused.ShouldBeTrue();
        situation.Now = At(2);
        situation.Do(new PlaceOnHold("parts"));
        situation.Now = At(3);
        situation.Do(new ReleaseHold("legal"));
        situation.Now = At(5);
        situation.Do(new ReleaseHold("parts"));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(13));
        Of(situation, Objective.FirstResponse).Single().Due.ShouldBe(At(14), "from 1 h to 5 h it waited, once");
    }

    [Fact]
    public void T11_A_statutory_limit_does_not_wait() =>
        Of(With("""{"objective":"resolution","limit":"10 hours","pausable":false}""").Do(new PlaceOnHold("parts")), Objective.Resolution).Single().Due.ShouldBe(At(10));

    [Fact]
    public void T12_Reclassifying_keeps_the_start_and_NeverLater_keeps_the_earliest_limit()
    {
        var rules = Policies.Of(
            ("slow", Policies.Json("""{"objective":"resolution","limit":"20 hours","neverLater":true}""", """{"priorities":["p3"]}""")),
            ("fast", Policies.Json("""{"objective":"resolution","limit":"5 hours","neverLater":true}""", """{"priorities":["p1"]}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft));
        situation.Do(new Classify(Severity: "critical", Urgency: "urgent"));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(5));
        situation.Do(new Classify(Severity: "minor", Urgency: "normal"));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(5), "A -> B -> A ends at A's earliest");
        Of(situation, Objective.Resolution).Single().StartedAt.ShouldBe(Situation.Morning);
    }

    [Fact]
    public void T12_A_new_due_instant_in_the_past_is_a_breach_at_the_change()
    {
        var rules = Policies.Of(
            ("slow", Policies.Json("""{"objective":"resolution","limit":"20 hours"}""", """{"priorities":["p3"]}""")),
            ("fast", Policies.Json("""{"objective":"resolution","limit":"5 hours"}""", """{"priorities":["p1"]}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft)).After(Duration.FromHours(9));
        var decision = situation.Try(new Classify(Severity: "critical", Urgency: "urgent"));
        decision.Events.OfType<ClockBreached>().ShouldHaveSingleItem().Reason.ShouldBe("by-retarget");
        // By the deadline clock it is not past yet: then a sweep will tell.
        Complaint.Decide(situation.Complaint, new Classify(Severity: "critical", Urgency: "urgent"), situation.Context() with { DueBy = At(5) }).Events.OfType<ClockBreached>().ShouldBeEmpty();
    }

    [Fact]
    public void T12_An_objective_that_the_new_policy_lacks_is_cancelled_and_one_that_it_adds_starts_at_its_original_start()
    {
        var rules = Policies.Of(
            ("slow", Policies.Json("""{"objective":"resolution","limit":"20 hours"}""", """{"priorities":["p3"]}""")),
            ("fast", Policies.Json("""{"objective":"first-response","limit":"5 hours"}""", """{"priorities":["p1"]}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft)).After(Duration.FromHours(1)).Do(new Classify(Severity: "critical", Urgency: "urgent"));
        situation.Complaint!.Clocks.Results.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            result => result.Verdict.ShouldBe(ClockVerdict.Cancelled),
            result => result.Reason.ShouldBe("by-retarget"));
        Of(situation, Objective.FirstResponse).Single().Due.ShouldBe(At(5));
    }

    [Fact]
    public void T14_A_new_round_has_clocks_of_its_own_and_the_earlier_results_stay()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours"},{"objective":"follow-up-visit","limit":"3 hours"}""");
        situation.Do(new Resolve("solved")).After(Duration.FromHours(1)).Do(new Reopen("other", "Again."));
        var clocks = Of(situation, Objective.Resolution);
        clocks.Select(clock => clock.Id).ShouldBe(["resolution/1", "resolution/2"]);
        clocks[1].StartedAt.ShouldBeGreaterThan(clocks[0].StartedAt);
        Of(situation, Objective.FollowUpVisit).Single().CancelledAt.ShouldNotBeNull("the visit of a solution that did not hold");
        situation.Complaint!.Clocks.Results.Select(result => (result.Clock, result.Verdict)).ShouldBe([("resolution/1", ClockVerdict.Met), ("follow-up-visit/1", ClockVerdict.Cancelled)]);
    }

    [Fact]
    public void T15_Withdrawing_cancels_what_runs()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours"}""").Do(new Withdraw("other", "Found it."));
        situation.Complaint!.Clocks.Results.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            result => result.Verdict.ShouldBe(ClockVerdict.Cancelled),
            result => result.Reason.ShouldBe("by-end"));
        Clocks.Project(situation.Complaint, situation.Rules).ShouldAllBe(clock => !clock.IsOpen);
    }

    [Fact]
    public void T16_An_automatic_mail_answers_nobody()
    {
        var situation = With("""{"objective":"first-response","limit":"10 hours"}""").Do(new RecordInteraction(Direction.Outbound, "email", ByPerson: false));
        Of(situation, Objective.FirstResponse).Single().IsRunning.ShouldBeTrue();
        situation.Do(new RecordInteraction(Direction.Outbound, "email"));
        Of(situation, Objective.FirstResponse).Single().IsMet.ShouldBeTrue();
    }

    [Fact]
    public void T19_A_promise_has_a_clock_of_its_own_that_nothing_moves_and_queues_show_the_earliest_due()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours"}""").Do(new AgreeDeadline(At(4))).Do(new PlaceOnHold("parts"));
        var promise = Of(situation, Objective.Agreed).Single();
        promise.Due.ShouldBe(At(4));
        promise.IsRunning.ShouldBeTrue("it does not wait");
        Clocks.NextDue(Clocks.Project(situation.Complaint!, situation.Rules)).ShouldBe(At(4));
        situation.Do(new AgreeDeadline(At(8)));
        Of(situation, Objective.Agreed).Select(clock => clock.IsOpen).ShouldBe([false, true]);
        situation.Try(new AgreeDeadline(Situation.Morning)).Refusal!.Code.ShouldBe("time.not_in_future");
    }

    [Fact]
    public void T19_A_promise_that_was_missed_stays_missed_when_another_follows()
    {
        var situation = With("""{"objective":"resolution","limit":"100 hours"}""").Do(new AgreeDeadline(At(4)));
        situation.Now = At(6);
        situation.Do(new FireClocks(), Actor.System).Do(new AgreeDeadline(At(9)));
        situation.Complaint!.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
    }

    [Fact]
    public void T26_The_next_response_counts_from_the_first_unanswered_message()
    {
        var situation = With("""{"objective":"next-response","limit":"2 hours"}""");
        situation.Now = At(1);
        situation.Do(new RecordInteraction(Direction.Inbound, "chat"));
        situation.Now = At(1.5);
        situation.Do(new RecordInteraction(Direction.Inbound, "chat"));
        Of(situation, Objective.NextResponse).Single().Due.ShouldBe(At(3), "a later message does not move it");
        situation.Now = At(2);
        situation.Do(new RecordInteraction(Direction.Outbound, "chat"));
        situation.Now = At(5);
        situation.Do(new RecordInteraction(Direction.Inbound, "chat"));
        Of(situation, Objective.NextResponse).Select(clock => clock.Id).ShouldBe(["next-response/1", "next-response/1/2"]);
        Of(situation, Objective.NextResponse)[1].Due.ShouldBe(At(7));
    }

    [Fact]
    public void T26_A_missed_progress_update_stays_open_until_the_contact_and_is_not_multiplied()
    {
        var situation = With("""{"objective":"progress-update","limit":"10 hours"}""").Do(new Acknowledge());
        situation.Now = At(40);
        situation.Do(new FireClocks(), Actor.System);
        Of(situation, Objective.ProgressUpdate).ShouldHaveSingleItem().IsOpen.ShouldBeTrue();
        situation.Do(new RecordInteraction(Direction.Outbound, "phone"));
        Of(situation, Objective.ProgressUpdate).Count.ShouldBe(2, "the contact stops the missed one and starts the next");
        situation.Complaint!.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
    }

    [Fact]
    public void X06_Each_approval_has_a_clock_of_its_own()
    {
        var situation = With("""{"objective":"approval","limit":"4 hours"}""").Do(new Propose(["exchange"])).Do(new Propose(["coupon"])).Do(new RequestApproval(1)).Do(new RequestApproval(2)).Do(new RejectApproval(1, "other", "No."), Situation.Supervisor);
        var clocks = Of(situation, Objective.Approval);
        clocks.Select(clock => clock.Subject).ShouldBe(["approval/1", "approval/2"]);
        clocks[0].IsMet.ShouldBeTrue();
        clocks[1].IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void S040_The_clocks_of_a_converted_inquiry_begin_at_the_conversion_only_if_somebody_had_answered(bool answered)
    {
        var situation = new Situation { Rules = Policies.Of(("test", Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""))) }.Do(new Register(Situation.Draft with { Kind = "inquiry" }));
        situation.Now = At(2);
        if (answered)
            situation.Do(new RecordInteraction(Direction.Outbound, "phone"));
        situation.Now = At(3);
        situation.Do(new ConvertToComplaint());
        Of(situation, Objective.Resolution)[^1].Due.ShouldBe(At(answered ? 13 : 10));
    }

    [Fact]
    public void T9_The_order_in_which_facts_are_written_down_does_not_matter()
    {
        var situation = With("""{"objective":"first-response","limit":"2 hours"}""");
        situation.Now = At(3);
        situation.Do(new RecordInteraction(Direction.Outbound, "phone"));
        var late = Complaint.Decide(situation.Complaint, new RecordInteraction(Direction.Outbound, "chat"), situation.Context() with { OccurredAt = At(1), BackdateReason = "Late." });
        Clocks.Project(late.Complaint, situation.Rules).Single().StoppedAt.ShouldBe(At(1));
    }
}
