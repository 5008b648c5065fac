using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Assignment.DepartmentTaskStatus;
using static Complaints.Core.Tests.Assignment.TaskCases;

namespace Complaints.Core.Tests.Assignment;

/// <summary>The clocks of tasks, each type with its own limit, and that none of the customer's notices them.</summary>
public sealed class TaskClockTests
{
    [Fact]
    public void S053_S076_S099_A_technical_task_has_three_working_days_and_a_service_task_one()
    {
        var policy = Rulebook.BuiltIn.CurrentPolicies.First(entry => entry.Ref.Id == "call-centre").Policy;
        policy.Find("resolution")!.Limit.ShouldBe("10 working days");
        policy.Find("technical-solution")!.Limit.ShouldBe("3 working days");
        Due(In(Sent), "technical-solution/1@task/1").ShouldBe(policy.Find("technical-solution")!.TimeLimit.DueFrom(
            Situation.Morning + Duration.FromMinutes(1), Rulebook.BuiltIn.Calendar("default"), []));
        var service = Registered().Do(ToTechnicians with { Type = "service" }, Mei);
        service.Open("service-solution/1@task/1").Due.ShouldNotBeNull();
        service.Clock("technical-solution/1@task/1").ShouldBeNull();
        var told = Registered().Do(ToTechnicians with { Type = "information" }, Mei);
        told.Clocks().Where(clock => clock.Subject == "task/1").Select(clock => clock.Objective).ShouldBe(
            ["sign-for", "department-return"], ignoreOrder: true);
    }

    [Fact]
    public void X06_X22_Each_wait_has_its_clock_from_its_own_beginning_to_its_own_end()
    {
        var situation = In(Sent);
        situation.Running().ShouldBe(["sign-for/1@task/1", "technical-solution/1@task/1"], ignoreOrder: true);
        situation.Do(new SignTask(1), Tao).Running().ShouldBe(["technical-solution/1@task/1"]);
        situation.Do(new ReturnTask(1, "other", "No."), Tao).Running().ShouldBe(
            ["technical-solution/1@task/1", "return-ruling/1@task/1"], ignoreOrder: true);
        situation.Do(new RuleOnReturn(1, ReturnRuling.Force), Mei).Running().ShouldBe(["technical-solution/1@task/1"]);
        situation.Do(Mended, Tao).Running().ShouldBe(["verification/1@task/1"]);
        situation.Do(new VerifyTask(1, false, "incomplete"), Mei).Running().ShouldBe(["technical-solution/1/2@task/1"], "done over");
        situation.Do(Mended, Tao).Do(new VerifyTask(1, true), Mei).Running().ShouldBeEmpty();
        foreach (var clock in new[] { "sign-for/1@task/1", "technical-solution/1@task/1", "return-ruling/1@task/1", "verification/1@task/1",
            "technical-solution/1/2@task/1", "verification/1/2@task/1" })
            situation.Verdict(clock).ShouldBe(ClockVerdict.Met, clock);
        situation.Clock("sign-for/1/2@task/1").ShouldBeNull("nobody signs twice");
    }

    [Fact]
    public void X06_What_is_redirected_or_cancelled_ends_without_a_verdict_and_begins_anew_elsewhere()
    {
        var situation = In(Returned).Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), Mei);
        situation.Verdict("sign-for/1@task/1").ShouldBe(ClockVerdict.Met, "it was returned in time");
        situation.Verdict("technical-solution/1@task/1").ShouldBe(ClockVerdict.Cancelled);
        situation.Running().ShouldBe(["sign-for/1/2@task/1", "technical-solution/1/2@task/1"], ignoreOrder: true);
        situation.Do(new CancelTask(1, "solved"), Mei).Running().ShouldBeEmpty();
        situation.Verdict("technical-solution/1/2@task/1").ShouldBe(ClockVerdict.Cancelled);
        In(Signed).Do(new Withdraw("other", "Found it.")).Running().ShouldBeEmpty();
    }

    [Fact]
    public void S053_A_task_with_a_date_of_its_own_is_judged_once_by_its_first_answer()
    {
        var due = Situation.Morning + Duration.FromHours(6);
        var situation = Registered().Do(ToTechnicians with { Due = due }, Mei).Do(new SignTask(1), Tao).Do(Mended, Tao)
            .Do(new VerifyTask(1, false, "incomplete"), Mei);
        situation.At(30).Do(Mended, Tao);
        situation.Verdict("task/1@task/1").ShouldBe(ClockVerdict.Met);
        situation.Complaint!.Clocks.Results.Count(result => result.Clock == "task/1@task/1").ShouldBe(1);
        Registered().Do(ToTechnicians with { Due = due }, Mei).Do(new CancelTask(1, "solved"), Mei).Verdict("task/1@task/1")
            .ShouldBe(ClockVerdict.Cancelled);
    }

    [Fact]
    public void S076_A_hold_of_the_case_gives_a_department_no_more_time()
    {
        var situation = In(Signed);
        var due = Due(situation, "technical-solution/1@task/1");
        situation.Do(new PlaceOnHold("parts")).After(Duration.FromDays(2));
        Due(situation, "technical-solution/1@task/1").ShouldBe(due);
        situation.Do(Mended, Tao).Do(new VerifyTask(1, true), Mei).Complaint!.State.ShouldBe(ComplaintState.OnHold);
    }

    [Fact]
    public void X22_The_customers_clock_is_explained_without_a_gap_however_often_a_task_bounces()
    {
        var calm = Registered();
        var situation = Registered().Do(ToTechnicians, Mei);
        foreach (var _ in Enumerable.Range(0, 3))
            situation.Do(new ReturnTask(1, "other", "No."), Tao).Do(new RuleOnReturn(1, ReturnRuling.Force), Mei);
        foreach (var clock in calm.Clocks().Where(clock => clock.IsOpen).Select(clock => clock.Id))
        {
            var now = situation.Now;
            foreach (var culture in new[] { "en", "zh-CN" }.Select(CultureInfo.GetCultureInfo))
            {
                Explanation.Of(situation.Complaint!, clock, situation.Rules, now)!.In(culture).ShouldBe(
                    Explanation.Of(calm.Complaint!, clock, calm.Rules, now)!.In(culture), clock);
            }
        }
    }

    private static Instant? Due(Situation situation, string clock) => situation.Open(clock).Due;
}

file static class ClockReading
{
    public static IEnumerable<Clock> Clocks(this Situation situation) => Core.Sla.Clocks.Project(situation.Complaint!, situation.Rules);

    public static Clock? Clock(this Situation situation, string id) => situation.Clocks().FirstOrDefault(clock => clock.Id == id);

    public static Clock Open(this Situation situation, string id) => situation.Clocks().Single(clock => clock.Id == id && clock.IsOpen);

    /// <summary>The clocks of tasks that run.</summary>
    public static List<string> Running(this Situation situation) =>
        [.. situation.Clocks().Where(clock => clock is { IsOpen: true, Subject: not null }).Select(clock => clock.Id)];

    public static ClockVerdict? Verdict(this Situation situation, string clock) => situation.Complaint!.Clocks.ResultOf(clock)?.Verdict;
}
