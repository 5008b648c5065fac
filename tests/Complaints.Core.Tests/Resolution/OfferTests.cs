using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Resolution;

/// <summary>What becomes of each of several offers, and what approval and consent come to together.</summary>
public sealed class OfferTests
{
    [Fact]
    public void The_accepted_offer_supersedes_the_live_ones_and_no_other()
    {
        var agreed = Several().Do(new AcceptProposal(2, "phone", "rec-7")).Complaint!;
        Statuses(agreed).ShouldBe([ProposalStatus.Rejected, ProposalStatus.Accepted, ProposalStatus.Superseded]);
        agreed.Settlement.Proposals.Select(proposal => proposal.ConsentGiven).ShouldBe([false, true, false]);
        (agreed.State, agreed.Settlement.Confirmation!.Evidence).ShouldBe((ComplaintState.Executing, Confirmation.ByConsent));
    }

    [Fact]
    public void Carrying_it_out_or_failing_to_touches_the_accepted_one_only()
    {
        Statuses(Several().Do(new AcceptProposal(2, "phone")).Do(new CompleteRemedy()).Complaint!)
            .ShouldBe([ProposalStatus.Rejected, ProposalStatus.Executed, ProposalStatus.Superseded]);
        Statuses(Several().Do(new AcceptProposal(2, "phone")).Do(new FailRemedy("other", "Out of stock.")).Complaint!)
            .ShouldBe([ProposalStatus.Rejected, ProposalStatus.Failed, ProposalStatus.Superseded]);
    }

    [Fact]
    public void A_lapse_supersedes_the_live_ones_and_no_other()
    {
        var lapsed = Several().Do(new LapseConsent("no-answer", "Called three times.")).Complaint!;
        Statuses(lapsed).ShouldBe([ProposalStatus.Rejected, ProposalStatus.Superseded, ProposalStatus.Superseded]);
        (lapsed.State, lapsed.Settlement.Outcome).ShouldBe((ComplaintState.Resolved, "no-answer"));
    }

    [Fact]
    public void A_rejected_offer_leaves_the_others_before_the_customer_then_with_the_approver_then_to_be_made()
    {
        var situation = Offered(3).Do(new Present(1)).Do(new Present(2)).Do(new RequestApproval(3));
        situation.Do(new RejectProposal(1, "other", "不要")).Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
        situation.Do(new RejectProposal(2, "other", "不要")).Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval);
        situation.Do(new RejectApproval(1, "other", "No."), Situation.Supervisor).Complaint!.State.ShouldBe(ComplaintState.Proposing);
        Offered(1).Do(new Present(1)).Do(new RejectProposal(1, "other", "不要")).Complaint!.State.ShouldBe(ComplaintState.Proposing);
    }

    [Fact]
    public void Consent_to_what_needs_nothing_done_resolves_and_does_not_count_as_telling_the_result()
    {
        var situation = Situation.Registered().Do(new Propose(["apology"], NeedsExecution: false)).Do(new Present(1));
        var resolved = situation.Do(new AcceptProposal(1, "phone")).Complaint!;
        IsAgreedAndNotTold(situation, resolved);
    }

    [Fact]
    public void Approval_after_consent_agrees_and_resolves_where_nothing_is_to_be_done()
    {
        var situation = Situation.Registered().Do(new Propose(["apology"], NeedsExecution: false)).Do(new Present(1))
            .Do(new RequestApproval(1, ConsentGiven: true));
        var resolved = situation.Do(new Approve(1), Situation.Supervisor).Complaint!;
        IsAgreedAndNotTold(situation, resolved);
        Statuses(resolved).ShouldBe([ProposalStatus.Accepted]);
    }

    [Fact]
    public void Approval_before_consent_puts_it_before_the_customer()
    {
        var approved = Situation.In(ComplaintState.AwaitingApproval).Do(new Approve(1), Situation.Supervisor).Complaint!;
        Statuses(approved).ShouldBe([ProposalStatus.Presented]);
        approved.Settlement.Confirmation.ShouldBeNull();
    }

    [Theory]
    [InlineData(false, false, null)]
    [InlineData(true, false, "resolve.open_work")]
    [InlineData(false, true, "resolve.open_work")]
    public void What_needs_neither_consent_nor_work_hinders_no_resolution(bool needsConsent, bool needsExecution, string? code)
    {
        var situation = Situation.Registered().Do(new Propose(["apology"], NeedsConsent: needsConsent, NeedsExecution: needsExecution));
        situation.Try(new Resolve("solved")).Refusal?.Code.ShouldBe(code);
        (situation.Try(new Resolve("solved")).Refusal is null).ShouldBe(code is null);
    }

    [Fact]
    public void X07_A_cost_of_exactly_the_authority_needs_no_approval_and_a_cent_more_does()
    {
        var limit = Situation.Registered().Rules.Settings.AuthorityOf(Situation.Agent);
        Situation.Registered().Do(new Propose(["compensation"], EstimatedCost: limit)).Try(new Present(1)).Refusal.ShouldBeNull();
        Situation.Registered().Do(new Propose(["compensation"], EstimatedCost: limit + 0.01m)).Try(new Present(1)).Refusal!.Code
            .ShouldBe("proposal.needs_approval");
    }

    [Fact]
    public void What_is_not_there_or_not_in_its_turn_is_told_with_what_there_is()
    {
        var refusal = Several().Try(new AcceptProposal(9, "phone")).Refusal!;
        (refusal.Code, refusal.Data["known"]).ShouldBe(("proposal.not_found", "1, 2, 3"));
        Several().Try(new AcceptProposal(1, "phone")).Refusal!.Code.ShouldBe("proposal.wrong_state");
        Several().Try(new AcceptProposal(3, "phone")).Refusal!.Code.ShouldBe("proposal.wrong_state");
        var approval = Situation.In(ComplaintState.AwaitingApproval);
        approval.Try(new Approve(7), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.not_found");
        approval.Try(new Approve(1), new Actor("amy", Role.Supervisor)).Refusal!.Code.ShouldBe("approval.own_request");
        approval.Try(new RecallApproval(1, "other", "Changed."), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.not_requester");
    }

    [Fact]
    public void Who_asked_on_somebodys_behalf_and_that_person_may_take_it_back_and_neither_approves_it()
    {
        var situation = Situation.In(ComplaintState.Proposing)
            .Do(new RequestApproval(1), new Actor("ann", Role.Agent) { OnBehalfOf = "bea" });
        foreach (var id in (string[])["ann", "bea"])
        {
            situation.Try(new RecallApproval(1, "other", "Changed."), new Actor(id, Role.Agent)).Refusal.ShouldBeNull(id);
            situation.Try(new Approve(1), new Actor(id, Role.Supervisor)).Refusal!.Code.ShouldBe("approval.own_request", id);
        }
        situation.Try(new RecallApproval(1, "other", "Changed."), new Actor("cai", Role.Agent)).Refusal!.Code.ShouldBe(
            "approval.not_requester");
        situation.Try(new Approve(1), Situation.Supervisor).Refusal.ShouldBeNull("control");
    }

    [Fact]
    public void Nothing_is_answered_where_nothing_is_pending()
    {
        var situation = Situation.In(ComplaintState.AwaitingConsent);
        situation.Try(new RecallApproval(1, "other", "Changed.")).Refusal!.Code.ShouldBe("approval.none_pending");
        situation.Try(new Approve(1), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.none_pending");
    }

    [Fact]
    public void A_decider_is_remembered_once()
    {
        var situation = Situation.In(ComplaintState.AwaitingApproval).Do(new RejectApproval(1, "other", "No."), Situation.Supervisor)
            .Do(new Propose(["coupon"])).Do(new RequestApproval(2)).Do(new Approve(2), Situation.Supervisor);
        situation.Complaint!.Settlement.Deciders.Count(id => id == Situation.Supervisor.Id).ShouldBe(1);
    }

    [Fact]
    public void The_result_was_told_when_it_was_first_told()
    {
        var situation = Situation.In(ComplaintState.Resolved);
        var first = situation.Now;
        situation.Do(new NotifyResult("sms")).Do(new NotifyResult("phone"));
        situation.Complaint!.Settlement.NotifiedAt.ShouldBe(first);
    }

    [Fact]
    public void Closing_keeps_the_first_confirmation_and_dates_its_own()
    {
        var confirmed = Situation.In(ComplaintState.Resolved);
        var at = confirmed.Now;
        confirmed.Do(new ConfirmSolved("mail")).Do(new Close());
        confirmed.Complaint!.Settlement.Confirmation.ShouldBe(new Confirmation("mail", at));

        var visited = Situation.In(ComplaintState.Resolved).Do(new Core.FollowUp.RecordVisit("phone", Satisfied: true));
        var closed = visited.Now;
        visited.Do(new Close());
        visited.Complaint!.Settlement.Confirmation.ShouldBe(new Confirmation(Confirmation.BySatisfiedVisit, closed));

        var declined = Situation.In(ComplaintState.NotEstablished).Do(new NotifyResult("letter")).Do(new Close());
        declined.Complaint!.Settlement.Confirmation.ShouldBeNull();
    }

    private static Situation Offered(int offers)
    {
        var situation = Situation.Registered();
        foreach (var remedy in ((string[])["exchange", "coupon", "apology"])[..offers])
            situation.Do(new Propose([remedy]));
        return situation;
    }

    /// <summary>One is rejected, one lies before the customer, one is only drafted.</summary>
    private static Situation Several() => Offered(3).Do(new Present(1)).Do(new Present(2)).Do(new RejectProposal(1, "other", "太慢"));

    private static IEnumerable<ProposalStatus> Statuses(Complaint complaint) =>
        complaint.Settlement.Proposals.Select(proposal => proposal.Status);

    private static void IsAgreedAndNotTold(Situation situation, Complaint resolved)
    {
        (resolved.State, resolved.Settlement.Outcome).ShouldBe((ComplaintState.Resolved, "agreed"));
        resolved.Settlement.Confirmation!.Evidence.ShouldBe(Confirmation.ByConsent);
        resolved.Settlement.ResolvedAt.ShouldNotBeNull();
        resolved.Settlement.NotifiedAt.ShouldBeNull();
        situation.Decisions[^1].Events.OfType<ComplaintResolved>().Single().ConfirmedInCall.ShouldBeFalse();
    }
}
