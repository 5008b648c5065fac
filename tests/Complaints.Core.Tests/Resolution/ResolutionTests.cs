using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Core.Tests.Resolution;

public sealed class ResolutionTests
{
    [Fact]
    public void S091_Closing_needs_evidence_that_the_customer_confirmed()
    {
        var situation = Situation.In(ComplaintState.Resolved);
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
        situation.Do(new ConfirmSolved("mail")).Do(new Close()).Complaint!.Settlement.Confirmation!.Evidence.ShouldBe("mail");
    }

    [Fact]
    public void S093_A_satisfied_visit_confirms()
    {
        var closed = Situation.In(ComplaintState.Resolved).Do(new RecordVisit("phone", Satisfied: true)).Do(new Close()).Complaint!;
        closed.Settlement.Confirmation!.Evidence.ShouldBe(Confirmation.BySatisfiedVisit);
    }

    [Fact]
    public void S093_Silence_after_the_result_notification_confirms_when_the_period_is_over()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(new NotifyResult("phone"));
        situation.Now += Duration.FromDays(7) - Duration.FromMinutes(2);
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
        situation.Now += Duration.FromMinutes(1);
        situation.Do(new Close()).Complaint!.Settlement.Confirmation!.Evidence.ShouldBe(Confirmation.BySilence);
    }

    [Fact]
    public void S094_No_archive_without_a_follow_up_done_or_waived()
    {
        var situation = Situation.In(ComplaintState.Closed);
        situation.Try(new Archive(), Situation.Supervisor).Refusal!.Code.ShouldBe("archive.follow_up_missing");
        situation.Do(new WaiveFollowUp("other", "Not wanted.")).Do(
            new Archive("A-1"), Situation.Supervisor).Complaint!.Progress.ArchivedAt.ShouldNotBeNull();
        situation.Try(new Archive(), Situation.Supervisor).Refusal!.Code.ShouldBe("archive.already");
    }

    [Fact]
    public void S092_The_long_way_from_receipt_to_feedback()
    {
        var situation = Situation.In(ComplaintState.Investigating)
            .Do(new Propose(["exchange"], EstimatedCost: 150))
            .Do(new Present(1)).Do(new RejectProposal(1, "other", "太慢"))
            .Do(new Propose(["compensation"], EstimatedCost: 900));
        situation.Try(new Present(2)).Refusal!.Code.ShouldBe("proposal.needs_approval");
        situation.Do(new RequestApproval(2)).Do(new Approve(1), Situation.Supervisor).Do(new AcceptProposal(2, "signature")).Do(new CompleteRemedy());
        var resolved = situation.Complaint!;
        resolved.State.ShouldBe(ComplaintState.Resolved);
        resolved.Settlement.Outcome.ShouldBe("agreed");
        situation.Do(new NotifyResult("sms")).Do(new Close()).Complaint!.State.ShouldBe(ComplaintState.Closed);
    }

    [Fact]
    public void A_proposal_with_nothing_to_carry_out_is_resolved_by_consent()
    {
        var situation = Situation.Registered().Do(new Propose(["apology"], NeedsExecution: false)).Do(new Present(1));
        situation.Do(new AcceptProposal(1, "phone")).Complaint!.State.ShouldBe(ComplaintState.Resolved);
    }

    [Fact]
    public void The_choice_of_the_customer_that_exceeds_the_authority_is_approved_and_carried_out()
    {
        var situation = Situation.In(ComplaintState.AwaitingConsent).Do(new RequestApproval(1, ConsentGiven: true));
        situation.Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval);
        situation.Do(new Approve(1), Situation.Supervisor).Complaint!.State.ShouldBe(ComplaintState.Executing);
    }

    [Fact]
    public void With_several_proposals_the_most_advanced_counts()
    {
        var situation = Situation.In(ComplaintState.Proposing).Do(new Propose(["coupon"])).Do(new RequestApproval(2)).Do(new Present(1));
        situation.Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
        situation.Do(new RejectProposal(1, "other", "不要")).Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval);
        situation.Do(new RecallApproval(1, "other", "Changed.")).Complaint!.State.ShouldBe(ComplaintState.Proposing);
    }

    [Fact]
    public void X07_An_approver_beyond_the_authority_is_refused()
    {
        var situation = Situation.Registered().Do(new Propose(["compensation"], EstimatedCost: 50_000)).Do(new RequestApproval(1));
        situation.Try(new Approve(1), Situation.Supervisor).Refusal!.Code.ShouldBe("proposal.needs_approval");
        situation.Try(new Approve(1)).Refusal!.Code.ShouldBe("authority.role");
        situation.Do(new Approve(1), Situation.Director).Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
    }

    [Fact]
    public void A_resolution_with_a_live_proposal_is_refused_by_name()
    {
        var refusal = Situation.In(ComplaintState.Proposing).Try(new Resolve("solved")).Refusal!;
        refusal.Code.ShouldBe("resolve.open_work");
        refusal.Message.ShouldContain("proposal/1");
    }

    [Fact]
    public void A_declined_complaint_names_the_competent_body_and_needs_its_answer_before_closing()
    {
        var situation = Situation.Registered().Do(new DecideNotEstablished("declined", "不属于本公司", "市场监管局"));
        situation.Decisions[^1].Events.OfType<NotEstablishedDecided>().Single().ReferredTo!.TryReveal(null, out var body).ShouldBeTrue();
        body.ShouldBe("市场监管局");
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.answer_missing");
        situation.Do(new NotifyResult("letter")).Do(new Close()).Complaint!.State.ShouldBe(ComplaintState.Closed);
    }

    [Fact]
    public void S039_An_inquiry_is_solved_on_the_spot()
    {
        var closed = Situation.Registered(Situation.Draft with { Kind = "inquiry" }).Do(new Resolve("explained", ConfirmedInCall: true)).Do(new Close()).Complaint!;
        closed.State.ShouldBe(ComplaintState.Closed);
        closed.Receipt.Kind.ShouldBe("inquiry");
    }

    [Theory]
    [InlineData(ComplaintState.Registered)]
    [InlineData(ComplaintState.Resolved)]
    public void S040_A_dissatisfied_inquiry_becomes_a_complaint_and_keeps_id_number_and_receipt(ComplaintState state)
    {
        var situation = Situation.Registered(Situation.Draft with { Kind = "inquiry" });
        if (state == ComplaintState.Resolved)
            situation.Do(new Resolve("explained"));
        var before = situation.Complaint!;
        var after = situation.Do(new ConvertToComplaint()).Complaint!;
        after.State.ShouldBe(ComplaintState.Registered);
        (after.Id, after.Number, after.Receipt.ReceivedAt).ShouldBe((before.Id, before.Number, before.Receipt.ReceivedAt));
        after.Receipt.Kind.ShouldBe("complaint");
        situation.Try(new ConvertToComplaint()).Refusal!.Code.ShouldBe("kind.not_inquiry");
    }
}
