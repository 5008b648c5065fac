using System.Collections.Immutable;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>How pressing the tasks of departments are, from the least to the most.</summary>
public enum TaskStanding
{
    /// <summary>无: no task is open.</summary>
    None,

    /// <summary>已反馈: the department has answered, somebody must look at it.</summary>
    Answered,

    /// <summary>办理中: it waits for somebody, and is not due today.</summary>
    Waiting,

    /// <summary>今日到期: a limit of it ends today.</summary>
    DueToday,

    /// <summary>已超时: a limit of it is over.</summary>
    Overdue,
}

/// <summary>Says how pressing tasks are.</summary>
public static class TaskStandings
{
    /// <summary>How pressing one task is.</summary>
    /// <param name="task">The task.</param>
    /// <param name="clocks">The clocks of its complaint.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">Where a day begins.</param>
    public static TaskStanding Of(DepartmentTask task, ImmutableArray<Clock> clocks, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(zone);
        if (!task.IsOpen)
            return TaskStanding.None;
        var subject = task.Subject.ToString();
        var worst = task.Status == DepartmentTaskStatus.Answered ? TaskStanding.Answered : TaskStanding.Waiting;
        foreach (var clock in clocks.IsDefault ? [] : clocks)
        {
            if (clock.Subject != subject || clock is not { IsRunning: true, Due: { } due })
                continue;
            if (clock.IsBreachedAt(now))
                return TaskStanding.Overdue;
            if (due.InZone(zone).Date == now.InZone(zone).Date)
                worst = TaskStanding.DueToday;
        }
        return worst;
    }

    /// <summary>How pressing the most pressing of a complaint is.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="clocks">Its clocks.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">Where a day begins.</param>
    public static TaskStanding WorstOf(Complaint complaint, ImmutableArray<Clock> clocks, Instant now, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        var worst = TaskStanding.None;
        foreach (var task in complaint.Tasks)
        {
            if (Of(task, clocks, now, zone) is var standing && standing > worst)
                worst = standing;
        }
        return worst;
    }
}
