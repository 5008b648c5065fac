using Complaints.Core.Lifecycle;
using static Complaints.Core.Lifecycle.ComplaintState;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class LifecycleTableTests
{
    private const string Always = "AddNote AbsorbMerged";
    private const string Promises = " MakeCommitment SettleCommitment";
    private const string Working = "AbsorbMerged Recalculate FireClocks Acknowledge Classify HandOver LinkRepeat AmendNarrative AddNote RecordInteraction" + Promises;
    private const string Deadlines = " RequestExtension DecideExtension";
    private const string OpenAlways = Working + Deadlines + " PlaceOnHold Withdraw Merge Adopt ConvertToComplaint Escalate AgreeDeadline";

    /// <summary>Written by hand from the lifecycle in the design; not derived from the product's table.</summary>
    private static readonly Dictionary<ComplaintState, string> Expected = new()
    {
        [Registered] = OpenAlways + " StartInvestigation Propose Resolve DecideNotEstablished",
        [Investigating] = OpenAlways + " Propose Resolve DecideNotEstablished",
        [Proposing] = OpenAlways + " Propose RequestApproval Present Resolve StartInvestigation DecideNotEstablished",
        [AwaitingApproval] = OpenAlways + " Propose RequestApproval Present Approve RejectApproval RecallApproval",
        [AwaitingConsent] = OpenAlways + " Propose Present RequestApproval Approve RejectApproval RecallApproval AcceptProposal RejectProposal LapseConsent",
        [Executing] = OpenAlways + " CompleteRemedy FailRemedy",
        [OnHold] = Working + Deadlines + " Escalate AgreeDeadline PlaceOnHold ReleaseHold Withdraw Merge Adopt Approve RejectApproval",
        [Resolved] = Working + " Close Reopen GrantReview ConvertToComplaint ConfirmSolved NotifyResult RecordVisit WaiveFollowUp",
        [NotEstablished] = Working + " GrantReview Close NotifyResult",
        [Closed] = Always + Promises + " FireClocks Reopen GrantReview Archive RecordInteraction NotifyResult RecordVisit WaiveFollowUp",
        [Withdrawn] = Always + " Archive RecordInteraction WaiveFollowUp",
        [Merged] = Always + " ConfirmAbsorbed",
    };

    /// <summary>Where a permitted trigger leads when nothing else is said; by hand, too.</summary>
    private static readonly (ComplaintState From, ComplaintTrigger On, ComplaintState To)[] Moves =
    [
        (Registered, ComplaintTrigger.StartInvestigation, Investigating), (Registered, ComplaintTrigger.Propose, Proposing),
        (Registered, ComplaintTrigger.Resolve, Resolved), (Registered, ComplaintTrigger.DecideNotEstablished, NotEstablished),
        (Investigating, ComplaintTrigger.Propose, Proposing), (Investigating, ComplaintTrigger.Resolve, Resolved),
        (Investigating, ComplaintTrigger.DecideNotEstablished, NotEstablished), (Proposing, ComplaintTrigger.StartInvestigation, Investigating),
        (Proposing, ComplaintTrigger.Present, AwaitingConsent), (Proposing, ComplaintTrigger.RequestApproval, AwaitingApproval),
        (Proposing, ComplaintTrigger.DecideNotEstablished, NotEstablished), (AwaitingApproval, ComplaintTrigger.Approve, AwaitingConsent),
        (AwaitingApproval, ComplaintTrigger.RejectApproval, Proposing), (AwaitingApproval, ComplaintTrigger.RecallApproval, Proposing),
        (AwaitingConsent, ComplaintTrigger.AcceptProposal, Executing), (AwaitingConsent, ComplaintTrigger.RejectProposal, Proposing),
        (AwaitingConsent, ComplaintTrigger.LapseConsent, Resolved), (AwaitingConsent, ComplaintTrigger.RequestApproval, AwaitingApproval),
        (Executing, ComplaintTrigger.CompleteRemedy, Resolved), (Executing, ComplaintTrigger.FailRemedy, Proposing),
        (Resolved, ComplaintTrigger.Close, Closed), (Resolved, ComplaintTrigger.Reopen, Investigating),
        (Resolved, ComplaintTrigger.GrantReview, Investigating), (Resolved, ComplaintTrigger.ConvertToComplaint, Registered),
        (Closed, ComplaintTrigger.Reopen, Investigating), (Closed, ComplaintTrigger.GrantReview, Investigating),
        (NotEstablished, ComplaintTrigger.GrantReview, Investigating), (NotEstablished, ComplaintTrigger.Close, Closed),
        (Registered, ComplaintTrigger.PlaceOnHold, OnHold), (Executing, ComplaintTrigger.Withdraw, Withdrawn), (OnHold, ComplaintTrigger.Merge, Merged),
    ];

    public static TheoryData<ComplaintState, ComplaintTrigger> Pairs()
    {
        var pairs = new TheoryData<ComplaintState, ComplaintTrigger>();
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            foreach (var trigger in Enum.GetValues<ComplaintTrigger>())
                pairs.Add(state, trigger);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void S089_Every_pair_is_permitted_or_refused_as_the_design_says(ComplaintState state, ComplaintTrigger trigger)
    {
        var expected = Expected[state].Split(' ').Contains(trigger.ToString());
        LifecycleMachine.Permits(state, trigger).ShouldBe(expected);

        var situation = Situation.In(state);
        var before = situation.Complaint!;
        before.State.ShouldBe(state);
        var decision = situation.Try(Situation.Command(trigger), Actor.System);
        if (expected)
        {
            // Permitted by the table: a rule of its own may still refuse, but never as a matter of the lifecycle.
            decision.Refusal?.Code.ShouldNotBe("lifecycle.not_permitted");
            return;
        }
        var refusal = decision.Refusal.ShouldNotBeNull();
        decision.Events.ShouldBeEmpty();
        decision.Next.ShouldBeSameAs(before);
        if (trigger is ComplaintTrigger.Register or ComplaintTrigger.Import)
        {
            refusal.Code.ShouldBe("complaint.exists");
            return;
        }
        refusal.Code.ShouldBe("lifecycle.not_permitted");
        refusal.Permitted.Select(permitted => permitted.ToString()).Order().ShouldBe(Expected[state].Split(' ').Order());
        refusal.Message.ShouldContain(state.ToString());
    }

    [Fact]
    public void S090_Each_move_leads_where_the_design_says()
    {
        foreach (var (from, on, to) in Moves)
            LifecycleMachine.Next(from, on).ShouldBe(to, $"{from} --{on}-->");
    }

    [Fact]
    public void Every_state_can_reach_an_end_and_none_is_unreachable()
    {
        var edges = LifecycleTable.All.Where(row => !row.Stays).ToLookup(row => row.From, row => row.To);
        Reachable(Registered, edges).ShouldBe(Enum.GetValues<ComplaintState>(), ignoreOrder: true);
        foreach (var state in Enum.GetValues<ComplaintState>().Except(LifecycleTable.Ends))
            Reachable(state, edges).Intersect(LifecycleTable.Ends).ShouldNotBeEmpty($"{state} reaches no end");
    }

    [Fact]
    public void The_lint_finds_a_dead_end_in_a_broken_table()
    {
        var edges = LifecycleTable.All.Where(row => !row.Stays && row.From != Executing).ToLookup(row => row.From, row => row.To);
        Reachable(Executing, edges).Intersect(LifecycleTable.Ends).ShouldBeEmpty();
    }

    [Fact]
    public void The_diagram_shows_every_move()
    {
        var diagram = LifecycleMachine.ToMermaid();
        foreach (var row in LifecycleTable.All.Where(row => !row.Stays))
            diagram.ShouldContain($"{row.From} --> {row.To}:");
    }

    private static HashSet<ComplaintState> Reachable(ComplaintState from, ILookup<ComplaintState, ComplaintState> edges)
    {
        var seen = new HashSet<ComplaintState> { from };
        var open = new Stack<ComplaintState>([from]);
        while (open.TryPop(out var state))
        {
            foreach (var next in edges[state].Where(seen.Add))
                open.Push(next);
        }
        return seen;
    }
}
