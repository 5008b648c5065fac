using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>Situations reported at glpi-project/glpi; the number of the report stands in each name.</summary>
public sealed class GlpiTests
{
    [Fact]
    public void T10_glpi_15605_6902_10594_Changing_the_policy_keeps_the_time_that_was_waited()
    {
        var situation = Case.UnderPolicies(
            ("slow", Case.PolicyFor("p3", """{"objective":"resolution","limit":"20 hours"}""")),
            ("fast", Case.PolicyFor("p1", """{"objective":"resolution","limit":"10 hours"}""")));
        situation.At(1).Do(new PlaceOnHold("parts")).At(4).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(23));
        situation.At(5).Do(new Classify(Severity: "critical", Urgency: "urgent"));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(13), "ten hours and the three that were waited under the other policy");
    }

    [Fact]
    public void T13_glpi_1911_Handing_over_restarts_no_clock()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"20 hours"}""");
        situation.At(5).Do(new HandOver("ben", "technical", "other", "Needs a technician.")).At(9).Do(
            new HandOver("amy", "service", "other", "Back."));
        (situation.Clock(Objective.Resolution).StartedAt, situation.Clock(Objective.Resolution).Due).ShouldBe((Case.Hour(0), Case.Hour(20)));
    }

    [Fact]
    public void T14_glpi_23359_A_reopened_case_keeps_its_first_result_and_gets_a_fresh_clock()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"20 hours"}""");
        situation.At(5).Do(new Resolve("solved")).At(30).Do(new Reopen("other", "Again."));
        situation.Clock(Objective.Resolution).Due.ShouldBe(Case.Hour(50));
        situation.Verdicts(Objective.Resolution).ShouldBe([ClockVerdict.Met]);
    }

    [Fact]
    public void T18_glpi_22678_A_warning_at_a_share_of_the_time_does_not_count_the_pauses()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours","warnings":["50%"]}""");
        situation.At(1).Do(new PlaceOnHold("parts")).At(7).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Resolution).Steps[0].At.ShouldBe(Case.Hour(11), "five counted hours: one before the pause and four behind it");
    }

    [Fact]
    public void T19_glpi_17186_A_promised_instant_is_moved_by_nothing_but_another_promise()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"20 hours"}""");
        situation.At(1).Do(new AgreeDeadline(Case.Hour(8))).At(2).Do(new PlaceOnHold("parts")).At(6).Do(new ReleaseHold("parts"));
        situation.Clock(Objective.Agreed).Due.ShouldBe(Case.Hour(8));
        situation.Do(new AgreeDeadline(Case.Hour(12)));
        situation.Clock(Objective.Agreed).Due.ShouldBe(Case.Hour(12));
        situation.Verdicts(Objective.Agreed).ShouldBe([ClockVerdict.Cancelled]);
    }

    [Fact]
    public void T21_glpi_1996_2408_Each_escalation_fires_once_however_often_one_looks()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"10 hours","escalations":[{"at":"50%","level":1},{"at":"due","level":2},{"at":"2 hours after","level":3}]}""");
        var fired = 0;
        for (var hour = 1; hour < 30; hour++)
        {
            if (situation.At(hour).Try(new FireClocks(), Actor.System).Refusal is not null)
                continue;
            situation.Do(new FireClocks(), Actor.System);
            fired += situation.Decisions[^1].Events.OfType<ComplaintEscalated>().Count();
        }
        fired.ShouldBe(3);
        situation.Complaint!.Clocks.Level.ShouldBe(3);
    }
}
