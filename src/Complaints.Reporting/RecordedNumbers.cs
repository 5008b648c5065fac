using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Reporting;

/// <summary>The numbers that are recorded of complaints and mean something in a sum, with what they are called.</summary>
internal static class RecordedNumbers
{
    private static readonly ImmutableDictionary<string, Label> Names = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        [Measures.Cost] = new("Agreed cost", "约定成本"),
        [Measures.FirstResponse] = new("Time to the first answer of a person", "首次人工响应用时"),
        [Measures.LateBy] = new("Resolved too late by", "解决超时时长"),
        [Measures.Offers] = new("Solutions put forward", "提出的方案数"),
        [Measures.Visits] = new("Visits tried", "回访次数"),
        [Measures.Chasers] = new("Chasers of the customer", "客户催办次数"),
        [Measures.Reopens] = new("Reopenings", "重启次数"),
        [Measures.Reviews] = new("Reviews", "复核次数"),
        [Measures.Transitions] = new("Changes of state", "状态变更次数"),
        [Measures.Satisfied] = new("Rounds with a satisfied customer", "客户满意的轮次"),
        [Measures.Dissatisfied] = new("Rounds with a dissatisfied customer", "客户不满意的轮次"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<(string Prefix, Label Label)> Prefixes =
    [
        (Measures.Stage, new("Time in the state", "所处状态用时")),
        (Measures.First, new("Time until first in the state", "首次进入状态用时")),
        (Measures.Held, new("Time of waiting", "等待用时")),
        (Measures.Team, new("Time with the team", "团队处理用时")),
        (Measures.Met, new("Time limits kept", "按时达成次数")),
        (Measures.Breached, new("Time limits missed", "超时次数")),
        (Measures.Cancelled, new("Time limits ended without a verdict", "无判定的时限数")),
        (Measures.Cause, new("Findings of the cause", "原因对应的结论数")),
        (Measures.Fault, new("Findings of fault", "责任方对应的结论数")),
    ];

    /// <summary>What may be named, for a message.</summary>
    public static string Known => string.Join(", ",
        Names.Keys.Concat(Prefixes.Select(prefix => prefix.Prefix + "...")).Order(StringComparer.Ordinal));

    /// <summary>What a number is called; <c>null</c> for one that nobody records.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rules">Where reasons and teams have their names.</param>
    public static Label? LabelOf(string name, Rulebook rules)
    {
        if (name is null)
            return null;
        if (Names.TryGetValue(name, out var label))
            return label;
        foreach (var (prefix, text) in Prefixes)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Named(prefix, name[prefix.Length..], rules) is { } what
                    ? new($"{text.En}: {what.En}", $"{text.Zh}：{what.Zh}")
                    : null;
            }
        }
        return null;
    }

    /// <summary>True for durations in seconds.</summary>
    public static bool IsTime(string name) =>
        name is Measures.FirstResponse or Measures.LateBy
        || name.StartsWith(Measures.Stage, StringComparison.Ordinal) || name.StartsWith(Measures.First, StringComparison.Ordinal)
        || name.StartsWith(Measures.Held, StringComparison.Ordinal) || name.StartsWith(Measures.Team, StringComparison.Ordinal);

    /// <summary>What a state is called; <c>null</c> when there is none of that name.</summary>
    public static Label? StateLabel(string name) =>
        Enum.TryParse<ComplaintState>(name, out var state) && state.ToString() == name ? Vocabulary.Of(state) : null;

    private static Label? Named(string prefix, string what, Rulebook rules) => prefix switch
    {
        Measures.Stage or Measures.First => StateLabel(what),
        Measures.Met or Measures.Breached or Measures.Cancelled => Vocabulary.Objective(what),
        Measures.Held => rules.HoldReasons.Named(what).Label,
        Measures.Cause => rules.Causes.Named(what).Label,
        Measures.Fault => new CodeList<CodeItem>(rules.Causes.Parties).Named(what).Label,
        _ => rules.Organisation.TeamNamed(what).Label,
    };
}
