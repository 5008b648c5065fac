using Complaints.Core.Capabilities;

namespace Complaints.Core.Lifecycle;

/// <summary>Asks the lifecycle table on behalf of the command that is being decided.</summary>
internal static class ComplaintSteps
{
    /// <summary>The state that the command leads to. It was permitted, so that a missing row is a fault of the table.</summary>
    public static ComplaintState To(this EventSink<Complaint> events, Circumstances circumstances = Circumstances.None) =>
        events.Step((int)circumstances) is >= 0 and var to ? (ComplaintState)to
            : throw new InvalidOperationException($"The lifecycle table has no row from {events.State.State} for the circumstances {circumstances}.");
}
