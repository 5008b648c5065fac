using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Contact;

/// <summary>What signals ask of the owner.</summary>
internal static class SignalWork
{
    public static WorkKind<Complaint> Follow { get; } = new("follow-signal", new("Follow a signal", "跟进预警"), "settle-signal")
    {
        In = static (complaint, dues) => States.InHand.Contains(complaint.State) || complaint.State == ComplaintState.Resolved
            ? complaint.Contact.OpenIn(complaint).Select(mark => new Waiting(mark.Subject))
            : [],
    };
}
