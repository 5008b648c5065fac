using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Who was late with a clock, as somebody confirmed it.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Team">The team.</param>
/// <param name="Department">The department; one of both.</param>
public sealed record Lateness(string Clock, string? Team = null, string? Department = null)
{
    /// <summary>Who it is.</summary>
    internal ICodeItem Who(Rulebook rules) =>
        Team is { } team ? rules.Organisation.TeamNamed(team) : rules.Organisation.DepartmentNamed(Department!);

    /// <summary>Who was late with a clock: of a task's, the department that had it when it was due; of another, whoever had the case
    /// longest until now, or until it ended. <c>null</c> where no team and no department had it.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="clock">The clock's id.</param>
    /// <param name="now">Now.</param>
    public static Lateness? Computed(Complaint complaint, string clock, Instant now)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(clock);
        // A ruling and a verification are owed by the desk.
        if (Sla.Clock.Parse(clock).Objective is not (Objective.ReturnRuling or Objective.Verification)
            && Sla.Clock.SubjectOf(clock) is { } part && DepartmentTasks.Find(complaint, part) is { } task
            && task.SentAt < complaint.Clocks.ResultOf(clock)?.Due)
            return new(clock, Department: task.Department);
        HolderTime? longest = null;
        foreach (var time in HolderTime.Of(complaint, now))
        {
            if (time.Holder.Kind is HolderKind.Team or HolderKind.Department && !(time.Seconds <= longest?.Seconds))
                longest = time;
        }
        return longest?.Holder switch
        {
            { Kind: HolderKind.Team, Code: var team } => new(clock, Team: team),
            { Kind: HolderKind.Department, Code: var department } => new(clock, Department: department),
            _ => null,
        };
    }

    /// <summary>The clocks that somebody was late with: missed ones, but for those that a change put into the past.</summary>
    /// <param name="complaint">The case.</param>
    public static ImmutableArray<string> LateClocks(Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        // Most cases have none, and this is asked for every page.
        ImmutableArray<string>.Builder? late = null;
        foreach (var result in complaint.Clocks.Results)
        {
            if (result is { Verdict: ClockVerdict.Breached, Reason: null } && complaint.Clocks.ResultOf(result.Clock) == result)
                (late ??= ImmutableArray.CreateBuilder<string>()).Add(result.Clock);
        }
        return late?.ToImmutable() ?? [];
    }
}
