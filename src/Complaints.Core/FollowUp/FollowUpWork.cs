using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.FollowUp;

/// <summary>What waits after a case was solved.</summary>
internal static class FollowUpWork
{
    /// <summary>The customer was not visited, and nobody decided to do without: nothing can be filed away before.</summary>
    public static WorkKind<Complaint> Visit { get; } = new("visit", new("Follow up", "回访"), "record-visit")
    {
        In = static (complaint, dues) => complaint.State is ComplaintState.Resolved or ComplaintState.Closed
            && complaint is { Progress.ArchivedAt: null, FollowUp.IsSettled: false }
                ? [new(Due: dues.Of(Objective.FollowUpVisit))]
                : [],
    };
}
