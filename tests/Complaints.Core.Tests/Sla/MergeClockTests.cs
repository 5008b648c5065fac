using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class MergeClockTests
{
    [Fact]
    public void T15_Merging_cancels_the_merged_complaints_clocks()
    {
        var (_, merged) = Merged();
        merged.Complaint!.Clocks.Results.ShouldAllBe(result => result.Verdict == ClockVerdict.Cancelled && result.Reason == "by-merge");
        Clocks.Project(merged.Complaint, merged.Rules).ShouldAllBe(clock => !clock.IsOpen);
    }

    [Fact]
    public void T15_The_survivors_clocks_count_from_the_earlier_receipt_and_what_is_past_escalates_nothing()
    {
        var survivor = Survivor(hold: false);
        var clock = Of(survivor, Objective.Resolution).Single();
        (clock.StartedAt, clock.Due).ShouldBe((At(0), At(10)));
        var events = survivor.Decisions[^1].Events;
        events.OfType<ClockBreached>().Single().Reason.ShouldBe("by-merge");
        events.OfType<StepsSkipped>().Single().Steps.ShouldBe(["warn:50%", "escalate:1"], ignoreOrder: true);
        events.OfType<ComplaintEscalated>().ShouldBeEmpty();
        survivor.At(30).Try(new FireClocks(), Actor.System).Refusal!.Code.ShouldBe("clocks.nothing_due");
        survivor.Do(new Resolve("solved"));
        survivor.Complaint!.Clocks.Results.Single(result => result.Clock == "resolution/1").Verdict.ShouldBe(ClockVerdict.Breached);
    }

    [Fact]
    public void T15_What_was_past_before_the_merge_escalates_all_the_same()
    {
        var merged = With(TenHours);
        var survivor = new Situation { Rules = merged.Rules };
        survivor.At(2).Do(new Register(Situation.Draft));
        merged.At(3).Do(new Merge(Situation.IdOf(9), "other", "The same delivery."),
            referred: survivor.Complaint! with { Id = Situation.IdOf(9) });
        // By its own receipt the survivor was warned at 7 and due at 12, and no sweep has been there yet; by the merge it is 5 and 10.
        survivor.At(13).Do(new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint);
        survivor.Decisions[^1].Events.ShouldHaveSingleItem().ShouldBeOfType<MergedAbsorbed>();

        survivor.Do(new FireClocks(), Actor.System);
        survivor.Decisions[^1].Events.OfType<ClockBreached>().Single().Reason.ShouldBeNull();
        survivor.Decisions[^1].Events.OfType<ComplaintEscalated>().Single().Level.ShouldBe(1);
    }

    [Fact]
    public void T15_T17_What_is_not_past_by_the_deadline_clock_is_not_flagged_however_far_ahead_the_node_is()
    {
        var merged = With(TenHours);
        var survivor = new Situation { Rules = merged.Rules };
        survivor.At(4).Do(new Register(Situation.Draft));
        merged.At(4.5).Do(new Merge(Situation.IdOf(9), "other", "The same delivery."),
            referred: survivor.Complaint! with { Id = Situation.IdOf(9) });
        var context = survivor.At(5.5).Context(Actor.System) with { Referred = merged.Complaint };
        var absorb = new AbsorbMerged(merged.Complaint!.Id);

        Complaint.Decide(survivor.Complaint, absorb, context with { DueBy = At(4.99) }).Events.OfType<StepsSkipped>().ShouldBeEmpty();
        Complaint.Decide(survivor.Complaint, absorb, context).Events.OfType<StepsSkipped>().Single().Steps.ShouldBe(["warn:50%"], "control: by the node's clock half of it is gone");
    }

    [Fact]
    public void T15_Holds_commitments_and_agreed_deadlines_move_to_the_survivor()
    {
        var (survivor, _) = Merged();
        survivor.Complaint!.State.ShouldBe(ComplaintState.OnHold);
        survivor.Complaint.Progress.Holds.Single().Reason.ShouldBe("parts");
        Of(survivor, Objective.Agreed).Single().Due.ShouldBe(At(90));
        Of(survivor, Objective.Commitment).Single().Due.ShouldBe(At(80));
        survivor.Do(new ReleaseHold("parts"));
        survivor.Complaint.State.ShouldBe(ComplaintState.Registered);
    }

    [Fact]
    public void T15_Nothing_is_taken_over_twice_or_from_a_complaint_that_is_not_merged_into_this_one()
    {
        var (survivor, merged) = Merged();
        survivor.Try(new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint).Refusal!.Code.ShouldBe("merge.already_absorbed");
        var open = With(TenHours).Complaint!;
        With(TenHours).Try(new AbsorbMerged(open.Id), Actor.System, open).Refusal!.Code.ShouldBe("merge.not_merged");
        merged.Try(new ConfirmAbsorbed(Situation.IdOf(9)), Actor.System).Refusal!.Code.ShouldBe("merge.already_absorbed");
        survivor.Try(new AbsorbMerged(merged.Complaint.Id), Situation.Director, merged.Complaint).Refusal!.Code.ShouldBe("authority.internal");
    }
}
