using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>Sends a task to a department (协办单), for a complaint as for an inquiry. It moves no state and no clock of the customer's; its
/// own clocks follow from the policy by its type.</summary>
/// <param name="Department">The department: one of the organisation's where it names any. Error: <c>department.unknown</c>.</param>
/// <param name="Type">A code of the types of tasks. Error: <c>code.unknown</c>.</param>
/// <param name="Question">What is wanted of it, kept sealed; 1 to 4,000 characters.</param>
/// <param name="Role">A code of <see cref="TaskRole"/>: one department leads, others assist it. Errors: <c>code.unknown</c>,
/// <c>task.lead_exists</c>, <c>task.lead_missing</c>.</param>
/// <param name="Points">The numbers of the points that it is about; empty for the whole case. Error: <c>point.not_found</c>.</param>
/// <param name="Due">By when, in the future, besides what the policy says: a fixed instant which nothing moves. Error:
/// <c>time.not_in_future</c>.</param>
public sealed record SendTask(
    string Department, string Type, string Question, string Role = TaskRole.Lead, ImmutableArray<int> Points = default,
    Instant? Due = null)
    : ComplaintCommand, ICapability<SendTask, Complaint>
{
    private static readonly Refusal TooMany = new(
        "task.too_many",
        "A complaint has at most {bound} tasks, ended ones included.",
        "一件投诉最多 {bound} 张协办单（含已办结的）。");

    private static readonly Refusal LeadExists = new(
        "task.lead_exists",
        "{value} leads already, with task {task}: send this as an assistant's, or end that one first.",
        "协办单 {task} 的主办部门已是“{value}”，请改为协办，或先结束该协办单。");

    /// <summary>The numbers of the points; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init => field = value.IsDefault ? [] : value; } = Points.IsDefault ? [] : Points;

    static Capability ICapability<SendTask, Complaint>.Capability { get; } = new("send-task", new("Send a task to a department", "下发协办单"))
    {
        Roles = [.. Core.Role.Desk, Core.Role.Quality],
        Fields = Field.Of<SendTask>(f =>
        [
            f.CodeOfRule(command => command.Department, Labels.WorkingDepartment, static rules => rules.Organisation.Departments, Text.Id,
                required: true),
            f.Code(command => command.Role, Labels.TaskRole, static _ => TaskRole.All),
            f.Code(command => command.Type, Labels.TaskType, static rules => rules.Tasks.TypeList),
            f.Text(command => command.Question, Labels.TaskQuestion, Text.Long),
            f.Parts(command => command.Points, new("Points (the whole case, if none is chosen)", "诉求点（不选则为整件投诉）"),
                PointRules.Most),
            f.Moment(command => command.Due, Labels.Due, required: false),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [TooMany, LeadExists, DepartmentTasks.LeadMissing, DepartmentTasks.DepartmentUnknown, PointRules.NotFound],
    };

    /// <inheritdoc/>
    public override Subject? About => Points is [var one] ? Subject.Of("point", one) : null;

    static SendTask ICapability<SendTask, Complaint>.Example(Occasion occasion)
    {
        ImmutableArray<int> points = occasion.About is null ? [] : [occasion.Number];
        return (occasion.Variant % 3) switch
        {
            0 => new("technical", "technical", "Why does it stop, and how is it mended?", Points: points),
            1 => new("technical", "information", "Who drove on Friday?", Points: points),
            _ => new("technical", "service", "请上门检查。", Points: points, Due: occasion.InDays(2)),
        };
    }

    static ImmutableArray<Subject> ICapability<SendTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        PointRules.Subjects(complaint);

    static ComplaintError? ICapability<SendTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Tasks.Length >= DepartmentTasks.Most ? TooMany.With(("bound", DepartmentTasks.Most))
        : subject is { } about ? PointRules.Missing(complaint, about) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (DepartmentTasks.Unknown(Department, context.Rules) is { } unknown)
            return unknown;
        var points = Points.Distinct().Order().ToImmutableArray();
        foreach (var point in points)
        {
            if (PointRules.Missing(complaint, Subject.Of("point", point)) is { } missing)
                return missing;
        }
        if (Due <= context.Now)
            return new("time.not_in_future", ("field", "due"), ("value", Due), ("bound", context.Now));
        var lead = complaint.Tasks.FirstOrDefault(task => task is { Lead: true, IsOpen: true });
        if (Role == TaskRole.Lead && lead is not null)
        {
            return LeadExists.With(("value", context.Rules.Organisation.DepartmentNamed(lead.Department)), ("task", lead.Number));
        }
        if (Role == TaskRole.Assist && lead is null)
            return DepartmentTasks.LeadMissing.With(("open", DepartmentTasks.OpenAssists(complaint).Select(task => task.Subject)));
        events.Add(new TaskSent(complaint.Tasks.Length + 1, Department, Role == TaskRole.Lead, Type, Personal.Of(Question), points, Due));
        return null;
    }
}

/// <summary>A task was sent to a department.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Department">The department.</param>
/// <param name="Lead">True for the department that answers for the whole.</param>
/// <param name="Type">A code of the types of tasks.</param>
/// <param name="Question">What is wanted of it.</param>
/// <param name="Points">The numbers of the points; empty for the whole case.</param>
/// <param name="Due">By when, besides what the policy says.</param>
public sealed record TaskSent(
    int Number, string Department, bool Lead, string Type, Personal<string> Question, ImmutableArray<int> Points = default,
    Instant? Due = null)
    : ComplaintEvent, IHappening<TaskSent, Complaint>
{
    static EventType IHappening<TaskSent, Complaint>.EventType { get; } = new("task-sent", 1, new("Task sent to a department", "已下发协办单"))
    {
        Leaves = DepartmentTasks.Leaving<TaskSent>(sent => (sent.Number, sent.Department, sent.Type, null)),
    };

    /// <summary>The numbers of the points; never <c>default</c>.</summary>
    public ImmutableArray<int> Points { get; init; } = Points.IsDefault ? [] : Points;

    internal override Subject? Made => DepartmentTasks.SubjectOf(Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Task, Number), new(Labels.WorkingDepartment, rules.Organisation.DepartmentNamed(Department)),
        new(Labels.TaskRole, TaskRole.Of(Lead)), new(Labels.TaskType, rules.Tasks.TypeList.Named(Type)),
        new(Labels.TaskQuestion, Question), new(Labels.Point, Points.IsEmpty ? null : Points), new(Labels.Due, Due),
    ];

    internal override PersonalField[] PersonalValues => [new("question", Question)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [DepartmentTasks.Fact(FactKind.TaskSent, Number, moment, Type)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Tasks = complaint.Tasks.Add(new DepartmentTask(
            Number, Department, Lead, Type, TaskTable.First, moment.Actor.Id, moment.OccurredAt, moment.OccurredAt)
        {
            By = moment.Actor.Id, ByFor = moment.Actor.OnBehalfOf, Points = Points,
        }),
        Clocks = Due is { } due
            ? complaint.Clocks.With(new DatedClock(Objective.Task, DepartmentTasks.SubjectOf(Number).ToString(), moment.OccurredAt, due))
            : complaint.Clocks,
    };
}
