using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>The department returns a task that is not its own (退单), with what that rests on. Somebody rules on it; meanwhile no clock of
/// the customer's stops, and neither does the department's own limit to answer.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_yours</c>, <c>task.none</c>, <c>task.wrong_state</c>,
/// <c>time.before_task</c>.</param>
/// <param name="Reason">Why: a code of the reasons to return a task. Error: <c>code.unknown</c>.</param>
/// <param name="Basis">On what it rests, such as the division of duties, kept sealed; at most 4,000 characters. Error:
/// <c>task.basis_missing</c>.</param>
/// <param name="Better">Which department has to do it instead, as this one sees it. Errors: <c>department.unknown</c>,
/// <c>task.same_department</c>.</param>
public sealed record ReturnTask(int Task, string Reason, string? Basis, string? Better = null)
    : ComplaintCommand, ICapability<ReturnTask, Complaint>
{
    private const string Name = "return-task";

    private static readonly Refusal BasisMissing = new(
        "task.basis_missing",
        "Say on what the return rests.",
        "退单须写明依据。");

    static Capability ICapability<ReturnTask, Complaint>.Capability { get; } = new(Name, new("Return a task", "退回协办单"))
    {
        Roles = [Role.Department],
        Fields = Field.Of<ReturnTask>(f =>
        [
            f.Part(command => command.Task, Labels.Task),
            f.Code(command => command.Reason, Labels.Reason, static rules => rules.Tasks.ReasonList) with { IsChosen = true },
            f.Text(command => command.Basis, Labels.ReturnBasis, Text.Long, required: false),
            f.CodeOfRule(command => command.Better, Labels.BetterDepartment, static rules => rules.Organisation.Departments, Text.Id),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [.. DepartmentTasks.OfEach, BasisMissing, DepartmentTasks.DepartmentUnknown, DepartmentTasks.SameDepartment],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static ReturnTask ICapability<ReturnTask, Complaint>.Example(Occasion occasion) => occasion.Variant % 2 == 0
        ? new(occasion.Number, "not-our-duty", "The contract of carriage, article 3.")
        : new(occasion.Number, "not-our-area", "该地址属于北区。", "north");

    static ImmutableArray<Subject> ICapability<ReturnTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<ReturnTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.CheckOwn(complaint, subject, context, Name);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var task = DepartmentTasks.Find(complaint, Task)!;
        if (string.IsNullOrWhiteSpace(Basis))
            return BasisMissing.Plain;
        var better = Why.Given(Better);
        if (better is not null && DepartmentTasks.CannotTake(task, better, context) is { } wrong)
            return wrong;
        if (DepartmentTasks.TooEarly(task, context) is { } early)
            return early;
        events.Add(new TaskReturned(Task, Reason, Personal.Of(Basis), better, task.Type));
        return null;
    }
}

/// <summary>A department returned a task: it says that the task is not its own.</summary>
/// <param name="Number">The task's number.</param>
/// <param name="Reason">Why: a code of the reasons to return a task.</param>
/// <param name="Basis">On what it rests.</param>
/// <param name="Better">Which department has to do it instead, as this one sees it.</param>
/// <param name="Type">The task's type.</param>
public sealed record TaskReturned(int Number, string Reason, Personal<string> Basis, string? Better = null, string? Type = null)
    : ComplaintEvent, IHappening<TaskReturned, Complaint>
{
    static EventType IHappening<TaskReturned, Complaint>.EventType { get; } = new("task-returned", 1,
        new("Task returned by the department", "部门已退单"))
    {
        Leaves = DepartmentTasks.Leaving<TaskReturned>(returned => (returned.Number, null, returned.Type, returned.Reason)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Task, Number), new(Labels.Reason, rules.Tasks.ReasonList.Named(Reason)), new(Labels.ReturnBasis, Basis),
        new(Labels.BetterDepartment, Better is null ? null : rules.Organisation.DepartmentNamed(Better)),
    ];

    internal override PersonalField[] PersonalValues => [new("basis", Basis)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [DepartmentTasks.Fact(FactKind.TaskBounced, Number, moment, Type)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.WithTask(Number, task =>
        task.To(DepartmentTaskStatus.Returned, moment) with { Bounces = task.Bounces + 1 });
}
