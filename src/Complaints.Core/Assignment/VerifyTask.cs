using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>Looks whether a department's answer does (核验): it stands, or the department does it over (返工). Nobody verifies an answer of
/// their own.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_found</c>, <c>task.none</c>, <c>task.wrong_state</c>,
/// <c>task.self_verify</c>, <c>time.before_task</c>; <c>task.assists_open</c> where the lead's would stand before an assistant's.</param>
/// <param name="Passed">True where it does.</param>
/// <param name="Reason">Why not: a code of the tenant's reasons for this command; needed where it does not. Errors: <c>code.unknown</c>,
/// <c>text.required</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record VerifyTask(int Task, bool Passed, string? Reason = null, string? Remark = null)
    : ComplaintCommand, ICapability<VerifyTask, Complaint>
{
    private const string Name = "verify-task";

    private static readonly Refusal SelfVerify = new(
        "task.self_verify",
        "You answered task {value}, or act for who did; somebody else must look at it.",
        "协办单 {value} 由您（或您所代理的人）反馈，须由他人核验。");

    static Capability ICapability<VerifyTask, Complaint>.Capability { get; } = new(Name, new("Verify an answer", "核验协办结果"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<VerifyTask>(f =>
        [
            f.Part(command => command.Task, Labels.Task),
            f.Flag(command => command.Passed, Labels.Passed),
            f.Reason(command => command.Reason, Name, required: false),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [.. DepartmentTasks.OfEach, SelfVerify, DepartmentTasks.AssistsOpen],
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static VerifyTask ICapability<VerifyTask, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new(occasion.Number, Passed: false, "incomplete", "When it comes is not said."),
        _ => new(occasion.Number, Passed: true),
    };

    static ImmutableArray<Subject> ICapability<VerifyTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<VerifyTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.Check(complaint, subject, context, Name, static (_, task, asked) =>
            task.IsBy(asked.Actor) ? SelfVerify.With(("value", task.Number)) : null);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var task = DepartmentTasks.Find(complaint, Task)!;
        var reason = Passed ? null : Why.Given(Reason);
        if (!Passed && reason is null)
            return new("text.required", ("field", Labels.Reason));
        if ((DepartmentTasks.TooEarly(task, context)
            ?? (Passed ? DepartmentTasks.WaitsForAssists(complaint, task.Subject, unanswered: false) : null)) is { } wrong)
            return wrong;
        events.Add(new TaskVerified(Task, TaskTable.To(task.Status, Name, Passed ? TaskTurn.Passed : TaskTurn.Failed), reason,
            Personal.OfNullable(Remark), task.Type));
        return null;
    }
}

/// <summary>Somebody looked whether a department's answer does.</summary>
/// <param name="Number">The task's number.</param>
/// <param name="To">Where the task stands after it: accepted, or with the department again.</param>
/// <param name="Reason">Why it does not: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="Type">The task's type.</param>
public sealed record TaskVerified(
    int Number, DepartmentTaskStatus To, string? Reason = null, Personal<string>? Remark = null, string? Type = null)
    : ComplaintEvent, IHappening<TaskVerified, Complaint>
{
    static EventType IHappening<TaskVerified, Complaint>.EventType { get; } = new("task-verified", 1, new("Answer verified", "已核验协办结果"))
    {
        Leaves = DepartmentTasks.Leaving<TaskVerified>(verified =>
            (verified.Number, null, verified.Type, verified.To == DepartmentTaskStatus.Accepted ? "passed" : "failed")),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Task, Number), new(Labels.Passed, To == DepartmentTaskStatus.Accepted),
        .. Why.Details(rules, "verify-task", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
    [
        To == DepartmentTaskStatus.Accepted
            ? DepartmentTasks.Fact(FactKind.TaskAccepted, Number, moment)
            : DepartmentTasks.Fact(FactKind.TaskSentBack, Number, moment, Type),
    ];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.WithTask(Number, task =>
        task.To(To, moment) with { Redos = task.Redos + (To == DepartmentTaskStatus.Accepted ? 0 : 1) });
}
