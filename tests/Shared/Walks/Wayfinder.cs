using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core;

namespace Complaints.Tests.Shared;

/// <summary>
/// Leads a random walk to every command of the catalogue, a new one too: each stretch of the walk has a command as its goal, and a breadth-first search in the lifecycle table tells what comes before it.
/// </summary>
internal static class Wayfinder
{
    private static readonly ComplaintCommandInfo[] Goals = [.. CommandCatalogue.All.Where(command => !command.IsCreating)];

    /// <summary>The goal of a stretch: over many stretches each command is one equally often.</summary>
    public static ComplaintCommandInfo GoalOf(int stretch) => Goals[(int)((uint)stretch % Goals.Length)];

    /// <summary>Where a command is at home: the states that it moves from, else those in which it stays. A case that waits permits much that only makes sense elsewhere.</summary>
    private static IReadOnlyList<ComplaintState> PlacesOf(ComplaintCommandInfo goal)
    {
        var moves = LifecycleTable.Moves.Where(row => row.On == goal.Name).Select(row => row.From).Distinct().ToList();
        return moves.Count > 0 ? moves : goal.States;
    }

    /// <summary>Any command.</summary>
    public static ComplaintCommandInfo Any(Random random) => Goals[random.Next(Goals.Length)];

    /// <summary>The goal where the state permits it, else the first step on the shortest way to a state that does; any of them where there are several. <c>null</c> where no way leads there.</summary>
    public static ComplaintCommandInfo? Next(ComplaintState from, ComplaintCommandInfo goal, Random random)
    {
        var where = PlacesOf(goal);
        if (where.Contains(from))
            return goal;
        var first = new Dictionary<ComplaintState, CommandName?> { [from] = null };
        var open = new Queue<ComplaintState>([from]);
        while (open.TryDequeue(out var state))
        {
            foreach (var row in LifecycleTable.Moves.Where(row => row.From == state && !row.Stays).OrderBy(_ => random.Next()))
            {
                if (!first.TryAdd(row.To, first[state] ?? row.On))
                    continue;
                if (where.Contains(row.To))
                    return CommandCatalogue.Find(first[row.To]!.Value);
                open.Enqueue(row.To);
            }
        }
        return null;
    }
}
