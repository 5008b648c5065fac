using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Stateless;

namespace Complaints.Lifecycle.Stateless.Tests;

/// <summary>What a host does with the machine: its own actions, its own state, its own threads.</summary>
public sealed class HostTests
{
    private readonly List<string> _seen = [];
    private ComplaintState _state = ComplaintState.AwaitingApproval;
    private Circumstances _circumstances;

    [Fact]
    public void Stay_fires_neither_exit_nor_entry_action_and_does_not_set_the_state()
    {
        var machine = Watched();
        _circumstances = Circumstances.AnotherPending;
        machine.Fire(Name(new RejectApproval(1, "other", "no")));
        var unconditional = LifecycleTable.All
            .Where(row => row is { From: ComplaintState.AwaitingApproval, Stays: true, When: Circumstances.None }).ToList();
        unconditional.ShouldNotBeEmpty();
        foreach (var row in unconditional)
            machine.Fire(row.On);
        _seen.ShouldBeEmpty();

        // Control: the same command without the circumstance moves, and is seen.
        _circumstances = Circumstances.None;
        machine.Fire(Name(new RejectApproval(1, "other", "no")));
        _seen.ShouldBe(["left AwaitingApproval", "kept Proposing", "entered Proposing by reject-approval"]);
    }

    [Fact]
    public void Every_stay_in_every_state_is_silent()
    {
        var machine = Watched();
        foreach (var row in LifecycleTable.All.Where(row => row.Stays))
        {
            (_state, _circumstances) = (row.From, row.When);
            machine.Fire(row.On);
            _state.ShouldBe(row.From);
        }
        _seen.ShouldBeEmpty();
    }

    [Fact]
    public void State_lies_with_the_host_alone()
    {
        var machine = Watched();
        _state = ComplaintState.Resolved;
        machine.State.ShouldBe(ComplaintState.Resolved);
        machine.Fire(Name(new Close()));
        _state.ShouldBe(ComplaintState.Closed);
    }

    [Fact]
    public void Command_that_no_row_fits_is_refused_and_changes_nothing()
    {
        var machine = Watched();
        _state = ComplaintState.Closed;
        machine.CanFire(Name(new Close())).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => machine.Fire(Name(new Close()))).Message.ShouldContain("close");
        _state.ShouldBe(ComplaintState.Closed);
        _seen.ShouldBeEmpty();
    }

    [Fact]
    public void Guard_that_does_not_hold_is_named()
    {
        var machine = Watched();
        _state = ComplaintState.Proposing;
        machine.CanFire(Name(new Resolve("replaced")), out var unmet).ShouldBeFalse();
        unmet.ShouldBe(["NothingToAgree, NothingToExecute"]);
    }

    [Fact]
    public void Machines_ask_their_own_host_on_whichever_thread_they_are_fired()
    {
        var states = new ComplaintState[2];
        Circumstances[] circumstances = [Circumstances.AnotherPresented, Circumstances.None];
        var machines = Enumerable.Range(0, 2)
            .Select(index => LifecycleStateMachine.Create(() => states[index], to => states[index] = to, () => circumstances[index]))
            .ToList();
        for (var time = 0; time < 100; time++)
        {
            Array.Fill(states, ComplaintState.AwaitingConsent);
            Parallel.For(0, 2, index => machines[index].Fire(new CommandName("request-approval")));
            states.ShouldBe([ComplaintState.AwaitingConsent, ComplaintState.AwaitingApproval]);
        }
    }

    [Fact]
    public async Task Guards_answer_the_same_on_a_thread_of_Stateless()
    {
        var threads = new HashSet<int>();
        var machine = LifecycleStateMachine.Create(() => ComplaintState.Proposing, _ => { }, () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return Circumstances.NothingToAgree | Circumstances.NothingToExecute;
        });
        var here = await machine.PermittedTriggersAsync;
        threads.ShouldBe([Environment.CurrentManagedThreadId]);
        threads.Clear();
#pragma warning disable CS0618 // The older property asks the guards in a task of its own, where a thread-static circumstance would be lost.
        machine.PermittedTriggers.ShouldBe(here);
#pragma warning restore CS0618
        threads.ShouldNotContain(Environment.CurrentManagedThreadId);
        here.ShouldContain(Name(new Resolve("replaced")));
    }

    [Fact]
    public void Nothing_can_be_left_out_but_where_a_hold_resumes_to()
    {
        Missing(() => LifecycleStateMachine.Create(null!, _ => { }, () => _circumstances)).ShouldBe("state");
        Missing(() => LifecycleStateMachine.Create(() => _state, null!, () => _circumstances)).ShouldBe("setState");
        Missing(() => LifecycleStateMachine.Create(() => _state, _ => { }, null!)).ShouldBe("circumstances");
    }

    private static string? Missing(Func<object> create) => Should.Throw<ArgumentNullException>(create).ParamName;

    /// <summary>A machine with an action on every way into and out of every state.</summary>
    private StateMachine<ComplaintState, CommandName> Watched()
    {
        var machine = LifecycleStateMachine.Create(() => _state, Keep, () => _circumstances);
        foreach (var state in States.All)
        {
            machine.Configure(state)
                .OnEntry(step => _seen.Add($"entered {step.Destination} by {step.Trigger}"))
                .OnExit(step => _seen.Add($"left {step.Source}"));
        }
        return machine;
    }

    private void Keep(ComplaintState to)
    {
        _state = to;
        _seen.Add($"kept {to}");
    }

    private static CommandName Name(ComplaintCommand command) => CommandCatalogue.Of(command).Name;
}
