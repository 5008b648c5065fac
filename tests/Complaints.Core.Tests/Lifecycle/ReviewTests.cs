using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;
using NodaTime;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>The second stage, from the request of the customer to its outcome beside the first.</summary>
public sealed class ReviewTests
{
    private static readonly RequestReview Asks = new("phone");

    private static readonly Rulebook Housing = Rulebook.From(
    [
        .. new[] { "uk-housing", "uk-housing.stage-2" }.Select(preset =>
            new Definition(TenantId.Default, SlaDefinitions.Policies.Name, preset, 1, PolicyPresets.Json(preset), default, "test")),
        new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, "default", 2, Case.Office, default, "test"),
    ]);

    [Fact]
    public void X25_On_the_housing_preset_the_request_starts_the_acknowledgement_and_that_the_reply()
    {
        var situation = new Situation { Rules = Housing }.Do(new Register(Situation.Draft)).Do(new Acknowledge())
            .Do(new Resolve("solved")).Do(new NotifyResult("email"));
        // A Tuesday in the morning, before the office opens.
        situation.Now = Instant.FromUtc(2026, 9, 8, 8, 0);
        situation.Do(Asks);
        situation.Complaint!.State.ShouldBe(ComplaintState.Resolved);
        situation.Complaint.Clocks.Policy!.Value.Id.ShouldBe("uk-housing.stage-2");
        var acknowledgement = situation.Clock(Objective.Acknowledgement);
        (acknowledgement.Id, acknowledgement.StartedAt, acknowledgement.Due)
            .ShouldBe(("acknowledgement/2", Instant.FromUtc(2026, 9, 8, 8, 0), Instant.FromUtc(2026, 9, 15, 17, 0)));
        Open(situation).ShouldBe(["acknowledgement/2"], "the reply waits for it");

        situation.Now = Instant.FromUtc(2026, 9, 10, 10, 0);
        situation.Do(new Acknowledge());
        situation.Verdicts("acknowledgement/2").ShouldBe([ClockVerdict.Met]);
        situation.Clock(Objective.FinalReply).Due.ShouldBe(Instant.FromUtc(2026, 10, 8, 17, 0), "20 working days after Thursday 10");
        situation.Do(new GrantReview("rita"), Situation.Supervisor);
        Open(situation).ShouldBe(["final-reply/2", "final-reply-extended/2"], "the grant moves nothing");
        situation.Try(new Acknowledge()).Refusal!.Code.ShouldBe("acknowledge.already");
    }

    [Fact]
    public void X25_Elsewhere_the_reply_counts_from_the_request()
    {
        var situation = Case.Under("""{"objective":"final-reply","limit":"10 hours"},{"objective":"resolution","limit":"20 hours"}""")
            .Do(new Resolve("solved")).Do(new NotifyResult("email")).At(5).Do(Asks);
        situation.Clock(Objective.FinalReply).Due.ShouldBe(Case.Hour(15));
        situation.At(7).Do(new GrantReview("rita"), Situation.Supervisor);
        situation.Clock(Objective.FinalReply).Due.ShouldBe(Case.Hour(15));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(25));
        Clocks.Project(situation.Complaint!, situation.Rules).Count(clock => clock.Objective == Objective.Resolution).ShouldBe(2);
    }

    [Fact]
    public void X25_A_review_that_nobody_asked_for_is_asked_for_when_it_is_granted()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(new GrantReview("rita"), Situation.Supervisor);
        situation.Decisions[^1].Events.Select(happened => happened.GetType().Name).ShouldContain("ReviewRequested");
        situation.Complaint!.Progress.ShouldSatisfyAllConditions(
            progress => progress.Round.ShouldBe(2), progress => progress.Stage.ShouldBe(2), progress => progress.Review.ShouldBeNull());
        situation.Clock(Objective.Resolution).Round.ShouldBe(2);
    }

    [Theory]
    [InlineData(ComplaintState.Resolved)]
    [InlineData(ComplaintState.NotEstablished)]
    [InlineData(ComplaintState.Closed)]
    public void X25_It_is_acknowledged_once_a_round_wherever_the_case_stands(ComplaintState state)
    {
        var situation = Situation.In(state);
        situation.Do(new NotifyResult("email"));
        situation.Try(new Acknowledge()).Refusal!.Code.ShouldBe("acknowledge.answered", "the first round was answered");
        situation.Do(Asks);
        var asked = situation.Now;
        situation.Do(new Acknowledge());
        situation.Complaint!.State.ShouldBe(state);
        situation.Complaint.Progress.Acknowledged.ShouldBe(new RoundAcknowledged(2, asked));
        situation.Try(new Acknowledge()).Refusal!.Code.ShouldBe("acknowledge.already");
        situation.Do(new GrantReview("rita"), Situation.Supervisor);
        situation.Try(new Acknowledge()).Refusal!.Code.ShouldBe("acknowledge.already");
    }

    [Fact]
    public void X25_What_a_round_came_to_stays_and_the_finding_is_computed()
    {
        var situation = Situation.In(ComplaintState.Executing).Do(new CompleteRemedy()).Do(new NotifyResult("email"));
        var (resolved, told) = (situation.Complaint!.Settlement.ResolvedAt, situation.Complaint.Settlement.NotifiedAt);
        situation.Do(new Core.FollowUp.RecordVisit("phone", Satisfied: false)).Do(Asks).Do(new GrantReview("rita"), Situation.Supervisor);
        var first = situation.Complaint!.Progress.Rounds.ShouldHaveSingleItem();
        (first.Round, first.Stage, first.Outcome, first.ResolvedAt, first.NotifiedAt, first.Satisfied)
            .ShouldBe((1, 1, "agreed", resolved, told, (bool?)false));
        first.Deciders.ShouldBe([Situation.Agent.Id]);
        situation.Complaint.ReviewFinding.ShouldBeNull("nothing is decided yet");

        var rita = new Actor("rita", Role.Supervisor);
        Fork(new Resolve("agreed")).Complaint!.ReviewFinding.ShouldBe(ReviewFinding.Confirmed);
        Fork(new Resolve("compensated")).Complaint!.ReviewFinding.ShouldBe(ReviewFinding.Changed);

        Decision Fork(Resolve outcome) => situation.Try(outcome, rita);
    }

    [Fact]
    public void X25_Nobody_who_decided_in_any_round_reviews_it()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(new Reopen("problem-persists"))
            .Do(new Resolve("solved"), Situation.Supervisor).Do(Asks);
        Granted(Situation.Agent.Id)!.Code.ShouldBe("review.not_independent", "the first round");
        Granted(Situation.Supervisor.Id)!.Code.ShouldBe("review.not_independent");
        Granted("rita").ShouldBeNull("control");

        ComplaintError? Granted(string reviewer) => situation.Try(new GrantReview(reviewer), Situation.Director).Refusal;
    }

    [Fact]
    public void X25_A_request_that_cannot_be_has_a_code_and_changes_nothing()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(new NotifyResult("email"));
        var resolved = situation.Complaint!.Settlement.ResolvedAt!.Value;
        Refused(Asks with { Channel = "pigeon" }, "code.unknown");
        Refused(Asks with { Participant = 3 }, "participant.none");
        Refused(Asks, "time.before_result",
            context => context with { OccurredAt = resolved - Duration.FromSeconds(1), BackdateReason = "Late." });
        Refused(Asks, "time.before_receipt", context => context with
        {
            OccurredAt = situation.Complaint.Receipt.ReceivedAt - Duration.FromSeconds(1), BackdateReason = "Late.",
        });
        situation.Do(new AddParticipant("witness", Name: "李"));
        Refused(Asks with { Participant = 1 }, "review.not_customer");
        var told = situation.Complaint.Settlement.NotifiedAt!.Value;
        Refused(Asks, "review.window_over", context => context with { Now = told + Duration.FromDays(30) + Duration.FromSeconds(1) });
        var last = situation.Context() with { Now = told + Duration.FromDays(30) };
        Core.Complaint.Decide(situation.Complaint, Asks, last).Refusal.ShouldBeNull("the last instant");

        situation.Do(Asks);
        Refused(Asks, "review.pending");
        Refused(new Reopen("problem-persists"), "review.pending");
        Refused(new Close(), "close.review_pending");
        situation.Do(new GrantReview("rita"), Situation.Supervisor).Do(new Resolve("solved"), new Actor("rita", Role.Supervisor));
        Refused(Asks, "review.already_reviewed");

        void Refused(ComplaintCommand command, string code, Func<DecisionContext, DecisionContext>? with = null)
        {
            var decision = Core.Complaint.Decide(situation.Complaint, command, (with ?? (context => context))(situation.Context()));
            decision.Refusal.ShouldNotBeNull(code).Code.ShouldBe(code);
            decision.Next.ShouldBeSameAs(situation.Complaint);
        }
    }

    [Fact]
    public void X25_An_acknowledgement_of_a_later_round_does_not_lie_before_it()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(Asks);
        var asked = situation.Complaint!.Progress.Review!.At;
        var early = situation.Context() with { OccurredAt = asked - Duration.FromSeconds(1), BackdateReason = "Late." };
        Core.Complaint.Decide(situation.Complaint, new Acknowledge(), early).Refusal!.Code.ShouldBe("time.before_round");
        Core.Complaint.Decide(situation.Complaint, new Acknowledge(), early with { OccurredAt = asked }).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X25_A_granted_review_of_an_earlier_program_still_begins_the_round()
    {
        var facts = new ReviewGranted(2, "rita", null).Facts(new EventMoment(Case.Hour(1), Case.Hour(1), Situation.Agent));
        facts.Single().Kind.ShouldBe(FactKind.Reopened);
        new ReviewGranted(2, "rita", null, AnswersRequest: true).Facts(new EventMoment(Case.Hour(1), Case.Hour(1), Situation.Agent))
            .Single().Kind.ShouldBe(FactKind.ReviewAnswered);
    }

    private static IEnumerable<string> Open(Situation situation) =>
        Clocks.Project(situation.Complaint!, situation.Rules).Where(clock => clock.IsOpen).Select(clock => clock.Id);
}
