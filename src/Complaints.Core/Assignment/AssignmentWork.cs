using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Assignment;

/// <summary>What waits because nobody answers for a case, or for who does.</summary>
internal static class AssignmentWork
{
    /// <summary>Nobody has it, or the routing found no person in the team: somebody must say whose it is.</summary>
    public static WorkKind<Complaint> Assign { get; } = new("assign", new("Assign", "分派"), "hand-over")
    {
        In = static (complaint, dues) => complaint.Responsibility is { Owner: null, Team: null } or { Owner: null, Route.Problem: not null }
            && (States.Open.Contains(complaint.State) || complaint.State == ComplaintState.OnHold)
                ? [new(Due: dues.First) { IsForDuty = true }]
                : [],
    };

    /// <summary>The next step of a case that waits for nothing in particular; and the case for each department that was called
    /// in.</summary>
    public static WorkKind<Complaint> Handle { get; } = new("handle", new("Handle", "处理"), "hand-over")
    {
        In = static (complaint, dues) => complaint.Convened.IsEmpty ? Own(complaint, dues)
            : [.. Own(complaint, dues), .. Called(complaint, dues)],
    };

    private static IEnumerable<Waiting> Own(Complaint complaint, Dues dues) =>
        complaint.Responsibility is not { Owner: null, Team: null } && IsNext(complaint) ? [new(Due: dues.First)] : [];

    private static IEnumerable<Waiting> Called(Complaint complaint, Dues dues) => !States.InHand.Contains(complaint.State) ? []
        : complaint.Convened.Select(department => new Waiting(new("department", department), dues.First) { Team = department });

    /// <summary>Not while somebody else must answer first, or a step that has a name of its own comes before.</summary>
    private static bool IsNext(Complaint complaint) =>
        complaint.State is ComplaintState.Registered or ComplaintState.Investigating or ComplaintState.Proposing or ComplaintState.Executing
        && complaint is { Receipt.CallbackPending: false, Talk.UnansweredSince: null };
}
