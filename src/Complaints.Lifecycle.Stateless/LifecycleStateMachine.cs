using Complaints.Core;
using Complaints.Core.Lifecycle;
using Stateless;

namespace Complaints.Lifecycle.Stateless;

/// <summary>
/// The lifecycle table as a configured <see cref="StateMachine{TState, TTrigger}"/>: a trigger is the name of a command, a row of the table
/// a permitted transition with its guard. Nothing hangs on it yet: entry and exit actions are the host's.
/// </summary>
/// <remarks>Creating machines is thread-safe; a machine is not, as Stateless's are not. Configuring one is the
/// expensive part: a machine serves one complaint after the other, when its functions read the one at hand.</remarks>
public static class LifecycleStateMachine
{
    /// <summary>A machine whose state the host keeps.</summary>
    /// <param name="state">Reads where the complaint stands.</param>
    /// <param name="setState">Keeps where it goes; called once a move, and never when the state stays.</param>
    /// <param name="circumstances">What else holds now. Every guard asks for it, on whichever thread Stateless runs it, so that it must
    /// answer quickly, and the same during one firing.</param>
    /// <param name="resumesTo">Where the complaint goes when its last hold is released: <see cref="HoldReleased.To"/>, or before that
    /// <see cref="Progress.ResumesTo"/>. Without it, or where it answers <c>null</c>, the first row of the table counts, as in
    /// <see cref="LifecycleMachine.Next"/>: <see cref="ComplaintState.Registered"/>.</param>
    /// <returns>The machine. A trigger for which no row fits ends in <c>OnUnhandledTrigger</c>, which throws
    /// <see cref="InvalidOperationException"/> unless the host sets another.</returns>
    public static StateMachine<ComplaintState, CommandName> Create(
        Func<ComplaintState> state,
        Action<ComplaintState> setState,
        Func<Circumstances> circumstances,
        Func<ComplaintState?>? resumesTo = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(setState);
        ArgumentNullException.ThrowIfNull(circumstances);
        var machine = new StateMachine<ComplaintState, CommandName>(state, setState);
        Configure(machine, LifecycleTable.All, circumstances, resumesTo);
        return machine;
    }

    internal static void Configure(
        StateMachine<ComplaintState, CommandName> machine,
        IEnumerable<Transition> table,
        Func<Circumstances> circumstances,
        Func<ComplaintState?>? resumesTo)
    {
        foreach (var state in table.GroupBy(row => row.From))
        {
            var from = machine.Configure(state.Key);
            foreach (var cell in state.GroupBy(row => row.On).Select(rows => rows.ToArray()))
            {
                if (cell is [{ When: Circumstances.None } only])
                    Add(from, only);
                else
                    Array.ForEach(cell, row => Guard(from, row, cell, circumstances, resumesTo));
            }
        }
    }

    // An internal transition for a stay, because a note in a state must not fire the actions of leaving and entering it.
    private static void Add(StateMachine<ComplaintState, CommandName>.StateConfiguration from, Transition row) =>
        _ = row.Stays ? from.InternalTransition(row.On, () => { }) : from.Permit(row.On, row.To);

    // In our table the first row that fits wins, whereas Stateless throws when two guards hold: each excludes the rows before its own.
    private static void Guard(
        StateMachine<ComplaintState, CommandName>.StateConfiguration from,
        Transition row,
        Transition[] cell,
        Func<Circumstances> circumstances,
        Func<ComplaintState?>? resumesTo)
    {
        Circumstances[] before = [.. cell.TakeWhile(other => other.When != row.When).Select(other => other.When)];
        Transition[] alternatives = Array.FindAll(cell, other => other.When == row.When);
        var description = string.Join("; ", before.Select(other => $"not {other}").Prepend($"{row.When}"));
        _ = row.Stays
            ? from.InternalTransitionIf(row.On, _ => Holds(), () => { }, description)
            : from.PermitIf(row.On, row.To, Holds, description);

        bool Holds()
        {
            var now = circumstances();
            return Fits(row.When, now) && !Array.Exists(before, when => Fits(when, now)) && (alternatives.Length == 1 || IsChosen());
        }

        // Rows of the same circumstances stand side by side where a hold may resume to any open state.
        bool IsChosen() => row.To == (resumesTo?.Invoke() ?? alternatives[0].To);
    }

    private static bool Fits(Circumstances when, Circumstances now) => (when & now) == when;
}
