using System.Collections.Frozen;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Assignment;

/// <summary>Why a case is where it is: the row of the routing that it went by, and what stood in the way of a person.</summary>
/// <param name="Row">The row, 1 for the first.</param>
/// <param name="Version">The version of the routing.</param>
/// <param name="Skill">What the row asked for.</param>
/// <param name="Problem">Why nobody of the team has it: a code of <see cref="RouteProblem"/>; <c>null</c> where nothing went wrong.</param>
/// <param name="InsteadOf">For whom the owner stands in.</param>
public sealed record Route(int Row, int Version, string? Skill = null, string? Problem = null, string? InsteadOf = null)
{
    /// <summary>Which row it was, in words.</summary>
    public Label Words => new($"row {Row} of the routing, version {Version}", $"分派规则第 {Row} 行（版本 {Version}）");

    internal Detail[] Details =>
    [
        new(Labels.Route, Words),
        new(Labels.InsteadOf, InsteadOf is null ? null : new StaffMember(InsteadOf)),
        new(Labels.RouteProblem, Problem is null ? null : RouteProblem.Words(Problem)),
    ];
}

/// <summary>Why a case went to a team and to nobody of it.</summary>
public static class RouteProblem
{
    /// <summary>The team has no members.</summary>
    public const string TeamEmpty = "team-empty";

    /// <summary>Nobody of the team can do what the row asks for.</summary>
    public const string NobodySkilled = "nobody-skilled";

    /// <summary>Everybody who could do it is away.</summary>
    public const string AllAbsent = "all-absent";

    /// <summary>Who the row names is away or has left, and so is whoever stands in.</summary>
    public const string OwnerAbsent = "owner-absent";

    /// <summary>Everybody who could take it is complained about in it, or leads the team of who is.</summary>
    public const string AllInvolved = "all-involved";

    /// <summary>The deputies stand in for each other in a circle, or the chain of them is longer than ten.</summary>
    public const string DeputyCircle = "deputy-circle";

    /// <summary>The directory of the staff failed or took too long.</summary>
    public const string DirectoryFailed = "directory-failed";

    /// <summary>The strategy failed, took too long, or chose somebody who was not to be chosen.</summary>
    public const string StrategyFailed = "strategy-failed";

    /// <summary>No strategy of that code is registered.</summary>
    public const string StrategyUnknown = "strategy-unknown";

    private static readonly FrozenDictionary<string, Label> Known = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        [TeamEmpty] = new("the team has no members", "该团队没有成员"),
        [NobodySkilled] = new("nobody of the team has the skill", "团队中无人具备所需技能"),
        [AllAbsent] = new("everybody who could take it is away", "可承办人员均不在岗"),
        [OwnerAbsent] = new("the person named is away and nobody deputises", "指定负责人不在岗且无人代理"),
        [AllInvolved] = new("everybody who could take it must keep out of it", "可承办人员均须回避"),
        [DeputyCircle] = new("the deputies stand in for each other", "代理人互相代理，无法确定承办人"),
        [DirectoryFailed] = new("the staff directory did not answer", "人员目录未响应"),
        [StrategyFailed] = new("the assignment strategy failed", "分派策略执行失败"),
        [StrategyUnknown] = new("the assignment strategy is not installed", "未安装所选分派策略"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a problem is called; one of a newer program has no name here.</summary>
    public static Label Words(string problem) =>
        Known.TryGetValue(problem, out var label) ? label : new("it could not be assigned", "无法自动分派");
}

/// <summary>Where a new case goes, as it was found out at the edge.</summary>
/// <param name="Owner">The person; <c>null</c> leaves it to the team.</param>
/// <param name="Team">The team.</param>
/// <param name="Track">The track.</param>
/// <param name="Route">Why.</param>
public sealed record Placement(string? Owner, string Team, string? Track, Route Route);
