using Complaints.Core;
using Complaints.Core.Lifecycle;
using Stateless;

namespace Complaints.Lifecycle.Stateless.Tests;

/// <summary>Stateless answers as our own machine does, everywhere; and a machine that does not is found.</summary>
public sealed class EqualityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Stateless_answers_as_our_machine_for_every_state_command_and_circumstances()
    {
        var compared = await Comparison.OfAsync((state, set, when) => LifecycleStateMachine.Create(state, set, when));
        output.WriteLine(
            $"{compared.Firings} firings compared: {States.All.Length} states, {Comparison.Commands.Length} commands, "
            + $"{Comparison.Combinations.Length} combinations of circumstances; {compared.Moves} moved, {compared.Stays} stayed, "
            + $"{compared.Firings - compared.Moves - compared.Stays} were refused. {compared.Lists} lists of permitted triggers compared.");

        compared.Differences.ShouldBeEmpty();
        compared.Firings.ShouldBe(States.All.Length * Comparison.Commands.Length * 64);
        compared.Moves.ShouldBePositive();
        compared.Stays.ShouldBePositive();
    }

    public static TheoryData<ComplaintState> Open => [.. States.Open];

    [Theory]
    [MemberData(nameof(Open))]
    public async Task A_released_hold_resumes_to_where_the_host_says_and_all_else_is_as_in_our_machine(ComplaintState resumesTo) =>
        (await Comparison.OfAsync(
            (state, set, when) => LifecycleStateMachine.Create(state, set, when, () => resumesTo),
            (from, on, when) =>
            {
                var to = LifecycleMachine.Next(from, on, when);
                return from == ComplaintState.OnHold && to == ComplaintState.Registered ? resumesTo : to;
            })).Differences.ShouldBeEmpty();

    [Fact]
    public void Only_the_release_of_a_hold_has_several_rows_for_the_same_circumstances() =>
        LifecycleTable.All.GroupBy(row => (row.From, row.On, row.When)).Where(rows => rows.Count() > 1).Select(rows => rows.Key)
            .ShouldBe([(ComplaintState.OnHold, new CommandName("release-hold"), Circumstances.None)]);

    [Fact]
    public async Task Control_guards_that_do_not_exclude_the_rows_before_them_are_found()
    {
        var compared = await Comparison.OfAsync((state, set, when) =>
        {
            var machine = new StateMachine<ComplaintState, CommandName>(state, set);
            foreach (var row in LifecycleTable.All)
            {
                var from = machine.Configure(row.From);
                if (row.Stays)
                    from.InternalTransitionIf(row.On, _ => (when() & row.When) == row.When, () => { });
                else
                    from.PermitIf(row.On, row.To, () => (when() & row.When) == row.When);
            }
            return machine;
        });
        Print(compared);
        compared.Differences.ShouldContain(difference => difference.Contains("Multiple permitted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Control_rows_in_another_order_are_found()
    {
        var compared = await Comparison.OfAsync((state, set, when) => Configured(LifecycleTable.All.Reverse(), state, set, when));
        Print(compared);
        compared.Differences.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Control_one_row_that_leads_elsewhere_is_found()
    {
        var wrong = LifecycleTable.All
            .Select(row => row.On == new CommandName("complete-remedy") && !row.Stays ? row with { To = ComplaintState.Closed } : row);
        var compared = await Comparison.OfAsync((state, set, when) => Configured(wrong, state, set, when));
        Print(compared);
        compared.Differences.Count.ShouldBe(64);
    }

    private void Print(Comparison compared) =>
        output.WriteLine($"{compared.Differences.Count} differences, the first: {compared.Differences.FirstOrDefault()}");

    private static StateMachine<ComplaintState, CommandName> Configured(
        IEnumerable<Transition> table, Func<ComplaintState> state, Action<ComplaintState> set, Func<Circumstances> when)
    {
        var machine = new StateMachine<ComplaintState, CommandName>(state, set);
        LifecycleStateMachine.Configure(machine, table, when, resumesTo: null);
        return machine;
    }
}
