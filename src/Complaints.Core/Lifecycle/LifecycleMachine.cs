using System.Collections.Immutable;
using System.Text;

namespace Complaints.Core.Lifecycle;

/// <summary>Runs the lifecycle table: a look-up by state and command, without allocation. Thread-safe.</summary>
public static class LifecycleMachine
{
    internal static Machine Current => ComplaintRooms.Current.Machine;

    /// <summary>True when the table has a row for the state and the command, whatever else must hold; false for a command that does not
    /// exist.</summary>
    public static bool Permits(ComplaintState from, CommandName on) =>
        ComplaintRooms.Current.Catalogue.FindCommand(on.Value) is { } command && Current.Permits(from, command.Ordinal);

    /// <summary>The commands that the table has for a state.</summary>
    public static ImmutableArray<CommandName> Permitted(ComplaintState from) => Current.Permitted(from);

    /// <summary>The state that the command leads to, or <c>null</c> if no row fits the circumstances.</summary>
    public static ComplaintState? Next(ComplaintState from, CommandName on, Circumstances circumstances = Circumstances.None) =>
        ComplaintRooms.Current.Catalogue.FindCommand(on.Value) is { } command ? Current.Next(from, command.Ordinal, circumstances) : null;

    /// <summary>The table as a Mermaid state diagram; steps that stay in their state are left out.</summary>
    public static string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> Registered\n");
        var moves = LifecycleTable.Moves.Where(row => !row.Stays);
        foreach (var pair in moves.GroupBy(row => (row.From, row.To)))
            text.Append("    ").Append(pair.Key.From).Append(" --> ").Append(pair.Key.To).Append(": ").AppendJoin(", ", pair.Select(Describe).Distinct(StringComparer.Ordinal)).Append('\n');
        foreach (var end in States.Ends)
            text.Append("    ").Append(end).Append(" --> [*]\n");
        return text.ToString();
    }

    private static string Describe(Transition row) => row.When == Circumstances.None ? $"{row.On}" : $"{row.On} [{row.When}]";
}
