using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using static Complaints.Core.Lifecycle.ComplaintState;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class LifecycleTableTests
{
    private const string Always = "absorb-merged follow-improvement drop-split-point settle-split add-note";
    private const string Promises = " make-commitment settle-commitment";
    private const string Working =
        "absorb-merged follow-improvement drop-split-point settle-split recalculate fire-clocks acknowledge classify hand-over link unlink amend-narrative add-note add-participant amend-participant "
        + "amend-intake record-interaction record-check add-evidence record-filing" + Promises;
    private const string Signals = " raise-signal settle-signal";
    private const string Deadlines = " request-extension decide-extension";
    private const string Points = " raise-point drop-point decide-validity";
    private const string Inquiry = " plan-step finish-step record-finding record-liability";
    private const string Tasks = " send-task sign-task return-task rule-on-return answer-task verify-task cancel-task";
    private const string OpenAlways = Working + Deadlines + Points + Inquiry + Signals + Tasks
        + " place-on-hold withdraw merge adopt convert-to-complaint escalate agree-deadline";

    /// <summary>Written by hand from the lifecycle in the design; not derived from the product's table.</summary>
    private static readonly Dictionary<ComplaintState, string> Expected = new()
    {
        [Registered] = OpenAlways + " start-investigation propose resolve decide-not-established",
        [Investigating] = OpenAlways + " propose resolve decide-not-established",
        [Proposing] = OpenAlways + " propose request-approval present resolve start-investigation decide-not-established",
        [AwaitingApproval] = OpenAlways + " propose request-approval present approve reject-approval recall-approval",
        [AwaitingConsent] = OpenAlways + " propose present request-approval approve reject-approval recall-approval accept-proposal reject-proposal lapse-consent",
        [Executing] = OpenAlways + " complete-remedy fail-remedy",
        [OnHold] = Working + Deadlines + Points + Inquiry + Signals + Tasks
            + " escalate agree-deadline place-on-hold release-hold withdraw merge adopt approve reject-approval",
        [Resolved] = Working + Signals + " record-finding record-liability"
            + " close reopen request-review grant-review convert-to-complaint confirm-solved notify-result record-visit waive-follow-up",
        [NotEstablished] = Working + " record-finding record-liability request-review grant-review close notify-result confirm-solved",
        [Closed] = Always + Promises + " record-liability fire-clocks acknowledge amend-intake record-check add-evidence record-filing"
            + " reopen request-review grant-review link unlink archive record-interaction amend-participant notify-result record-visit"
            + " waive-follow-up",
        [Withdrawn] = Always + " amend-intake link unlink archive record-interaction record-check amend-participant waive-follow-up",
        [Merged] = "absorb-merged follow-improvement drop-split-point settle-split confirm-absorbed",
    };

    /// <summary>Where a permitted command leads when nothing else is said; by hand, too.</summary>
    private static readonly (ComplaintState From, CommandName On, ComplaintState To)[] Moves =
    [
        (Registered, new CommandName("start-investigation"), Investigating), (Registered, new CommandName("propose"), Proposing),
        (Registered, new CommandName("resolve"), Resolved), (Registered, new CommandName("decide-not-established"), NotEstablished),
        (Investigating, new CommandName("propose"), Proposing), (Investigating, new CommandName("resolve"), Resolved),
        (Investigating, new CommandName("decide-not-established"), NotEstablished), (Proposing, new CommandName("start-investigation"), Investigating),
        (Proposing, new CommandName("present"), AwaitingConsent), (Proposing, new CommandName("request-approval"), AwaitingApproval),
        (Proposing, new CommandName("decide-not-established"), NotEstablished), (AwaitingApproval, new CommandName("approve"), AwaitingConsent),
        (AwaitingApproval, new CommandName("reject-approval"), Proposing), (AwaitingApproval, new CommandName("recall-approval"), Proposing),
        (AwaitingConsent, new CommandName("accept-proposal"), Executing), (AwaitingConsent, new CommandName("reject-proposal"), Proposing),
        (AwaitingConsent, new CommandName("lapse-consent"), Resolved), (AwaitingConsent, new CommandName("request-approval"), AwaitingApproval),
        (Executing, new CommandName("complete-remedy"), Resolved), (Executing, new CommandName("fail-remedy"), Proposing),
        (Resolved, new CommandName("close"), Closed), (Resolved, new CommandName("reopen"), Investigating),
        (Resolved, new CommandName("grant-review"), Investigating), (Resolved, new CommandName("convert-to-complaint"), Registered),
        (Closed, new CommandName("reopen"), Investigating), (Closed, new CommandName("grant-review"), Investigating),
        (NotEstablished, new CommandName("grant-review"), Investigating), (NotEstablished, new CommandName("close"), Closed),
        (Registered, new CommandName("place-on-hold"), OnHold), (Executing, new CommandName("withdraw"), Withdrawn), (OnHold, new CommandName("merge"), Merged),
    ];

    public static TheoryData<ComplaintState, string> Pairs()
    {
        var pairs = new TheoryData<ComplaintState, string>();
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            foreach (var command in ComplaintRooms.Current.Catalogue.Commands)
                pairs.Add(state, command.Name);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void S089_Every_pair_is_permitted_or_refused_as_the_design_says(ComplaintState state, string command)
    {
        var trigger = new CommandName(command);
        var expected = Expected[state].Split(' ').Contains(command);
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
        if (command is "register" or "import")
        {
            refusal.Code.ShouldBe("complaint.exists");
            return;
        }
        refusal.Code.ShouldBe(state == Merged ? "merge.carried_on" : "lifecycle.not_permitted");
        refusal.Permitted.Select(permitted => permitted.ToString()).Order().ShouldBe(Expected[state].Split(' ').Order());
        refusal.Message.ShouldContain(state == Merged ? "2026-000009" : state.ToString());
    }

    /// <summary>The table as it was compiled before commands named their own states: every cell with its rows in order.</summary>
    [Fact]
    public void S089_The_compiled_table_is_cell_by_cell_what_it_was()
    {
        var cells =
            from state in States.All
            from command in ComplaintRooms.Current.Catalogue.Commands
            let rows = LifecycleTable.All.Where(row => row.From == state && row.On == command.CommandName).ToList()
            where rows.Count > 0
            select $"{state} {command.Name} -> {string.Join(" | ", rows.Select(row => row.When == Circumstances.None ? $"{row.To}" : $"{row.To} [{row.When}]"))}";
        string.Concat(cells.Order(StringComparer.Ordinal).Select(cell => $"{cell}\n")).ShouldBeApproved("lifecycle.txt");
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
        foreach (var state in Enum.GetValues<ComplaintState>().Except(States.Ends))
            Reachable(state, edges).Intersect(States.Ends).ShouldNotBeEmpty($"{state} reaches no end");
    }

    [Fact]
    public void The_lint_finds_a_dead_end_in_a_broken_table()
    {
        var edges = LifecycleTable.All.Where(row => !row.Stays && row.From != Executing).ToLookup(row => row.From, row => row.To);
        Reachable(Executing, edges).Intersect(States.Ends).ShouldBeEmpty();
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
