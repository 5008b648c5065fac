using Complaints.Core.Capabilities;

namespace Complaints.Core.Lifecycle;

/// <summary>What a merged complaint owes its survivor: until it has taken over holds, promises and deadlines, nobody would keep
/// them.</summary>
internal static class Merging
{
    public static FollowOn<Complaint>? Owed(Complaint complaint) =>
        complaint is { State: ComplaintState.Merged, Progress: { MergedInto: { } survivor, Merged.AbsorbedAt: null, EndedAt: { } merged } }
            ? new("absorb-merged", merged, survivor, new AbsorbMerged(complaint.Id), by => new ConfirmAbsorbed(by), MergeRefusals.AlreadyAbsorbed.Code)
            : null;
}
