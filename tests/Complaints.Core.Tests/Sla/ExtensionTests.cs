using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class ExtensionTests
{
    [Fact]
    public void T20_X26_A_granted_extension_moves_the_deadline_to_the_date_given_and_the_earlier_one_stays_visible()
    {
        var situation = Extended();
        var clock = Of(situation, Objective.Resolution).Single();
        clock.Due.ShouldBe(At(14), "another date than the one asked for");
        clock.EarlierDues.ShouldBe([At(10)]);
        clock.Steps.Single(step => step.Id == ClockStep.Breach).At.ShouldBe(At(14));
        Explanation.Of(situation.Complaint!, clock.Id, situation.Rules, At(3))!.In(System.Globalization.CultureInfo.InvariantCulture).ShouldContain("before it was extended: due 2026-09-01 19:00:00");
        situation.At(13).Do(new Resolve("solved"));
        situation.Complaint!.Clocks.Results.Single().ShouldSatisfyAllConditions(
            result => result.Verdict.ShouldBe(ClockVerdict.Met),
            result => result.Due.ShouldBe(At(14)));
    }

    [Fact]
    public void T20_A_denied_extension_leaves_the_deadline()
    {
        var situation = With(TenHours).At(1).Do(new RequestExtension("resolution/1", At(15), "other", "Later."));
        situation.Try(new DecideExtension(1, Grant: false), Situation.Supervisor).Refusal!.Code.ShouldBe("text.required");
        situation.Do(new DecideExtension(1, Grant: false, Reason: "other", Remark: "No."), Situation.Supervisor);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(10));
        situation.Complaint!.Clocks.Extensions.Single().Status.ShouldBe(ExtensionStatus.Denied);
        situation.Try(new RequestExtension("resolution/1", At(15), "other", "Once more.")).Refusal.ShouldBeNull(
            "a denied one uses nothing up");
    }

    [Fact]
    public void T20_It_is_asked_for_before_expiry_within_the_policys_count_and_length()
    {
        string? Refused(Situation situation, double until = 15, string clock = "resolution/1") => situation.Try(
            new RequestExtension(clock, At(until), "other", "Later.")).Refusal?.Code;

        Refused(With(TenHours).At(11)).ShouldBe("extension.expired");
        Refused(With(TenHours).At(10)).ShouldBeNull("at the due instant it has not expired");
        Refused(With(TenHours).At(1), until: 9).ShouldBe("extension.not_later");
        Refused(With(TenHours).At(1), until: 31).ShouldBe("extension.too_long");
        Refused(With(TenHours).At(1), until: 30).ShouldBeNull();
        Refused(With(TenHours).At(1), clock: "solution/1").ShouldBe("clock.not_found");
        Refused(With("""{"objective":"resolution","limit":"10 hours"}""").At(1)).ShouldBe("extension.not_allowed");
        Refused(With(TenHours).At(1).Do(new Core.Lifecycle.PlaceOnHold("parts"))).ShouldBe("clock.paused");
        Refused(With(TenHours).At(1).Do(new RequestExtension("resolution/1", At(15), "other", "Later."))).ShouldBe("extension.pending");
        Refused(Extended().At(3)).ShouldBe("extension.used_up");
    }

    [Fact]
    public void T20_Somebody_else_decides_and_not_after_the_breach_was_recorded()
    {
        var situation = With(TenHours).At(1).Do(new RequestExtension("resolution/1", At(15), "other", "Later."), Situation.Supervisor);
        situation.Try(new DecideExtension(1, Grant: true), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.own_request");
        situation.Try(new DecideExtension(1, Grant: true), Situation.Agent).Refusal!.Code.ShouldBe("authority.role");
        situation.Try(new DecideExtension(2, Grant: true), Situation.Director).Refusal!.Code.ShouldBe("extension.not_found");
        situation.At(11).Do(new FireClocks(), Actor.System);
        situation.Try(new DecideExtension(1, Grant: true), Situation.Director).Refusal!.Code.ShouldBe("extension.expired");
        situation.Try(new DecideExtension(1, Grant: false, Reason: "other", Remark: "Too late."), Situation.Director).Refusal.ShouldBeNull(
            );
        With(TenHours).Try(new DecideExtension(1, Grant: true), Situation.Director).Refusal!.Code.ShouldBe("extension.none_pending");
    }
}
