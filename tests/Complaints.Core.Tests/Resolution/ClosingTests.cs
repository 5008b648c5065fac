using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;
using NodaTime;

namespace Complaints.Core.Tests.Resolution;

/// <summary>Evidence that the customer agrees lasts until the customer says otherwise.</summary>
public sealed class ClosingTests
{
    private static readonly Duration Week = Duration.FromDays(8);

    private static Situation Consented() =>
        Situation.In(ComplaintState.Executing).Do(new CompleteRemedy()).Do(new NotifyResult("email"));

    private static Situation Called() => Situation.Registered().Do(new Resolve("solved", ConfirmedInCall: true));

    private static Situation Silent() => Situation.In(ComplaintState.Resolved).Do(new NotifyResult("email"));

    public static TheoryData<string> Evidence() => ["consent", "call", "silence"];

    [Theory]
    [MemberData(nameof(Evidence))]
    public void S091_A_dissatisfied_visit_blocks_closing_whatever_was_said_before(string evidence)
    {
        var situation = Of(evidence).Do(new RecordVisit("phone", Satisfied: false)).After(Week);
        var said = situation.Complaint!.Talk.Verdict!.At;
        var refusal = situation.Try(new Close()).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("close.dissatisfied");
        refusal.Data["value"].ShouldContain(said.ToDateTimeUtc().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Of(evidence).After(Week).Try(new Close()).Refusal.ShouldBeNull("control");
    }

    [Fact]
    public void S091_A_dissatisfied_remark_blocks_closing_too()
    {
        var situation = Called().Do(new RecordInteraction(Direction.Inbound, "email", Satisfied: false));
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.dissatisfied");
    }

    [Fact]
    public void S091_What_was_said_before_there_was_a_result_outdates_what_was_agreed_until_then_and_no_silence()
    {
        var angry = new RecordInteraction(Direction.Inbound, "phone", Satisfied: false);
        Situation.Registered().Do(angry).Do(new Resolve("solved")).Do(new NotifyResult("email")).After(Week)
            .Try(new Close()).Refusal.ShouldBeNull();
        Situation.In(ComplaintState.Executing).Do(angry).Do(new CompleteRemedy()).Do(new NotifyResult("email"))
            .Try(new Close()).Refusal!.Code.ShouldBe("close.dissatisfied");
    }

    [Fact]
    public void S091_Not_asked_is_not_dissatisfied()
    {
        Called().Do(new RecordVisit("phone")).Try(new Close()).Refusal.ShouldBeNull();
        Called().Do(new RecordVisit("phone", Reached: false)).Try(new Close()).Refusal.ShouldBeNull();
        Called().Do(new RecordVisit("phone")).Complaint!.FollowUp.Satisfied.ShouldBeNull();
    }

    [Fact]
    public void S091_Whoever_says_so_again_later_is_believed_both_ways()
    {
        var pleased = Called().Do(new RecordVisit("phone", Satisfied: false)).Do(new RecordVisit("phone", Satisfied: true));
        pleased.Try(new Close()).Refusal.ShouldBeNull();
        pleased.Do(new RecordVisit("phone", Satisfied: false)).Try(new Close()).Refusal!.Code.ShouldBe("close.dissatisfied");
        pleased.Do(new ConfirmSolved()).Try(new Close()).Refusal.ShouldBeNull("the confirmation is newer");
        pleased.Try(new ConfirmSolved()).Refusal!.Code.ShouldBe("solved.already_confirmed");
    }

    [Fact]
    public void S091_It_is_answered_by_a_reopening_a_review_or_an_improvement()
    {
        var situation = Called().Do(new RecordVisit("phone", Satisfied: false));
        var follows = new FollowImprovement(new(Guid.CreateVersion7()), "I-2026-0001", 1, Stands: true);
        var linked = situation.Try(follows, Actor.System).Complaint;
        Core.Complaint.Decide(linked, new Close(), situation.Context()).Refusal.ShouldBeNull();

        var reopened = Called().Do(new RecordVisit("phone", Satisfied: false)).Do(new Reopen("problem-persists"))
            .Do(new Resolve("solved", ConfirmedInCall: true));
        reopened.Try(new Close()).Refusal.ShouldBeNull();
        var reviewed = Called().Do(new RecordVisit("phone", Satisfied: false)).Do(new GrantReview("rita"), Situation.Supervisor)
            .Do(new Resolve("solved", ConfirmedInCall: true));
        reviewed.Try(new Close()).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S091_An_improvement_that_was_there_before_answers_nothing()
    {
        var situation = Called().Do(new FollowImprovement(new(Guid.CreateVersion7()), "I-2026-0001", 1, Stands: true), Actor.System)
            .Do(new RecordVisit("phone", Satisfied: false));
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.dissatisfied");
    }

    [Theory]
    [InlineData("email", null, true)]
    [InlineData("phone", null, true)]
    [InlineData("email", "chaser", true)]
    public void S093_A_customer_who_wrote_after_the_result_was_not_silent(string channel, string? kind, bool byPerson)
    {
        var situation = Silent().Do(new RecordInteraction(Direction.Inbound, channel, byPerson, Kind: kind)).After(Week);
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
        situation.Do(new NotifyResult("email")).After(Duration.FromDays(6)).Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
        situation.After(Duration.FromDays(2)).Try(new Close()).Refusal.ShouldBeNull("silence begins anew when the result is told again");
    }

    [Fact]
    public void S093_An_automatic_mail_does_not_break_the_silence()
    {
        Silent().Do(new RecordInteraction(Direction.Inbound, "email", ByPerson: false)).After(Week).Try(new Close()).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X25_A_window_for_reviews_keeps_a_case_that_was_not_established_from_closing()
    {
        var policy = Case.Policies("""{"objective":"resolution","limit":"20 hours"}""")
            .Replace("\"order\"", "\"reviewWindow\":\"28 days\",\"order\"");
        var situation = Case.UnderPolicies(("test", policy)).Do(new DecideNotEstablished("not-established", "No."))
            .Do(new NotifyResult("email"));
        var told = situation.Complaint!.Settlement.NotifiedAt!.Value;
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.review_window");
        situation.Try(new ConfirmSolved("mail")).Refusal.ShouldBeNull("the customer may accept");
        var accepted = situation.Try(new ConfirmSolved("mail")).Complaint;
        Core.Complaint.Decide(accepted, new Close(), situation.Context()).Refusal.ShouldBeNull();
        situation.Now = told + Duration.FromDays(28);
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.review_window", "days end at midnight");
        situation.Now = told + Duration.FromDays(29);
        situation.Try(new Close()).Refusal.ShouldBeNull("the window is over");
    }

    private static Situation Of(string evidence) => evidence switch { "consent" => Consented(), "call" => Called(), _ => Silent() };
}
