using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>S019, S020: what a gate asks for can be waived by an approval, never silently, and only what was missing when it was asked
/// for.</summary>
public sealed class WaiverTests
{
    private static readonly RequestWaiver Ask = new("start-investigation", "The customer is in hospital.");

    private const string Started = """{"before":"start-investigation","needs":["check:understanding/matter","points-judged"]}""";

    private static Situation Gated(string row = Started) =>
        new Situation
        {
            Rules = Rulebook.From([new(TenantId.Default, "gates", "default", 2, $$"""{"rows":[{{row}}]}""", default, "test")]),
        }.Do(new Register(Situation.Draft));

    [Fact]
    public void S019_A_gate_opens_once_somebody_else_has_approved_it_and_that_is_kept()
    {
        var situation = Gated();
        situation.Try(new StartInvestigation()).Refusal!.Code.ShouldBe("gate.missing");
        situation.Do(Ask);
        situation.Try(new StartInvestigation()).Refusal!.Code.ShouldBe("gate.missing", "asked for is not granted");
        situation.Try(new Approve(1)).Refusal!.Code.ShouldBe("authority.role", "not by an agent");
        situation.Do(new Approve(1, "Seen."), Situation.Supervisor);
        situation.Complaint!.State.ShouldBe(ComplaintState.Registered, "no state moves by it");
        situation.Do(new StartInvestigation()).Complaint!.State.ShouldBe(ComplaintState.Investigating);

        var waiver = situation.Complaint.Settlement.Waivers.ShouldHaveSingleItem();
        (waiver.Number, waiver.Before, waiver.Status, waiver.RequestedBy, waiver.AnsweredBy).ShouldBe(
            (1, "start-investigation", ApprovalStatus.Approved, "amy", "sun"));
        waiver.Needs.ShouldBe(["check:understanding/matter", "points-judged"]);
        ComplaintSummary.Of(situation.Complaint, []).Measures.ShouldContain(new Measure(Measures.Waived, null, 1));
        var zh = new Wording(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"));
        SubjectWords.Of(situation.Complaint, new("approval", "1"), situation.Rules, zh).ShouldStartWith("1. 豁免 · 开始调查 · ");
        SubjectWords.Of(situation.Complaint, new("approval", "1"), situation.Rules, zh).ShouldEndWith("已批准");
    }

    [Fact]
    public void S019_Only_what_was_missing_then_is_waived_and_only_in_that_round()
    {
        var situation = Gated("""
            {"before":"propose","needs":["points-judged"]},
            {"before":"propose","needs":["cause"],"when":{"categories":["product"]}}
            """);
        situation.Do(Ask with { Before = "propose" }).Do(new Approve(1), Situation.Supervisor);
        situation.Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
        situation.Do(new Core.Classification.Classify("product", "unstable", Reason: "new-facts"));
        situation.Try(new Propose(["exchange"])).Refusal!.Data["value"]!.ToString().ShouldNotContain("judged", Case.Insensitive);
        situation.Do(new Resolve("solved")).Do(new Reopen("new-facts"));
        situation.Complaint!.Settlement.Waivers.ShouldBeEmpty();
        situation.Try(new Propose(["exchange"])).Refusal!.Code.ShouldBe("gate.missing");
        situation.Do(Ask with { Before = "propose" }).Complaint!.Settlement.Waivers.ShouldHaveSingleItem().Number.ShouldBe(2);
    }

    [Fact]
    public void S019_Four_eyes_and_every_wrong_request_or_answer_is_refused()
    {
        var situation = Gated();
        situation.Try(new Approve(1), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.none_pending");
        situation.Try(Ask with { Before = "close" }).Refusal!.Code.ShouldBe("code.unknown", "no gate stands there");
        situation.Try(Ask with { Reason = " " }).Refusal!.Code.ShouldBe("text.required");
        situation.Try(Ask with { Reason = new string('x', 20_000) }).Refusal!.Code.ShouldBe("text.too_long");
        situation.Try(Ask, Situation.Administrator).Refusal!.Code.ShouldBe("authority.role");
        situation.Do(Ask, Situation.Supervisor);
        situation.Try(Ask).Refusal!.Code.ShouldBe("waiver.pending");
        situation.Try(new Approve(1), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.own_request");
        situation.Complaint!.PermittedCommands(situation.Context(Situation.Supervisor))
            .Single(command => command is { Name.Value: "approve", Subject.Key: "1" }).Refusal!.Code.ShouldBe("approval.own_request");
        situation.Try(new Approve(2), Situation.Director).Refusal!.Code.ShouldBe("approval.not_found");
        situation.Try(new RecallApproval(1, "changed")).Refusal!.Code.ShouldBe("approval.not_requester");

        situation.Do(new RejectApproval(1, "other", "Ask the customer."), Situation.Director);
        situation.Try(new StartInvestigation()).Refusal!.Code.ShouldBe("gate.missing");
        situation.Do(Ask).Do(new RecallApproval(2, "changed")).Try(new Approve(2), Situation.Supervisor).Refusal!.Code
            .ShouldBe("approval.none_pending");
        situation.Complaint!.Settlement.Waivers.Select(waiver => waiver.Status)
            .ShouldBe([ApprovalStatus.Rejected, ApprovalStatus.Recalled]);
        const string Met = """{"before":"propose","needs":["no-dissatisfied"]}""";
        Gated($"{Met},{Started}").Try(Ask with { Before = "propose" }).Refusal!.Code.ShouldBe("waiver.nothing_missing");
        Gated(Met).Try(Ask with { Before = "propose" }).Refusal!.Code.ShouldBe("waiver.none");
        var fine = Gated(Met);
        fine.Complaint!.PermittedCommands(fine.Context(Situation.Supervisor))
            .Single(command => command.Name.Value == "request-waiver").Refusal!.Code.ShouldBe("waiver.none", "as announced");
    }

    [Fact]
    public void S019_It_stands_beside_approvals_of_proposals_with_its_clock_and_work_of_its_own()
    {
        var situation = Gated("""{"before":"present","needs":["cause"]}""").Do(new Propose(["exchange"])).Do(new RequestApproval(1))
            .Do(Ask with { Before = "present" });
        situation.Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval);
        var work = WorkProjection.Of(situation.Complaint, Clocks.Project(situation.Complaint, situation.Rules), situation.Rules);
        work.Where(row => row.Work == "approve").Select(row => row.Subject!.Value.ToString())
            .ShouldBe(["approval/1", "approval/2"], ignoreOrder: true);
        situation.Complaint.Clocks.Facts.ShouldContain(fact => fact.Kind == FactKind.ApprovalRequested && fact.Subject == "approval/2");
        situation.Do(new Approve(2), Situation.Supervisor);
        situation.Complaint!.State.ShouldBe(ComplaintState.AwaitingApproval, "the proposal waits on");
        situation.Do(new Approve(1), Situation.Supervisor).Complaint!.State.ShouldBe(ComplaintState.AwaitingConsent);
        situation.Complaint!.Settlement.Waivers.ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Approved);

        var ended = Gated().Do(Ask).Do(new Withdraw("other", "Found it."));
        ended.Complaint!.Settlement.Waivers.ShouldHaveSingleItem().Status.ShouldBe(ApprovalStatus.Recalled);
        System.Text.Encoding.UTF8.GetString(History.Sealed.Commits(Situation.Registered())[^1].State.Span).ShouldNotContain("waivers");
    }
}
