using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>Why a point of a complaint is not pursued any more.</summary>
public static class PointDrop
{
    /// <summary>已撤回: the customer does not hold to it.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>重复: another point of the same complaint says the same.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>拆分: it goes on in another complaint, or as a case of another kind.</summary>
    public const string SplitOff = "split-off";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Withdrawn, new("withdrawn by the customer", "客户撤回")),
        new(Duplicate, new("a duplicate", "重复提出")),
        new(SplitOff, new("split off into another complaint", "拆分至另一投诉")),
    ]);
}
