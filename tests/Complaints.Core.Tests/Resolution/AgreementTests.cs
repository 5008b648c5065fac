using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Resolution;

/// <summary>The customer's yes, and what needs none.</summary>
public sealed class AgreementTests
{
    private static Situation TwoOffers() =>
        Case.Under("""{"objective":"approval","limit":"4 hours"},{"objective":"resolution","limit":"100 hours"}""")
            .Do(new Propose(["exchange"])).Do(new Present(1)).Do(new Propose(["coupon"])).Do(new RequestApproval(2));

    [Theory]
    [InlineData(true, ComplaintState.Executing)]
    [InlineData(false, ComplaintState.Resolved)]
    public void The_customers_yes_is_recorded_while_another_approval_is_open_and_recalls_it(bool execution, ComplaintState to)
    {
        var situation = Case.Under("""{"objective":"approval","limit":"4 hours"}""")
            .Do(new Propose(["exchange"], NeedsExecution: execution)).Do(new Present(1))
            .Do(new Propose(["coupon"])).Do(new RequestApproval(2))
            .Do(new AcceptProposal(1, "phone"));
        situation.Complaint!.State.ShouldBe(to);
        situation.Complaint.Settlement.Proposals.Select(proposal => proposal.Status)
            .ShouldBe([ProposalStatus.Accepted, ProposalStatus.Superseded]);
        situation.Complaint.Settlement.Approvals.Single().Status.ShouldBe(ApprovalStatus.Recalled);
        situation.Verdicts(Objective.Approval).ShouldBe([ClockVerdict.Cancelled]);
    }

    [Fact]
    public void The_same_holds_where_the_customer_had_agreed_before_it_was_approved()
    {
        var situation = TwoOffers().Do(new RequestApproval(1, ConsentGiven: true)).Do(new Approve(2), Situation.Supervisor);
        situation.Complaint!.State.ShouldBe(ComplaintState.Executing);
        situation.Complaint.Settlement.Approvals.Select(approval => approval.Status)
            .ShouldBe([ApprovalStatus.Recalled, ApprovalStatus.Approved]);
        situation.Complaint.Settlement.Confirmation!.Evidence.ShouldBe(Confirmation.ByConsent);
        situation.Verdicts(Objective.Approval).ShouldBe([ClockVerdict.Met, ClockVerdict.Cancelled], ignoreOrder: true);
    }

    [Fact]
    public void What_resolves_still_waits_for_open_work()
    {
        TwoOffers().Try(new LapseConsent("no-answer", "Called.")).Refusal!.Code.ShouldBe("resolve.open_work");
    }

    [Fact]
    public void A_goodwill_that_needs_no_consent_is_told_and_carried_out()
    {
        var situation = Situation.Registered().Do(new Propose(["coupon"], NeedsConsent: false)).Do(new Present(1));
        situation.Complaint!.State.ShouldBe(ComplaintState.Executing);
        situation.Complaint.Settlement.Confirmation.ShouldBeNull("nobody agreed to anything");
        situation.Do(new CompleteRemedy()).Complaint!.Settlement.Outcome.ShouldBe("solved");
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
    }

    [Theory]
    [InlineData(true, ComplaintState.Executing)]
    [InlineData(false, ComplaintState.Proposing)]
    public void A_goodwill_that_was_approved_is_carried_out_or_leads_to_a_resolution(bool execution, ComplaintState to)
    {
        var situation = Situation.Registered().Do(new Propose(["coupon"], NeedsConsent: false, NeedsExecution: execution))
            .Do(new RequestApproval(1)).Do(new Approve(1), Situation.Supervisor);
        situation.Complaint!.State.ShouldBe(to);
        if (execution)
            situation.Do(new CompleteRemedy()).Complaint!.State.ShouldBe(ComplaintState.Resolved);
        else
            situation.Try(new Resolve("apology")).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_goodwill_waits_for_the_other_approvals_and_is_told_afterwards()
    {
        var situation = Situation.Registered().Do(new Propose(["coupon"], NeedsConsent: false)).Do(new Propose(["exchange"]))
            .Do(new RequestApproval(1)).Do(new RequestApproval(2)).Do(new Approve(1), Situation.Supervisor);
        situation.Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval);
        situation.Complaint.Settlement.Proposals[0].Status.ShouldBe(ProposalStatus.Approved);
        situation.Do(new RejectApproval(2, "other", "No."), Situation.Supervisor).Do(new Present(1));
        situation.Complaint!.State.ShouldBe(ComplaintState.Executing);
    }
}
