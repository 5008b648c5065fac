using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>What waits because somebody planned it.</summary>
internal static class InvestigationWork
{
    /// <summary>A step, for who does it, or for the team.</summary>
    public static WorkKind<Complaint> Step { get; } = new("step", new("Carry out a step", "执行步骤"), "finish-step")
    {
        In = static (complaint, dues) => !States.InHand.Contains(complaint.State) ? [] : complaint.Inquiry.Steps
            .Where(step => step.IsOpen)
            .Select(step => new Waiting(step.Subject, step.Due) { Person = step.Owner, Team = step.Team }),
    };
}
