using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Core.Tests.History;
using Complaints.Core.Tests.Issues;
using NodaTime;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Storage;

/// <summary>What is recorded of a complaint for reports.</summary>
public sealed class MeasureTests
{
    private const decimal Hour = 3_600;

    private static Dictionary<(string Name, string? Subject), decimal> Of(Situation situation) =>
        Measures.Of(situation.Complaint!).ToDictionary(measure => (measure.Name, measure.Subject), measure => measure.Value);

    [Fact]
    public void S139_How_long_it_stood_where_and_which_team_had_it()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"100 hours"}""");
        situation.At(1).Do(new HandOver("ben", "first", "expertise")).At(2).Do(new StartInvestigation())
            .At(5).Do(new HandOver("cai", "second", "expertise")).At(6).Do(new PlaceOnHold("parts")).At(10).Do(new ReleaseHold("parts"))
            .At(12).Do(new Resolve("solved"));
        var measures = Of(situation);
        measures[("stage.Registered", null)].ShouldBe(2 * Hour);
        measures[("stage.Investigating", null)].ShouldBe(6 * Hour, "two spells of it");
        measures[("stage.OnHold", null)].ShouldBe(4 * Hour);
        measures[("held.parts", null)].ShouldBe(4 * Hour);
        measures[("team.first", null)].ShouldBe(4 * Hour);
        measures[("team.second", null)].ShouldBe(7 * Hour);
        measures[("first.Resolved", null)].ShouldBe(12 * Hour);
        measures[("transitions", null)].ShouldBe(4);
        measures.ShouldNotContainKey(("stage.Resolved", null), "it has not left it");
    }

    [Fact]
    public void Verdicts_are_told_by_round_and_a_late_first_round_stays_late()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"4 hours"},{"objective":"first-response","limit":"2 hours"}""");
        situation.At(1).Do(new RecordInteraction(Direction.Outbound, "phone")).At(5).Do(new FireClocks(), Actor.System)
            .At(6).Do(new Resolve("solved")).At(7).Do(new Reopen("problem-persists")).At(8).Do(new Resolve("solved"));
        var measures = Of(situation);
        measures[("breached.resolution", "round/1")].ShouldBe(1);
        measures[("met.resolution", "round/2")].ShouldBe(1);
        measures[("met.first-response", "round/1")].ShouldBe(1);
        measures[("late.due", "round/1")].ShouldBe(Case.Hour(4).ToUnixTimeSeconds());
        measures[("late.by", "round/1")].ShouldBe(2 * Hour);
        measures[("first-response", null)].ShouldBe(Hour);
        measures[("round.resolved", "round/1")].ShouldBe(Case.Hour(6).ToUnixTimeSeconds());
        measures[("opened", null)].ShouldBe(Case.Hour(7).ToUnixTimeSeconds());
        measures[("reopens", null)].ShouldBe(1);
    }

    [Fact]
    public void X25_A_round_of_a_review_is_open_from_when_it_was_granted()
    {
        var situation = Case.Under("""{"objective":"resolution","limit":"100 hours"}""")
            .At(1).Do(new Resolve("solved", ConfirmedInCall: true)).At(2).Do(new Close());
        situation.At(5).Do(new RequestReview("phone"));
        Of(situation).ShouldNotContainKey(("opened", null), "it is closed");
        situation.At(7).Do(new GrantReview("rita"), Situation.Supervisor);
        Of(situation)[("opened", null)].ShouldBe(Case.Hour(7).ToUnixTimeSeconds());
        Of(situation)[("round.closed", "round/1")].ShouldBe(Case.Hour(2).ToUnixTimeSeconds());
        situation.At(8).Do(new Resolve("solved"), new Actor("rita", Role.Supervisor)).At(9).Do(new Reopen("problem-persists"));
        Of(situation)[("round.opened", "round/2")].ShouldBe(Case.Hour(7).ToUnixTimeSeconds());
    }

    [Fact]
    public void X40_Offers_visits_costs_and_the_round_in_which_it_was_solved()
    {
        var situation = Situation.Registered().Do(new Propose(["coupon"], EstimatedCost: 50)).Do(new Present(1))
            .Do(new AcceptProposal(1, "phone")).Do(new CompleteRemedy()).Do(new RecordVisit("phone", Satisfied: false))
            .Do(new Reopen("problem-persists")).Do(new Resolve("solved", ConfirmedInCall: true))
            .Do(new RecordVisit("phone", Reached: false))
            .Do(new Close());
        var measures = Of(situation);
        measures[("cost", "round/1")].ShouldBe(50);
        measures.ShouldNotContainKey(("cost", "round/2"));
        measures[("dissatisfied", "round/1")].ShouldBe(1);
        measures[("offers", null)].ShouldBe(1);
        measures[("visits", null)].ShouldBe(1);
        measures[("solved-at", null)].ShouldBe(2);
    }

    [Fact]
    public void Contacts_that_were_summed_up_keep_their_verdicts()
    {
        var situation = Case.Under("""{"objective":"next-response","limit":"2 hours"},{"objective":"resolution","limit":"90000 hours"}""");
        for (var i = 0; i < 100; i++)
        {
            situation.Do(new RecordInteraction(Direction.Inbound, "chat"));
            if (i % 10 == 0)
                situation.After(Duration.FromHours(3));
            situation.Do(new RecordInteraction(Direction.Outbound, "chat"));
        }
        situation.Complaint!.Clocks.Condensed.ShouldNotBeNull("control: some were summed up");
        var measures = Of(situation);
        (measures[("met.next-response", "round/1")], measures[("breached.next-response", "round/1")]).ShouldBe((90, 10));
    }

    [Fact]
    public void They_are_written_and_read_whatever_a_team_is_called()
    {
        ImmutableArray<Measure> all =
        [
            new("team.售后\"|;=", null, 1.5m), new("met.own\\", "round/1", 2),
            new("first.Resolved", null, 1_788_224_400.123456m), new("x", "", -1),
        ];
        Measures.Read(Measures.Write(all)).ShouldBe(all);
        Measures.Write([]).ShouldBeNull();
        Measures.Read(null).ShouldBeEmpty();
        Should.Throw<System.Text.Json.JsonException>(() => Measures.Read("""["a",{}]"""));
        Should.Throw<System.Text.Json.JsonException>(() => Measures.Read("[1]"));
    }

    [Fact]
    public void A_typical_case_and_its_measures_are_small()
    {
        var call = new PhoneCall("C-1", "13800138000", "95000", "after-sales", Situation.Morning);
        var situation = Situation.Registered(Situation.Draft with { Call = call })
            .Do(new HandOver("ben", "technical", "expertise")).Do(new StartInvestigation())
            .Do(new RecordInteraction(Direction.Outbound, "phone"))
            .Do(new Resolve("solved", ConfirmedInCall: true)).Do(new RecordVisit("phone", Satisfied: true)).Do(new Close());
        ShouldBeSmall(situation);
    }

    [Fact]
    public void So_is_one_with_an_offer_a_yes_and_a_remedy()
    {
        var situation = Situation.Registered().Do(new HandOver("ben", "technical", "expertise")).Do(new StartInvestigation())
            .Do(new RecordInteraction(Direction.Outbound, "phone")).Do(new Propose(["coupon"], EstimatedCost: 50))
            .Do(new Present(1)).Do(new AcceptProposal(1, "phone")).Do(new CompleteRemedy())
            .Do(new RecordVisit("phone", Satisfied: true)).Do(new Close());
        ShouldBeSmall(situation);
    }

    private static void ShouldBeSmall(Situation situation)
    {
        var state = Sealed.Commits(situation)[^1].State.Length;
        var measures = System.Text.Encoding.UTF8.GetByteCount(Measures.Write(Measures.Of(situation.Complaint!))!);
        (state + measures).ShouldBeLessThan(4_352, $"{state} and {measures}");
    }
}
