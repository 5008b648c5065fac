using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class FiringTests
{
    private static readonly Rulebook Ladder = Policies.Of(("ladder", Policies.Json("""
        {"objective":"resolution","limit":"10 hours","warnings":["50%","80%","30 hours before"],
         "escalations":[{"at":"90%","level":1,"role":"supervisor"},{"at":"due","level":2,"role":"manager","raisePriority":true},{"at":"5 hours after","level":3,"role":"director","team":"executive","reassign":true}]}
        """)));

    private readonly Situation _situation = new Situation { Rules = Ladder }.Do(new Register(Situation.Draft));

    private IReadOnlyList<ComplaintEvent> FireAt(double hours)
    {
        _situation.Now = Situation.Morning + Duration.FromHours(hours);
        var decision = _situation.Try(new FireClocks(), Actor.System);
        if (decision.Refusal is { } refusal)
        {
            refusal.Code.ShouldBe("clocks.nothing_due");
            return [];
        }
        _situation.Do(new FireClocks(), Actor.System);
        return decision.Events;
    }

    [Fact]
    public void T18_A_warning_at_or_before_the_start_does_not_apply_and_never_fires()
    {
        FireAt(0.1).OfType<ClockWarned>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            warned => warned.Step.ShouldBe("warn:30 hours before"),
            warned => warned.Fate.ShouldBe(StepFate.NotApplicable));
        FireAt(0.2).ShouldBeEmpty();
    }

    [Fact]
    public void T18_Warnings_fire_once_at_their_share_of_the_time()
    {
        FireAt(0.1);
        FireAt(4.9).ShouldBeEmpty();
        FireAt(5).OfType<ClockWarned>().ShouldHaveSingleItem().Fate.ShouldBe(StepFate.Fired);
        FireAt(5.1).ShouldBeEmpty();
    }

    [Fact]
    public void T18_A_share_is_measured_without_the_pauses()
    {
        _situation.Now = Situation.Morning + Duration.FromHours(1);
        _situation.Do(new PlaceOnHold("parts")).After(Duration.FromHours(4) - Duration.FromMinutes(1)).Do(new ReleaseHold("parts"));
        Clocks.Project(_situation.Complaint!, Ladder)[0].Steps.Single(step => step.Id == "warn:50%").At.ShouldBe(Situation.Morning + Duration.FromHours(9));
    }

    [Fact]
    public void T18_Rule7_A_timer_between_two_microseconds_is_the_next_one_so_that_none_seems_to_have_drifted()
    {
        var situation = With(TenHours);
        var clock = Of(situation, Objective.Resolution).Single();
        foreach (var (ticks, due) in new[] { (1_000, 1_000), (1_001, 1_010), (1_009, 1_010) })
        {
            var odd = clock with { Steps = [new ClockStep("warn:50%", clock.StartedAt + Duration.FromTicks(ticks))] };
            TimerProjection.Of(situation.Complaint!, [odd]).ShouldHaveSingleItem().Due.ShouldBe(clock.StartedAt + Duration.FromTicks(due));
        }
    }

    [Fact]
    public void T17_R07_What_a_node_with_a_clock_ahead_wrote_makes_nothing_early()
    {
        // The note bears 10:01 of a node that is ahead; by the deadline clock it is a second before ten hours are over.
        var situation = With(TenHours).At(5).Do(new FireClocks(), Actor.System).At(10.01).Do(new AddNote("Called."));
        var context = situation.At(9).Context(Actor.System) with { DueBy = At(10) - Duration.FromSeconds(1) };

        Complaint.Decide(situation.Complaint, new FireClocks(), context).Refusal!.Code.ShouldBe("clocks.nothing_due");
        Complaint.Decide(situation.Complaint, new FireClocks(), context with { DueBy = At(10) + Duration.FromSeconds(1) }).Events.OfType<ClockBreached>().ShouldHaveSingleItem();
    }

    [Fact]
    public void T17_A_breach_needs_the_instant_after_the_due_instant_and_happened_when_it_was_due()
    {
        FireAt(10).OfType<ClockBreached>().ShouldBeEmpty();
        var breached = FireAt(10 + 1 / 3600.0);
        breached.OfType<ClockBreached>().ShouldHaveSingleItem().Due.ShouldBe(Situation.Morning + Duration.FromHours(10));
        _situation.Decisions[^1].Moment.Of(breached.OfType<ClockBreached>().Single().HappenedAt).OccurredAt.ShouldBe(Situation.Morning + Duration.FromHours(10));
        FireAt(11).OfType<ClockBreached>().ShouldBeEmpty("a breach is written down once");
    }

    [Fact]
    public void T21_Several_rungs_at_once_are_one_escalation_that_names_the_lower_ones_and_warnings_of_a_breached_clock_are_superseded()
    {
        var events = FireAt(16);
        events.OfType<ClockWarned>().Where(warned => warned.Step.EndsWith('%')).ShouldAllBe(warned => warned.Fate == StepFate.Superseded);
        events.OfType<ClockBreached>().ShouldHaveSingleItem();
        var escalated = events.OfType<ComplaintEscalated>().ShouldHaveSingleItem();
        (escalated.Step, escalated.Level, escalated.Role).ShouldBe(("escalate:3", 3, "director"));
        escalated.Skipped.ShouldBe(["escalate:1", "escalate:2"]);
        _situation.Complaint!.Responsibility.Team.ShouldBe("executive");
        _situation.Complaint.Judgement.Priority.ShouldBe("p2", "raised from p3");
        FireAt(100).ShouldBeEmpty();
    }

    [Fact]
    public void T21_The_ladder_is_climbed_step_by_step_and_the_level_never_falls()
    {
        FireAt(9).OfType<ComplaintEscalated>().Single().Level.ShouldBe(1);
        _situation.Do(new Escalate(5, Role.Director, null, "other", "The customer insists."));
        FireAt(10.1).OfType<ComplaintEscalated>().Single().Level.ShouldBe(2);
        _situation.Complaint!.Clocks.Level.ShouldBe(5);
        _situation.Try(new Escalate(5, null, null, "other", "Again.")).Refusal!.Code.ShouldBe("escalate.level");
        FireAt(15).OfType<ComplaintEscalated>().Single().Role.ShouldBe("director");
    }

    [Fact]
    public void T11_A_paused_clock_fires_nothing()
    {
        _situation.Do(new PlaceOnHold("parts"));
        FireAt(50).ShouldBeEmpty();
        Clocks.Project(_situation.Complaint!, Ladder)[0].IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void T25_A_stop_in_time_is_written_down_once_and_a_late_one_says_nothing_new_after_the_breach()
    {
        FireAt(12);
        _situation.Do(new Resolve("solved"));
        _situation.Complaint!.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
        var met = new Situation { Rules = Ladder }.Do(new Register(Situation.Draft)).Do(new Resolve("solved"));
        met.Complaint!.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Met);
    }

    [Fact]
    public void T25_A_late_stop_without_a_sweep_is_a_breach_all_the_same()
    {
        _situation.Now = Situation.Morning + Duration.FromHours(11);
        _situation.Do(new Resolve("solved")).Complaint!.Clocks.Results.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            result => result.Verdict.ShouldBe(ClockVerdict.Breached),
            result => result.At.ShouldBe(Situation.Morning + Duration.FromHours(11)));
    }

    [Fact]
    public void T25_A_backdated_contact_after_the_breach_appends_a_correction_and_the_old_result_stays()
    {
        var rules = Policies.Of(("answer", Policies.Json("""{"objective":"first-response","limit":"2 hours"}""")));
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft)).After(Duration.FromHours(3)).Do(new FireClocks(), Actor.System);
        var context = situation.Context() with { OccurredAt = Situation.Morning + Duration.FromHours(1), BackdateReason = "Written down late." };
        var late = Complaint.Decide(situation.Complaint, new RecordInteraction(Direction.Outbound, "phone"), context);
        var corrected = late.Events.OfType<ResultCorrected>().ShouldHaveSingleItem();
        (corrected.Old.Verdict, corrected.New.Verdict, corrected.New.Reason).ShouldBe((ClockVerdict.Breached, ClockVerdict.Met, "by-late-fact"));
        late.Complaint.Clocks.Results.Select(result => result.Verdict).ShouldBe([ClockVerdict.Breached, ClockVerdict.Met]);
    }

    [Fact]
    public void T13_A_hand_over_or_a_proposal_writes_nothing_about_the_clocks()
    {
        // The first assignment is something that happened to the customer (S101); later ones are not.
        _situation.Do(new HandOver("amy", null, "other", "First."));
        var before = _situation.Complaint!.Clocks;
        _situation.Do(new HandOver("ben", null, "other", "Holiday.")).Do(new Propose(["exchange"])).Complaint!.Clocks.ShouldBeSameAs(
            before);
    }

    [Fact]
    public void Only_the_library_itself_fires_clocks() =>
        _situation.Try(new FireClocks()).Refusal!.Code.ShouldBe("authority.internal");
}
