using Complaints.Core;

namespace Complaints.Simulation.Nodes;

/// <summary>What somebody wanted once, however often it had to be said.</summary>
internal sealed class Intention(string what)
{
    public string What => what;

    /// <summary>The ids under which it was sent: one, unless a client has a bug.</summary>
    public List<CommandId> Sent { get; } = [];

    /// <summary>What was answered in the end; <c>null</c> when it was refused.</summary>
    public CommandAnswer? Answer { get; set; }

    /// <summary>True when the client knows what became of it.</summary>
    public bool IsKnown { get; set; }
}
