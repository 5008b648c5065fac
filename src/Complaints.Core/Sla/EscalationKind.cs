using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>What a person escalates a case for.</summary>
public static class EscalationKind
{
    /// <summary>超出权限: it takes more authority.</summary>
    public const string OverAuthority = "over-authority";

    /// <summary>无法解决: whoever has it cannot solve it.</summary>
    public const string CannotSolve = "cannot-solve";

    /// <summary>客户要求高层处理: the customer wants to speak with somebody higher.</summary>
    public const string Executive = "executive";

    /// <summary>重大利益: much is at stake.</summary>
    public const string MajorInterest = "major-interest";

    /// <summary>品管评审: not solved in time, or not properly; the quality department calls the departments together.</summary>
    public const string QualityReview = "quality-review";

    /// <summary>时限: it cannot be solved in time.</summary>
    public const string Time = "time";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(OverAuthority, new("beyond the authority", "超出处理权限")),
        new(CannotSolve, new("cannot be solved here", "无法解决")),
        new(Executive, new("customer asks for an executive", "客户要求高层处理")),
        new(MajorInterest, new("much is at stake", "涉及重大利益")),
        new(QualityReview, new("quality review", "品管评审")),
        new(Time, new("cannot be solved in time", "无法按期解决")),
    ]);
}
