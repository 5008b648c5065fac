using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>What waits in an improvement.</summary>
internal static class ImprovementWork
{
    /// <summary>Each action, for whoever does it.</summary>
    public static WorkKind<Improvement> Action { get; } = new("action", new("Finish an action", "完成整改措施"), "finish-action")
    {
        In = static (improvement, dues) => improvement.Status == ImprovementStatus.Closed ? [] : improvement.Actions
            .Where(action => action.IsOpen)
            .Select(action => new Waiting(Subject.Of("action", action.Number), action.Due) { Person = action.Owner }),
    };

    /// <summary>Nothing is being done: somebody must plan what is, or close it.</summary>
    public static WorkKind<Improvement> Steer { get; } = new("steer", new("Plan or close", "计划或关闭整改"), "plan-action")
    {
        In = static (improvement, dues) =>
            improvement.Status != ImprovementStatus.Closed && !improvement.Actions.Any(action => action.IsOpen) ? [new()] : [],
    };
}
