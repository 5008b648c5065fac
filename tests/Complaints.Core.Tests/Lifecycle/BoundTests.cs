using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>The last moment at which a step is possible, the first at which it is not, and what a merge takes over.</summary>
public sealed class BoundTests
{
    [Fact]
    public void The_window_for_reopening_ends_at_its_last_instant()
    {
        var situation = Situation.In(ComplaintState.Closed);
        var over = situation.Complaint!.Progress.EndedAt!.Value + Duration.FromDays(situation.Rules.Settings.ReopenWindowDays);
        situation.Now = over;
        situation.Try(new Reopen("other", "Again.")).Refusal!.Code.ShouldBe("reopen.window_over");
        situation.Now = over - Duration.FromTicks(10);
        situation.Try(new Reopen("other", "Again.")).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X36_A_hold_may_be_released_at_the_instant_at_which_it_began()
    {
        var situation = Situation.Registered();
        var began = situation.Now;
        situation.Do(new PlaceOnHold("parts"));
        situation.Now = began;
        situation.Try(new ReleaseHold("parts")).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X36_A_hold_may_begin_after_the_last_resume_and_at_it_and_not_before()
    {
        var situation = Situation.Registered().Do(new PlaceOnHold("parts")).At(2).Do(new ReleaseHold("parts")).At(5);
        Placed(3).ShouldBeNull();
        Placed(2).ShouldBeNull();
        Placed(1.9).ShouldBe("time.before_resume");

        string? Placed(double hours) => Complaint.Decide(
            situation.Complaint, new PlaceOnHold("legal"), situation.Context() with { OccurredAt = At(hours), BackdateReason = "late" })
            .Refusal?.Code;
    }

    [Fact]
    public void Backdating_reaches_the_receipt_and_the_tenants_bound_and_no_further()
    {
        var early = Situation.Registered().At(5);
        var receipt = early.Complaint!.Receipt.ReceivedAt;
        Backdated(early, receipt).ShouldBeNull();
        Backdated(early, receipt - Duration.FromTicks(10)).ShouldBe("time.before_receipt");
        var late = Situation.Registered().After(Duration.FromDays(90));
        var bound = late.Now - Duration.FromDays(late.Rules.Settings.MaxBackdateDays);
        Backdated(late, bound).ShouldBeNull();
        Backdated(late, bound - Duration.FromTicks(10)).ShouldBe("time.too_far_back");
        Backdated(late, late.Now + Duration.FromTicks(10)).ShouldBe("time.in_future");
        Backdated(late, bound, reason: null).ShouldBe("time.reason_required");
        Backdated(late, late.Now, reason: null).ShouldBeNull("now is not late");

        static string? Backdated(Situation situation, Instant occurred, string? reason = "late") => Complaint.Decide(
            situation.Complaint, new AddNote("seen"), situation.Context() with { OccurredAt = occurred, BackdateReason = reason })
            .Refusal?.Code;
    }

    [Fact]
    public void A_review_begins_the_next_round_in_the_second_stage_with_its_reviewer()
    {
        var situation = Situation.In(ComplaintState.Closed);
        var round = situation.Complaint!.Progress.Round;
        var reviewed = situation.Do(new GrantReview("rita"), Situation.Supervisor).Complaint!;
        (reviewed.Progress.Round, reviewed.Progress.Stage, reviewed.Responsibility.Owner).ShouldBe((round + 1, 2, "rita"));
    }

    [Theory]
    [InlineData(ComplaintState.AwaitingConsent, ComplaintState.AwaitingConsent)]
    [InlineData(ComplaintState.AwaitingApproval, ComplaintState.AwaitingApproval)]
    [InlineData(ComplaintState.Proposing, ComplaintState.Proposing)]
    [InlineData(ComplaintState.Executing, ComplaintState.Executing)]
    public void X36_A_hold_in_which_nothing_was_answered_resumes_to_where_it_was(ComplaintState before, ComplaintState after) =>
        Situation.In(before).Do(new PlaceOnHold("parts")).Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(after);

    [Fact]
    public void X36_What_was_agreed_during_a_hold_is_carried_out_after_it()
    {
        var situation = Situation.In(ComplaintState.AwaitingConsent).Do(new RequestApproval(1, ConsentGiven: true))
            .Do(new PlaceOnHold("parts")).Do(new Approve(1), Situation.Supervisor);
        situation.Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(ComplaintState.Executing);
    }

    [Fact]
    public void X36_With_one_offer_rejected_and_one_presented_it_resumes_to_the_one_presented()
    {
        var situation = Situation.In(ComplaintState.AwaitingConsent).Do(new Propose(["coupon"])).Do(new Present(2))
            .Do(new RejectProposal(1, "other", "不要")).Do(new PlaceOnHold("parts"));
        situation.Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
    }

    [Fact]
    public void T15_A_survivor_on_hold_takes_over_holds_for_other_reasons_and_the_earlier_receipt()
    {
        var (survivor, absorbed) = Absorbed(other => other.At(20.5).Do(new PlaceOnHold("legal")));
        survivor.State.ShouldBe(ComplaintState.OnHold);
        survivor.Progress.Holds.Select(hold => hold.Reason).ShouldBe(["legal", "parts"], ignoreOrder: true);
        survivor.Progress.ResumesTo.ShouldBe(ComplaintState.Registered);
        absorbed.ReceivedAt.ShouldBe(At(0));
        Absorbed(other => other.At(20.5).Do(new PlaceOnHold("parts"))).Survivor.Progress.Holds.Length.ShouldBe(1);
    }

    [Fact]
    public void T15_A_survivor_that_is_resolved_waits_for_nothing_and_counts_from_its_own_receipt()
    {
        var (survivor, absorbed) = Absorbed(other => other, afterwards: other => other.Do(new Resolve("solved")));
        survivor.State.ShouldBe(ComplaintState.Resolved);
        (absorbed.ReceivedAt, absorbed.Holds.IsEmpty).ShouldBe((null, true));
    }

    [Fact]
    public void T15_What_moves_over_is_numbered_behind_what_the_survivor_has()
    {
        var (_, absorbed) = Absorbed(other => other.Do(new AgreeDeadline(At(70))).Do(new MakeCommitment("We write.", At(60))));
        absorbed.Agreed.Select(agreed => agreed.Number).ShouldBe([2]);
        absorbed.Commitments.Select(commitment => commitment.Number).ShouldBe([2]);
    }

    /// <summary>A complaint of hour 0 that waits, with a deadline agreed and a promise made, merged into one of hour 20.</summary>
    private static (Complaint Survivor, MergedAbsorbed Absorbed) Absorbed(
        Func<Situation, Situation> before, Func<Situation, Situation>? afterwards = null)
    {
        var merged = With(TenHours).At(1).Do(new AgreeDeadline(At(90))).Do(new MakeCommitment("We call back.", At(80)))
            .At(2).Do(new PlaceOnHold("parts"));
        var survivor = new Situation { Rules = merged.Rules };
        survivor.At(20).Do(new Register(Situation.Draft with { ExternalRef = new("web", "2") }));
        before(survivor);
        merged.At(21).Do(new Merge(Situation.IdOf(9), "other", "The same delivery."),
            referred: survivor.Complaint! with { Id = Situation.IdOf(9) });
        afterwards?.Invoke(survivor);
        survivor.At(22).Do(new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint);
        return (survivor.Complaint!, survivor.Decisions[^1].Events.OfType<MergedAbsorbed>().Single());
    }
}
