using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using static Complaints.Core.Assignment.DepartmentTaskStatus;
using static Complaints.Core.Assignment.TaskTurn;

namespace Complaints.Core.Assignment;

/// <summary>A step of a department's task.</summary>
/// <param name="From">Where it stands.</param>
/// <param name="On">The command.</param>
/// <param name="To">Where it leads.</param>
/// <param name="When">By what it is told from other steps of the same command.</param>
public readonly record struct TaskMove(DepartmentTaskStatus From, CommandName On, DepartmentTaskStatus To, TaskTurn When = None);

/// <summary>What tells the steps of one command apart.</summary>
public enum TaskTurn
{
    /// <summary>There is only one.</summary>
    None,

    /// <summary>The department was right to return it.</summary>
    Upheld,

    /// <summary>The department has to do it all the same.</summary>
    Forced,

    /// <summary>Another department has to do it.</summary>
    Redirected,

    /// <summary>Its type asks that somebody looks at the answer.</summary>
    ToVerify,

    /// <summary>Its type takes an answer as it is.</summary>
    AsItIs,

    /// <summary>The answer does.</summary>
    Passed,

    /// <summary>The answer does not do.</summary>
    Failed,
}

/// <summary>How a department's task goes on, as data: what is permitted and what follows both read this one table. It stands beside the
/// lifecycle of the case, which no task moves.</summary>
public static class TaskTable
{
    /// <summary>Where every task begins.</summary>
    public const DepartmentTaskStatus First = Sent;

    /// <summary>Every step.</summary>
    public static ImmutableArray<TaskMove> Moves { get; } =
    [
        Step<SignTask>(Sent, Signed),
        Step<ReturnTask>(Sent, Returned),
        Step<CancelTask>(Sent, Cancelled),

        Step<AnswerTask>(Signed, Answered, ToVerify),
        Step<AnswerTask>(Signed, Accepted, AsItIs),
        Step<ReturnTask>(Signed, Returned),
        Step<CancelTask>(Signed, Cancelled),

        Step<RuleOnReturn>(Returned, Cancelled, Upheld),
        Step<RuleOnReturn>(Returned, Signed, Forced),
        Step<RuleOnReturn>(Returned, Sent, Redirected),
        Step<CancelTask>(Returned, Cancelled),

        Step<VerifyTask>(Answered, Accepted, Passed),
        Step<VerifyTask>(Answered, Signed, Failed),
        Step<CancelTask>(Answered, Cancelled),
    ];

    private static readonly FrozenDictionary<(DepartmentTaskStatus, string, TaskTurn), DepartmentTaskStatus> Next =
        Moves.ToFrozenDictionary(move => (move.From, move.On.Value!, move.When), move => move.To);

    private static readonly FrozenDictionary<string, ImmutableArray<DepartmentTaskStatus>> From = Moves.GroupBy(move => move.On.Value!)
        .ToFrozenDictionary(moves => moves.Key, moves => moves.Select(move => move.From).Distinct().ToImmutableArray());

    /// <summary>Where a command is permitted.</summary>
    internal static ImmutableArray<DepartmentTaskStatus> Where(string command) => From[command];

    /// <summary>Where a command leads.</summary>
    internal static DepartmentTaskStatus To(DepartmentTaskStatus from, string command, TaskTurn when) => Next[(from, command, when)];

    private static TaskMove Step<TCommand>(DepartmentTaskStatus from, DepartmentTaskStatus to, TaskTurn when = None)
        where TCommand : ComplaintCommand, ICapability<TCommand, Complaint> =>
        new(from, new(TCommand.Capability.Name), to, when);
}
