using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>Cancels a task that nobody needs any more: by who sent it, a supervisor or a manager. It was neither in time nor
/// late.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_found</c>, <c>task.none</c>, <c>task.wrong_state</c>,
/// <c>task.not_yours</c>, <c>time.before_task</c>; <c>task.lead_missing</c> where assistants would have no lead any more.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record CancelTask(int Task, string Reason, string? Remark = null) : ComplaintCommand, ICapability<CancelTask, Complaint>
{
    private const string Name = "cancel-task";

    static Capability ICapability<CancelTask, Complaint>.Capability { get; } = new(Name, new("Cancel a task", "撤销协办单"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<CancelTask>(f =>
        [
            f.Part(command => command.Task, Labels.Task),
            f.Reason(command => command.Reason, Name),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [.. DepartmentTasks.OfEach, DepartmentTasks.LeadMissing],
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static CancelTask ICapability<CancelTask, Complaint>.Example(Occasion occasion) => occasion.Variant % 2 == 0
        ? new(occasion.Number, "solved")
        : new(occasion.Number, "other", "客户已自行处理。");

    static ImmutableArray<Subject> ICapability<CancelTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<CancelTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.Check(complaint, subject, context, Name, static (complaint, task, asked) =>
            MayCancel(task, asked) ? DepartmentTasks.LeavesAssists(complaint, task)
                : DepartmentTasks.NotYours.With(("value", task.Number)));

    /// <summary>Acting for somebody gives no rights: who acts for the sender is not the sender.</summary>
    private static bool MayCancel(DepartmentTask task, DecisionContext<Complaint> context) =>
        task.SentBy == context.Actor.Id || DepartmentTasks.IsHead(context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (DepartmentTasks.TooEarly(DepartmentTasks.Find(complaint, Task)!, context) is { } early)
            return early;
        events.Add(new TaskCancelled(Task, Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>A task was cancelled.</summary>
/// <param name="Number">The task's number.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record TaskCancelled(int Number, string Reason, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<TaskCancelled, Complaint>
{
    static EventType IHappening<TaskCancelled, Complaint>.EventType { get; } = new("task-cancelled", 1, new("Task cancelled", "协办单已撤销"))
    {
        Leaves = DepartmentTasks.Leaving<TaskCancelled>(cancelled => (cancelled.Number, null, null, cancelled.Reason)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Task, Number), .. Why.Details(rules, "cancel-task", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [DepartmentTasks.Fact(FactKind.TaskCancelled, Number, moment)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.WithTask(Number, task => task.To(DepartmentTaskStatus.Cancelled, moment)).WithoutDate(Number, moment);
}
