using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class HoldTests
{
    [Fact]
    public void X36_The_last_released_hold_returns_to_the_state_before()
    {
        var situation = Situation.In(ComplaintState.Investigating).Do(new PlaceOnHold("parts")).Do(new PlaceOnHold("legal"));
        situation.Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(ComplaintState.OnHold);
        var resumed = situation.Do(new ReleaseHold("legal")).Complaint!;
        resumed.State.ShouldBe(ComplaintState.Investigating);
        resumed.Progress.Holds.ShouldBeEmpty();
        resumed.Progress.ResumesTo.ShouldBeNull();
        Clocks.Project(resumed, situation.Rules).ShouldAllBe(clock => clock.Pauses.Length <= 1, "two holds at once are one pause");
    }

    [Fact]
    public void An_approval_answered_on_hold_moves_the_state_on_resume()
    {
        var situation = Situation.In(ComplaintState.AwaitingApproval).Do(new PlaceOnHold("parts"));
        situation.Do(new Approve(1), Situation.Supervisor).Complaint!.State.ShouldBe(ComplaintState.OnHold);
        situation.Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
    }

    [Fact]
    public void A_refused_approval_on_hold_resumes_to_proposing()
    {
        var situation = Situation.In(ComplaintState.AwaitingApproval).Do(new PlaceOnHold("parts")).Do(
            new RejectApproval(1, "other", "No."), Situation.Supervisor);
        situation.Do(new ReleaseHold("parts")).Complaint!.State.ShouldBe(ComplaintState.Proposing);
    }

    [Theory]
    [InlineData("nonsense", "code.unknown")]
    [InlineData("parts", "hold.already_placed")]
    public void A_wrong_hold_is_refused(string reason, string code) =>
        Situation.In(ComplaintState.OnHold).Try(new PlaceOnHold(reason)).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void Releasing_what_was_not_placed_names_what_was()
    {
        var refusal = Situation.In(ComplaintState.OnHold).Try(new ReleaseHold("legal")).Refusal!;
        refusal.Code.ShouldBe("hold.not_found");
        refusal.Message.ShouldContain("parts");
    }

    [Fact]
    public void Withdrawing_on_hold_ends_the_pause_and_recalls_approvals()
    {
        var withdrawn = Situation.In(ComplaintState.AwaitingApproval).Do(new PlaceOnHold("parts")).Do(
            new Withdraw("other", "不投诉了")).Complaint!;
        withdrawn.State.ShouldBe(ComplaintState.Withdrawn);
        withdrawn.Clocks.Pauses[^1].To.ShouldNotBeNull();
        withdrawn.Settlement.Approvals.ShouldAllBe(approval => approval.Status == ApprovalStatus.Recalled);
    }

    [Fact]
    public void X05_A_closed_complaint_reopens_inside_its_window_only()
    {
        var reopened = Situation.In(ComplaintState.Closed).After(Duration.FromDays(29)).Do(new Reopen("other", "Again.")).Complaint!;
        reopened.State.ShouldBe(ComplaintState.Investigating);
        reopened.Progress.Round.ShouldBe(2);
        Situation.In(ComplaintState.Closed).After(Duration.FromDays(30)).Try(new Reopen("other", "Again.")).Refusal!.Code.ShouldBe(
            "reopen.window_over");
    }

    [Fact]
    public void X25_A_review_is_decided_by_somebody_who_decided_nothing()
    {
        var situation = Situation.In(ComplaintState.NotEstablished);
        situation.Try(new GrantReview("amy"), Situation.Supervisor).Refusal!.Code.ShouldBe("review.not_independent");
        var reviewed = situation.Do(new GrantReview("rita"), Situation.Supervisor).Complaint!;
        reviewed.Progress.Stage.ShouldBe(2);
        reviewed.Responsibility.Owner.ShouldBe("rita");
        situation.Do(new Resolve("solved"), new Actor("rita", Role.Agent)).Try(new GrantReview("otto"), Situation.Supervisor).Refusal!.Code.ShouldBe("review.already_reviewed");
    }

    [Fact]
    public void Merging_needs_another_complaint_that_is_still_open()
    {
        var situation = Situation.Registered();
        var merge = new Merge(Situation.IdOf(9), "other", "Same.");
        var other = Situation.In(ComplaintState.Closed).Complaint! with { Id = Situation.IdOf(9) };
        Complaint.Decide(situation.Complaint, merge, situation.Context()).Refusal!.Code.ShouldBe("merge.target_missing");
        Complaint.Decide(situation.Complaint, merge, situation.Context() with { Referred = other }).Refusal!.Code.ShouldBe("merge.target_ended");
        situation.Try(new Merge(situation.Complaint!.Id, "other", "Same.")).Refusal!.Code.ShouldBe("merge.self");
    }
}
