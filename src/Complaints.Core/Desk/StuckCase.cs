using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>A case that nobody will move on by itself, and why.</summary>
/// <param name="Of">The case.</param>
/// <param name="Number">Its number; <c>null</c> where the case cannot be read.</param>
/// <param name="Work">What waits in vain.</param>
/// <param name="Cause">Why: a code of <see cref="StuckCause"/>.</param>
public sealed record StuckCase(AggregateId Of, string? Number, WorkRow Work, string Cause);

/// <summary>Why a case is stuck, and what would free it.</summary>
public static class StuckCause
{
    /// <summary>Everybody who could decide is involved in it.</summary>
    public const string OnlyTheInvolved = "only-the-involved";

    /// <summary>Nobody who may decide has the authority for the amount.</summary>
    public const string NoAuthority = "no-authority";

    /// <summary>Nobody holds a role that may do it.</summary>
    public const string NobodyMay = "nobody-may";

    /// <summary>Whoever has it is not with us any more.</summary>
    public const string OwnerLeft = "owner-left";

    /// <summary>Whoever has it is away until after it is due, and nobody stands in.</summary>
    public const string OwnerAway = "owner-away";

    /// <summary>Nobody is in the team that has it.</summary>
    public const string TeamEmpty = "team-empty";

    /// <summary>It is on hold, and nobody is told to look again.</summary>
    public const string HoldWithoutReview = "hold-without-review";

    /// <summary>The customer has left the offer unanswered for as long as silence is waited for.</summary>
    public const string ConsentUnanswered = "consent-unanswered";

    /// <summary>The deadline that was to be extended has passed undecided.</summary>
    public const string ExtensionUndecided = "extension-undecided";

    /// <summary>The customer's request for a review was not decided in time.</summary>
    public const string ReviewUndecided = "review-undecided";

    /// <summary>It was merged, and the other case has not taken over what it owes.</summary>
    public const string MergeUnfinished = "merge-unfinished";

    private static readonly ImmutableArray<(string Code, Label Why, Label Remedy)> Words =
    [
        (OnlyTheInvolved, new("Everybody who could decide asked for it, or proposed it", "有权决定的人都是申请人或提案人"),
            new("Give somebody else the permission and the authority, or recall the request and let another ask",
                "授予其他人相应权限与额度，或撤回申请改由他人提出")),
        (NoAuthority, new("Nobody who may decide has the authority for the amount", "有权决定的人都没有相应金额的额度"),
            new("Raise an authority, or recall the request and propose less", "提高额度，或撤回申请并降低方案金额")),
        (NobodyMay, new("Nobody holds a role that may do it", "没有人具有可处理的角色"),
            new("Give somebody the role, or let another role do it", "为人员分配该角色，或授权其他角色处理")),
        (OwnerLeft, new("Whoever has it has left", "负责人已离职"), new("Hand it over", "移交给其他人")),
        (OwnerAway, new("Whoever has it is away until after it is due, and nobody stands in", "负责人在到期前一直缺勤且无代理人"),
            new("Hand it over, or name a deputy", "移交给其他人，或指定代理人")),
        (TeamEmpty, new("Nobody is in the team that has it", "负责团队没有成员"),
            new("Hand it over to another team, or staff this one", "移交给其他团队，或为该团队配备人员")),
        (HoldWithoutReview, new("It is on hold, and nobody is told to look again", "已暂停且没有复查日期"),
            new("Release the hold, or place it again with a date for a review", "解除暂停，或重新暂停并填写复查日期")),
        (ConsentUnanswered, new("The customer has not answered the offer", "客户一直未答复方案"),
            new("Ask again, or let the offer lapse", "再次联系客户，或按逾期未答复处理")),
        (ExtensionUndecided, new("The deadline to be extended has passed undecided", "申请延长的期限已过仍未决定"),
            new("Decide on the extension", "对延期申请作出决定")),
        (ReviewUndecided, new("The customer's request for a review is not decided", "客户的复核申请未按时处理"),
            new("Grant the review", "受理复核")),
        (MergeUnfinished, new("The other case has not taken over what this one owes", "并入的投诉尚未接管其未完成事项"),
            new("Run a sweep, and look why it is refused", "运行一次扫描并查看被拒绝的原因")),
    ];

    /// <summary>Every cause with its words.</summary>
    public static ImmutableArray<CodeItem> All { get; } = [.. Words.Select(word => new CodeItem(word.Code, word.Why))];

    /// <summary>Why, in words.</summary>
    public static Label Why(string cause) => Words.FirstOrDefault(word => word.Code == cause).Why ?? new(cause, cause);

    /// <summary>What would free it, in words.</summary>
    public static Label Remedy(string cause) => Words.FirstOrDefault(word => word.Code == cause).Remedy ?? new(cause, cause);
}
