using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>As what a department works on a case.</summary>
public static class TaskRole
{
    /// <summary>主办: answers for the whole.</summary>
    public const string Lead = "lead";

    /// <summary>协办: helps who leads.</summary>
    public const string Assist = "assist";

    /// <summary>Both, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Lead, new("leads", "主办")),
        new(Assist, new("assists", "协办")),
    ]);

    internal static ICodeItem Of(bool lead) => All.Named(lead ? Lead : Assist);
}

/// <summary>What a department could do.</summary>
public static class TaskResult
{
    /// <summary>已办结: all that was asked.</summary>
    public const string Done = "done";

    /// <summary>部分办结: some of it.</summary>
    public const string Partly = "partly";

    /// <summary>无法办理: it cannot be done, or not in time.</summary>
    public const string Cannot = "cannot";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Done, new("done", "已办结")),
        new(Partly, new("partly done", "部分办结")),
        new(Cannot, new("cannot be done", "无法办理")),
    ]);
}

/// <summary>What was ruled on a task that came back (审定).</summary>
public static class ReturnRuling
{
    /// <summary>同意退单: the department is right, and nobody needs the task any more.</summary>
    public const string Uphold = "uphold";

    /// <summary>强制指派: the department has to do it.</summary>
    public const string Force = "force";

    /// <summary>改派: another department has to do it.</summary>
    public const string Redirect = "redirect";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Uphold, new("the department is right: cancel the task", "同意退单")),
        new(Force, new("the department has to do it", "强制指派")),
        new(Redirect, new("send it to another department", "改派其他部门")),
    ]);
}
