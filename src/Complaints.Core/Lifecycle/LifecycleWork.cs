using Complaints.Core.Capabilities;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>What waits because a case stands still, or because it must go on elsewhere.</summary>
internal static class LifecycleWork
{
    /// <summary>Each reason to wait: when somebody must look whether it still holds.</summary>
    public static WorkKind<Complaint> Hold { get; } = new("hold", new("Review a hold", "复查暂停"), "release-hold")
    {
        In = static (complaint, dues) => complaint.Progress.Holds.Select(hold =>
        {
            var subject = new Subject("hold", hold.Reason);
            return new Waiting(subject, Earlier(ReviewOf(hold, dues.Zone), dues.Of(Sla.Objective.Hold, subject)));
        }),
    };

    /// <summary>The customer asks for a second-stage review.</summary>
    public static WorkKind<Complaint> ReviewRequest { get; } =
        new("review-request", new("Decide on a review", "处理复核申请"), "grant-review")
        {
            In = static (complaint, dues) => complaint.Progress.Review is not null
                ? [new(Due: dues.Of(Sla.Objective.Acknowledgement) ?? dues.First) { IsForDuty = true }]
                : [],
        };

    /// <summary>A merge that a crash left half done: the sweep completes it, or somebody must look why it cannot.</summary>
    public static WorkKind<Complaint> FinishMerge { get; } =
        new("finish-merge", new("Complete a merge", "完成合并"), WorkDuties.Administer)
        {
            In = static (complaint, dues) => Merging.Owed(complaint) is not null ? [new() { IsForDuty = true }] : [],
        };

    private static Instant? ReviewOf(Hold hold, DateTimeZone zone) => hold.ReviewOn is { } day ? zone.AtStartOfDay(day).ToInstant() : null;

    private static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other : one;
}
