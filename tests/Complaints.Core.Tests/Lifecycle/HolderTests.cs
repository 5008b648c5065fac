using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Core.Tests.Issues;
using NodaTime;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>With whom a case lay, and for whom it waited.</summary>
public sealed class HolderTests
{
    private const string Long = """{"objective":"resolution","limit":"900 hours"}""";

    private static Dictionary<string, double> Hours(Situation situation, double until) =>
        HolderTime.Of(situation.Complaint!, Case.Hour(until))
            .ToDictionary(time => time.Holder.Measure, time => (double)time.Seconds / 3_600);

    [Fact]
    public void X45_Teams_the_customer_and_what_was_waited_for_had_it_one_at_a_time()
    {
        var situation = Case.Under(Long);
        situation.At(1).Do(new HandOver("ben", "first", "expertise")).At(3).Do(new PlaceOnHold("parts"))
            .At(7).Do(new ReleaseHold("parts")).At(8).Do(new HandOver("cai", "second", "expertise"))
            .At(10).Do(new Propose(["exchange"])).At(11).Do(new Present(1)).At(20).Do(new AcceptProposal(1, "phone"))
            .At(21).Do(new CompleteRemedy()).At(30).Do(new Close());
        Hours(situation, 500).ShouldBe(new Dictionary<string, double>
        {
            ["nobody"] = 1, ["team.first"] = 3, ["hold.parts"] = 4, ["team.second"] = 13, ["customer"] = 9,
        }, ignoreOrder: true);
        HolderTime.Of(situation.Complaint!, Case.Hour(500)).Sum(time => time.Seconds).ShouldBe(30 * 3_600, "it closed after thirty hours");
        Measures.Of(situation.Complaint!).Where(measure => measure.Name.StartsWith("holder.", StringComparison.Ordinal))
            .Sum(measure => measure.Value).ShouldBe(30 * 3_600);
    }

    [Fact]
    public void X45_A_department_has_it_while_it_works_on_its_task_and_who_leads_comes_before_who_assists()
    {
        var mei = Tests.Assignment.TaskCases.Mei;
        var situation = Tests.Assignment.TaskCases.Registered();
        situation.At(1).Do(new HandOver("ben", "first", "expertise")).At(2).Do(Tests.Assignment.TaskCases.ToTechnicians, mei)
            .At(3).Do(Tests.Assignment.TaskCases.ToWarehouse, mei).At(4).Do(new SignTask(1), Tests.Assignment.TaskCases.Tao)
            .At(6).Do(new ReturnTask(1, "not-our-duty", "Article 3."), Tests.Assignment.TaskCases.Tao)
            .At(7).Do(new CancelTask(2, "solved"), mei).At(9).Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery"), mei);
        Hours(situation, 12).ShouldBe(new Dictionary<string, double>
        {
            ["nobody"] = 1, ["team.first"] = 1 + 2, ["department.technical-support"] = 4, ["department.warehouse"] = 1,
            ["department.delivery"] = 3,
        }, ignoreOrder: true);
    }

    [Fact]
    public void X45_Who_has_it_now_counts_to_now_and_a_reopening_begins_anew()
    {
        var situation = Case.Under(Long);
        Hours(situation, 5).ShouldBe(new Dictionary<string, double> { ["nobody"] = 5 });
        situation.At(5).Do(new Resolve("solved", ConfirmedInCall: true)).At(6).Do(new Close())
            .At(10).Do(new Reopen("problem-persists")).Do(new HandOver("ben", "first", "expertise"));
        Hours(situation, 12)["nobody"].ShouldBe(6 + 1 / 60.0, 1e-9);
        Hours(situation, 12)["team.first"].ShouldBe(2 - 1 / 60.0, 1e-9);
    }

    [Fact]
    public void X45_What_is_recorded_late_takes_nothing_back()
    {
        var situation = Case.Under(Long);
        situation.At(4).Do(new HandOver("ben", "first", "expertise"));
        situation.At(6).Take(situation.Late(new HandOver("cai", "second", "expertise"), 2));
        Hours(situation, 10).ShouldBe(new Dictionary<string, double> { ["nobody"] = 4, ["team.second"] = 6 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("customer-information", "客户", "the customer")]
    [InlineData("parts", "待配件", "Waiting for parts")]
    public void X45_A_hold_says_whose_turn_it_is(string reason, string zh, string en)
    {
        var situation = Situation.Registered().Do(new PlaceOnHold(reason)).After(Duration.FromHours(2));
        var label = HolderTime.Of(situation.Complaint!, situation.Now)[^1].Holder.Label(situation.Rules);
        (label.Zh, label.En).ShouldBe((zh, en));
    }

    [Fact]
    public void X45_After_fifty_teams_the_rest_is_counted_together()
    {
        var situation = Case.Under(Long);
        for (var team = 1; team <= 60; team++)
            situation.At(team).Do(new HandOver(null, $"team-{team:D2}", "expertise"));
        var had = Hours(situation, 61);
        had.Count.ShouldBe(51);
        had["others"].ShouldBe(11, 0.1);
        had.Values.Sum().ShouldBe(61, 1e-6);
    }

    [Fact]
    public void X45_A_case_that_nobody_moved_keeps_nothing_of_it()
    {
        var state = Tests.History.Sealed.Commits(Situation.Registered())[^1].State.Span;
        state.IndexOf("holders"u8).ShouldBe(-1);
    }
}
