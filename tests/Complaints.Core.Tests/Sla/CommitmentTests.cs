using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class CommitmentTests
{
    [Fact]
    public void S023_A_commitment_has_a_clock_of_its_own_that_nothing_moves_and_keeping_it_in_time_meets_it()
    {
        var situation = With(TenHours).At(1).Do(new MakeCommitment("We call back.", At(5), "ben")).Do(new MakeCommitment("We send a part.", At(30))).At(2).Do(new PlaceOnHold("parts"));
        Of(situation, Objective.Commitment).Select(clock => (clock.Id, clock.Due)).ShouldBe([("commitment/1@commitment/1", At(5)), ("commitment/1@commitment/2", At(30))]);
        situation.Complaint!.Clocks.Commitments.Select(commitment => commitment.Owner).ShouldBe(["ben", "amy"]);
        situation.At(4).Do(new SettleCommitment(1));
        situation.Complaint!.Clocks.Results.Single().ShouldSatisfyAllConditions(
            result => result.Clock.ShouldBe("commitment/1@commitment/1"),
            result => result.Verdict.ShouldBe(ClockVerdict.Met));
        situation.At(40).Do(new FireClocks(), Actor.System);
        situation.Complaint!.Clocks.Results[^1].ShouldSatisfyAllConditions(
            result => result.Clock.ShouldBe("commitment/1@commitment/2"),
            result => result.Verdict.ShouldBe(ClockVerdict.Breached));
    }

    [Fact]
    public void T19_S023_A_commitment_outlives_the_resolution_and_is_taken_back_only_with_a_reason()
    {
        var situation = With(TenHours).At(1).Do(new MakeCommitment("We send a coupon.", At(50))).At(2).Do(new Resolve("solved"));
        Of(situation, Objective.Commitment).Single().IsRunning.ShouldBeTrue("the customer still waits for it");
        situation.Try(new SettleCommitment(1, Kept: false)).Refusal!.Code.ShouldBe("text.required");
        situation.At(3).Do(new SettleCommitment(1, Kept: false, "The customer does not want it."));
        situation.Complaint!.Clocks.Results[^1].ShouldSatisfyAllConditions(
            result => result.Verdict.ShouldBe(ClockVerdict.Cancelled),
            result => result.Reason.ShouldBe("superseded"));
        situation.Try(new SettleCommitment(1)).Refusal!.Code.ShouldBe("commitment.none_open");
        situation.Try(new MakeCommitment("Yesterday.", At(1))).Refusal!.Code.ShouldBe("time.not_in_future");
    }

    [Theory]
    [InlineData("remind")]
    [InlineData("offer-to-close")]
    [InlineData("escalate")]
    public void X36_A_hold_that_lasts_longer_than_its_ceiling_tells_somebody_once_and_never_closes(string then)
    {
        var reasons = $$"""{"items":[{"code":"parts","label":{"en":"Parts","zh":"待配件"},"ceiling":{"after":"20 hours","then":"{{then}}","role":"supervisor"} }]}""";
        var situation = new Situation
        {
            Rules = Policies.Of([Policies.Define(LifecycleDefinitions.HoldReasons.Name, "default", 2, reasons)],
                ("test", Policies.Json(TenHours))),
        }.Do(new Register(Situation.Draft)).At(1).Do(new PlaceOnHold("parts"));
        Clocks.NextDue(Clocks.Project(situation.Complaint!, situation.Rules)).ShouldBe(At(21), "the queue shows when somebody must look again");
        situation.At(20).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due");
        situation.At(22).Do(new FireClocks(), Actor.System);
        var events = situation.Decisions[^1].Events;
        if (then == "escalate")
            events.OfType<ComplaintEscalated>().Single().ShouldSatisfyAllConditions(escalated => escalated.Level.ShouldBe(1), escalated => escalated.Role.ShouldBe("supervisor"));
        else
            events.OfType<ClockWarned>().Single().ShouldSatisfyAllConditions(warned => warned.Step.ShouldBe(then), warned => warned.Fate.ShouldBe(StepFate.Fired));
        situation.At(60).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due");
        situation.Complaint!.State.ShouldBe(ComplaintState.OnHold);
        situation.Complaint.Clocks.Results.ShouldBeEmpty("a reminder is no deadline");
        situation.Do(new ReleaseHold("parts")).Do(new PlaceOnHold("parts"));
        Of(situation, Objective.Hold).Single().Id.ShouldBe("hold/1/2@hold/parts", "the next hold is reminded of again");
    }

    [Fact]
    public void X36_A_hold_begins_neither_before_the_last_resume_nor_in_the_future()
    {
        var situation = With(TenHours).At(1).Do(new PlaceOnHold("parts")).At(3).Do(new ReleaseHold("parts")).At(8);
        string? Placed(double at) => Complaint.Decide(situation.Complaint, new PlaceOnHold("legal"), situation.Context() with { OccurredAt = At(at), BackdateReason = "Late." }).Refusal?.Code;
        Placed(2).ShouldBe("time.before_resume");
        Placed(-1).ShouldBe("time.before_receipt");
        Placed(9).ShouldBe("time.in_future");
        Placed(4).ShouldBeNull();
    }

    [Fact]
    public void S101_T13_An_assigned_customer_is_contacted_within_a_week_of_the_first_assignment_and_later_hand_overs_start_nothing()
    {
        var situation = With("""{"objective":"first-contact","limit":"7 days"}""");
        Of(situation, Objective.FirstContact).ShouldBeEmpty("nobody answers for it yet");
        situation.At(5).Do(new Core.Assignment.HandOver("ben", null, "other", "His customer.")).At(30).Do(
            new Core.Assignment.HandOver("amy", null, "other", "Ben is ill."));
        var clock = Of(situation, Objective.FirstContact).ShouldHaveSingleItem();
        clock.StartedAt.ShouldBe(At(5));
        situation.At(50).Do(new RecordInteraction(Direction.Outbound, "phone"));
        situation.Complaint!.Clocks.Results.Single().Verdict.ShouldBe(ClockVerdict.Met);
        situation.At(60).Do(new Core.Assignment.HandOver("ben", null, "other", "Well again."));
        Of(situation, Objective.FirstContact).ShouldHaveSingleItem();
    }
}
