using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core;

/// <summary>Everything that a decision about a complaint may know besides the state and the command. Built at the edge, once a
/// command.</summary>
public sealed record DecisionContext : DecisionContext<Complaint>
{
    /// <summary>What a new complaint is given at the edge: id, number, subject, similar complaints. <c>null</c> for an existing
    /// one.</summary>
    public IntakeTicket? Intake { get; init; }

    /// <summary>A random id, from which persons whom the command brings get theirs; where it is left out, they follow from the complaint
    /// alone, and must not be decided twice.</summary>
    public Guid Fresh { get; init; }
}
