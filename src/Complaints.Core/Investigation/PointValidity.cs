using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>Whether a point of a complaint is established (成立).</summary>
public static class PointValidity
{
    /// <summary>成立: the customer is right.</summary>
    public const string Established = "established";

    /// <summary>部分成立: the customer is right in part.</summary>
    public const string Partly = "partly-established";

    /// <summary>不成立: the customer is not right.</summary>
    public const string Not = "not-established";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Established, new("established", "成立")),
        new(Partly, new("partly established", "部分成立")),
        new(Not, new("not established", "不成立")),
    ]);

    /// <summary>What is said of a point that nobody has judged yet.</summary>
    public static Label Undecided { get; } = new("not judged yet", "待判定");
}

/// <summary>Whether the grounds of a point are sufficient: what the customer says and shows for it.</summary>
public static class PointGrounds
{
    /// <summary>充分: they carry the point.</summary>
    public const string Sufficient = "sufficient";

    /// <summary>不充分: they do not.</summary>
    public const string Insufficient = "insufficient";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Sufficient, new("sufficient", "充分")),
        new(Insufficient, new("insufficient", "不充分")),
    ]);
}

/// <summary>Whether what the customer demands for a point is reasonable, whoever is right.</summary>
public static class PointDemand
{
    /// <summary>合理: it can be met.</summary>
    public const string Reasonable = "reasonable";

    /// <summary>部分合理: some of it can.</summary>
    public const string Partly = "partly-reasonable";

    /// <summary>不合理: it cannot.</summary>
    public const string Not = "not-reasonable";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Reasonable, new("reasonable", "合理")),
        new(Partly, new("partly reasonable", "部分合理")),
        new(Not, new("not reasonable", "不合理")),
    ]);
}
