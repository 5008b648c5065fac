using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>Rules on a task that a department returned (审定): the department is right and the task is cancelled, it has to do it all the
/// same, or another one has to. Nobody rules on a return of their own.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_found</c>, <c>task.none</c>, <c>task.wrong_state</c>,
/// <c>task.own_return</c>, <c>time.before_task</c>.</param>
/// <param name="Ruling">A code of <see cref="ReturnRuling"/>. Errors: <c>code.unknown</c>; <c>task.lead_missing</c> where assistants would
/// have no lead any more; <c>department.unknown</c> where the organisation has that department no more.</param>
/// <param name="Department">To which other department it is sent; needed for that ruling only. Errors: <c>text.required</c>,
/// <c>department.unknown</c>, <c>task.same_department</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters.</param>
public sealed record RuleOnReturn(int Task, string Ruling, string? Department = null, string? Remark = null)
    : ComplaintCommand, ICapability<RuleOnReturn, Complaint>
{
    private const string Name = "rule-on-return";

    private static readonly Refusal OwnReturn = new(
        "task.own_return",
        "You returned task {value}, or act for who did; somebody else must rule.",
        "协办单 {value} 由您（或您所代理的人）退回，须由他人审定。");

    static Capability ICapability<RuleOnReturn, Complaint>.Capability { get; } = new(Name, new("Rule on a returned task", "审定退单"))
    {
        Roles = [Role.Supervisor, Role.Manager, Role.Quality],
        Fields = Field.Of<RuleOnReturn>(f =>
        [
            f.Part(command => command.Task, Labels.Task),
            f.Code(command => command.Ruling, Labels.Ruling, static _ => ReturnRuling.All) with { IsChosen = true },
            f.CodeOfRule(command => command.Department, Labels.OtherDepartment, static rules => rules.Organisation.Departments, Text.Id),
            f.Text(command => command.Remark, Labels.Remark, Text.Short, required: false),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals =
        [
            .. DepartmentTasks.OfEach, OwnReturn, DepartmentTasks.LeadMissing, DepartmentTasks.DepartmentUnknown,
            DepartmentTasks.SameDepartment,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static RuleOnReturn ICapability<RuleOnReturn, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new(occasion.Number, ReturnRuling.Force, Remark: "The duty is yours since May."),
        1 => new(occasion.Number, ReturnRuling.Redirect, "north"),
        _ => new(occasion.Number, ReturnRuling.Uphold, Remark: "同意。"),
    };

    static ImmutableArray<Subject> ICapability<RuleOnReturn, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<RuleOnReturn, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.Check(complaint, subject, context, Name, static (_, task, asked) =>
            task.IsBy(asked.Actor) ? OwnReturn.With(("value", task.Number)) : null);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var task = DepartmentTasks.Find(complaint, Task)!;
        var department = Ruling == ReturnRuling.Redirect ? Why.Given(Department) : null;
        if (Ruling == ReturnRuling.Redirect && department is null)
            return new("text.required", ("field", Labels.OtherDepartment));
        var wrong = Ruling switch
        {
            ReturnRuling.Redirect => DepartmentTasks.CannotTake(task, department!, context),
            ReturnRuling.Force => DepartmentTasks.Unknown(task.Department, context.Rules),
            _ => DepartmentTasks.LeavesAssists(complaint, task),
        };
        if ((wrong ?? DepartmentTasks.TooEarly(task, context)) is { } refusal)
            return refusal;
        var to = TaskTable.To(task.Status, Name, Ruling switch
        {
            ReturnRuling.Redirect => TaskTurn.Redirected,
            ReturnRuling.Force => TaskTurn.Forced,
            _ => TaskTurn.Upheld,
        });
        events.Add(new ReturnRuled(Task, Ruling, to, department, Personal.OfNullable(Remark), task.Type));
        return null;
    }
}

/// <summary>It was ruled on a task that a department had returned.</summary>
/// <param name="Number">The task's number.</param>
/// <param name="Ruling">A code of <see cref="ReturnRuling"/>.</param>
/// <param name="To">Where the task stands after it.</param>
/// <param name="Department">The other department, where it was sent to one.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="Type">The task's type.</param>
public sealed record ReturnRuled(
    int Number, string Ruling, DepartmentTaskStatus To, string? Department = null, Personal<string>? Remark = null, string? Type = null)
    : ComplaintEvent, IHappening<ReturnRuled, Complaint>
{
    static EventType IHappening<ReturnRuled, Complaint>.EventType { get; } = new("return-ruled", 1, new("Ruled on the return", "已审定退单"))
    {
        Leaves = DepartmentTasks.Leaving<ReturnRuled>(ruled => (ruled.Number, ruled.Department, ruled.Type, ruled.Ruling)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Task, Number), new(Labels.Ruling, ReturnRuling.All.Named(Ruling)),
        new(Labels.OtherDepartment, Department is null ? null : rules.Organisation.DepartmentNamed(Department)),
        new(Labels.Remark, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    /// <summary>What the old department had to do ends without a verdict; with the new one it begins anew.</summary>
    internal override IEnumerable<ClockFact> Facts(EventMoment moment)
    {
        yield return DepartmentTasks.Fact(FactKind.ReturnRuled, Number, moment);
        if (To != DepartmentTaskStatus.Signed)
            yield return DepartmentTasks.Fact(FactKind.TaskCancelled, Number, moment);
        if (To == DepartmentTaskStatus.Sent)
            yield return DepartmentTasks.Fact(FactKind.TaskSent, Number, moment, Type);
    }

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var ruled = complaint.WithTask(Number, task => To == DepartmentTaskStatus.Sent
            // Another department begins at the beginning: what the one before signed, answered and filed is not its own.
            ? task.To(To, moment) with
            {
                Department = Department ?? task.Department, SentAt = moment.OccurredAt, SignedBy = null, Result = null, Filing = null,
            }
            : task.To(To, moment));
        return To == DepartmentTaskStatus.Signed ? ruled : ruled.WithoutDate(Number, moment);
    }
}
