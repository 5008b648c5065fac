namespace Complaints.Core.Assignment;

/// <summary>What several commands ask about a member of the staff.</summary>
internal static class StaffRules
{
    public static readonly Refusal Left = new(
        "assignment.left",
        "{value} does not work here any more; name somebody else.",
        "{value} 已离职，请指定其他负责人。");
}
