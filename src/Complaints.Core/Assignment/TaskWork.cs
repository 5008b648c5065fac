using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>What waits because a department was asked: for the department, as a team, and for who asked it.</summary>
internal static class TaskWork
{
    /// <summary>A task that nobody of the department has signed for.</summary>
    public static WorkKind<Complaint> Sign { get; } = new("sign", new("Sign for a task", "签收协办单"), "sign-task")
    {
        In = static (complaint, dues) => Of(complaint, DepartmentTaskStatus.Sent, dues, ForDepartment),
    };

    /// <summary>A task that the department works on; anybody of it may answer.</summary>
    public static WorkKind<Complaint> Answer { get; } = new("answer", new("Answer a task", "反馈协办结果"), "answer-task")
    {
        In = static (complaint, dues) => Of(complaint, DepartmentTaskStatus.Signed, dues, ForDepartment),
    };

    /// <summary>A task that came back: for whoever may rule, and did not return it.</summary>
    public static WorkKind<Complaint> Rule { get; } = new("rule", new("Rule on a returned task", "审定退单"), "rule-on-return")
    {
        In = static (complaint, dues) => Of(complaint, DepartmentTaskStatus.Returned, dues, static (task, subject, running) =>
            new(subject, running.Of(Objective.ReturnRuling, subject)) { IsForDuty = true, NotFor = [task.By, task.ByFor] }),
    };

    /// <summary>An answer that nobody has looked at: for who has the case.</summary>
    public static WorkKind<Complaint> Verify { get; } = new("verify", new("Verify an answer", "核验协办结果"), "verify-task")
    {
        In = static (complaint, dues) => Of(complaint, DepartmentTaskStatus.Answered, dues, static (task, subject, running) =>
            new(subject, running.Of(Objective.Verification, subject)) { NotFor = [task.By, task.ByFor] }),
    };

    private static Waiting ForDepartment(DepartmentTask task, Subject subject, Dues dues) =>
        new(subject, dues.FirstOf(subject)) { Team = task.Department };

    /// <summary>Few cases have tasks, and every command asks: for the others nothing is allocated.</summary>
    private static IEnumerable<Waiting> Of(
        Complaint complaint, DepartmentTaskStatus status, Dues dues, Func<DepartmentTask, Subject, Dues, Waiting> waiting) =>
        complaint.Tasks.IsEmpty || !States.InHand.Contains(complaint.State) ? [] : With(complaint, status, dues, waiting);

    private static IEnumerable<Waiting> With(
        Complaint complaint, DepartmentTaskStatus status, Dues dues, Func<DepartmentTask, Subject, Dues, Waiting> waiting) =>
        complaint.Tasks.Where(task => task.Status == status).Select(task => waiting(task, task.Subject, dues));
}
