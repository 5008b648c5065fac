using Complaints.Simulation.Nodes;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>Everything of one run that is not a node or a customer.</summary>
internal sealed class Setting
{
    public Setting(int seed, Bug bug)
    {
        // Shortly before the minutes in which customers must not be disturbed: 09:00 in Shanghai.
        Scheduler = new(seed, Instant.FromUtc(2026, 9, 1, 1, seed % 10));
        (Bug, Trace, Weather, Chronicle) = (bug, new(Scheduler), new(Scheduler), new(Scheduler));
        Database = BuggyDatabases.Of(bug, Scheduler, Trace, Chronicle);
        Receivers = [new("bus", true, 2, _ => true, Chronicle, Trace), new("mail", false, 4, topic => !topic.StartsWith("complaints.clock", StringComparison.Ordinal), Chronicle, Trace)];
    }

    public Bug Bug { get; }

    public Scheduler Scheduler { get; }

    public Trace Trace { get; }

    public Weather Weather { get; }

    public Chronicle Chronicle { get; }

    public Database Database { get; }

    public IReadOnlyList<Receiver> Receivers { get; }
}
