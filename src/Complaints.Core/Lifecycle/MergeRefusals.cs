namespace Complaints.Core.Lifecycle;

/// <summary>What both halves of a merge may be refused with.</summary>
internal static class MergeRefusals
{
    public static readonly Refusal CarriedOn = new(
        "merge.carried_on",
        "The complaint is carried on under {value}; do it there.",
        "该投诉已并入 {value}，请在该投诉上操作。");

    public static readonly Refusal AlreadyAbsorbed = new(
        "merge.already_absorbed",
        "What the complaint {value} owes was taken over already.",
        "投诉 {value} 的事项已接管。");
}
