using System.Collections.Immutable;
using System.Text;

namespace Complaints.Core.Lifecycle;

/// <summary>Runs the lifecycle table: a look-up by state and trigger, without allocation. Thread-safe.</summary>
public static class LifecycleMachine
{
    private static readonly int TriggerCount = Enum.GetValues<ComplaintTrigger>().Length;

    private static readonly Transition[][] Rows = Compile();

    private static readonly ImmutableArray<ComplaintTrigger>[] PermittedByState =
        [.. Enum.GetValues<ComplaintState>().Select(state => LifecycleTable.All.Where(row => row.From == state).Select(row => row.On).Distinct().Order().ToImmutableArray())];

    /// <summary>True when the table has a row for the state and the trigger, whatever else must hold.</summary>
    public static bool Permits(ComplaintState from, ComplaintTrigger on) => Rows[Cell(from, on)].Length > 0;

    /// <summary>The triggers that the table has for a state.</summary>
    public static ImmutableArray<ComplaintTrigger> Permitted(ComplaintState from) => PermittedByState[(int)from];

    /// <summary>The state that the trigger leads to, or <c>null</c> if no row fits the circumstances.</summary>
    public static ComplaintState? Next(ComplaintState from, ComplaintTrigger on, Circumstances circumstances = Circumstances.None)
    {
        foreach (ref readonly var row in Rows[Cell(from, on)].AsSpan())
        {
            if ((row.When & circumstances) == row.When)
                return row.To;
        }
        return null;
    }

    /// <summary>The table as a Mermaid state diagram; steps that stay in their state are left out.</summary>
    public static string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> Registered\n");
        var moves = LifecycleTable.All.Where(row => !row.Stays);
        foreach (var pair in moves.GroupBy(row => (row.From, row.To)))
            text.Append("    ").Append(pair.Key.From).Append(" --> ").Append(pair.Key.To).Append(": ").AppendJoin(", ", pair.Select(Describe).Distinct(StringComparer.Ordinal)).Append('\n');
        foreach (var end in LifecycleTable.Ends)
            text.Append("    ").Append(end).Append(" --> [*]\n");
        return text.ToString();
    }

    private static string Describe(Transition row) => row.When == Circumstances.None ? $"{row.On}" : $"{row.On} [{row.When}]";

    private static int Cell(ComplaintState from, ComplaintTrigger on) => (int)from * TriggerCount + (int)on;

    private static Transition[][] Compile()
    {
        var rows = new Transition[Enum.GetValues<ComplaintState>().Length * TriggerCount][];
        Array.Fill(rows, []);
        foreach (var cell in LifecycleTable.All.GroupBy(row => Cell(row.From, row.On)))
            rows[cell.Key] = [.. cell];
        return rows;
    }
}
