using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>The department answers its task: what it did and found, or that it cannot be done. Where the task's type asks for it, the
/// result is filed (备案) before or with the answer, and somebody looks at it afterwards.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_yours</c>, <c>task.none</c>, <c>task.wrong_state</c>,
/// <c>time.before_task</c>; <c>task.assists_open</c> for the lead; <c>department.unknown</c> where the organisation has that department no
/// more.</param>
/// <param name="Result">A code of <see cref="TaskResult"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Findings">What was done and found, or why it cannot be done, kept sealed; 1 to 4,000 characters.</param>
/// <param name="Filing">Under which reference the result is filed, kept sealed; at most 200 characters. Error, where the type asks for it
/// and none was recorded before: <c>task.filing_missing</c>.</param>
/// <param name="Causes">Codes of the causes, at most 20, of either level. Error: <c>cause.unknown</c>.</param>
/// <param name="Cost">What it cost, in the tenant's currency, 0 to 1,000,000,000,000; <c>null</c> where nobody counted.</param>
public sealed record AnswerTask(
    int Task, string Result, string Findings, string? Filing = null, ImmutableArray<string> Causes = default, decimal? Cost = null)
    : ComplaintCommand, ICapability<AnswerTask, Complaint>
{
    private const string Name = "answer-task";

    private static readonly Refusal FilingMissing = new(
        "task.filing_missing",
        "A result of this type is filed: give the reference of the filing.",
        "该类协办单的结果须备案，请填写备案编号。");

    /// <summary>Codes of the causes; never <c>default</c>.</summary>
    public ImmutableArray<string> Causes { get; init => field = Given.Of(value); } = Given.Of(Causes);

    static Capability ICapability<AnswerTask, Complaint>.Capability { get; } = new(Name, new("Answer a task", "反馈协办结果"))
    {
        Roles = [Role.Department],
        Fields = Field.Of<AnswerTask>(f =>
        [
            f.Part(command => command.Task, Labels.Task),
            f.Code(command => command.Result, Labels.TaskResult, static _ => TaskResult.All) with { IsChosen = true },
            f.Text(command => command.Findings, Labels.TaskFindings, Text.Long),
            f.Text(command => command.Filing, Labels.Filing, Text.Title, required: false),
            f.OpenCodes(command => command.Causes, Labels.Causes, static rules => rules.Causes.All) with { IsOpenList = false },
            f.AmountOrNone(command => command.Cost, Labels.Spent, 0, 1_000_000_000_000),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals =
        [
            .. DepartmentTasks.OfEach, DepartmentTasks.AssistsOpen, DepartmentTasks.DepartmentUnknown, FilingMissing,
            CauseCatalogue.Unknown,
        ],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static AnswerTask ICapability<AnswerTask, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new(occasion.Number, TaskResult.Done, "The pump was changed.", "DZ-17", ["communication"], 120.50m),
        1 => new(occasion.Number, TaskResult.Partly, "已更换，仍需观察。", "DZ-18"),
        _ => new(occasion.Number, TaskResult.Cannot, "The part is four weeks away.", "DZ-19"),
    };

    static ImmutableArray<Subject> ICapability<AnswerTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<AnswerTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.CheckOwn(complaint, subject, context, Name)
        ?? (subject is { } about
            ? DepartmentTasks.WaitsForAssists(complaint, about, unanswered: !IsAcceptedAsItIs(complaint, about, context.Rules)) : null);

    /// <summary>An answer at which nobody looks ends the task, and no assistant goes on without a lead.</summary>
    private static bool IsAcceptedAsItIs(Complaint complaint, Subject subject, Rulebook rules) =>
        DepartmentTasks.Find(complaint, subject) is { } task && rules.Tasks.TypeList.Find(task.Type) is { Verify: false };

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var task = DepartmentTasks.Find(complaint, Task)!;
        if ((DepartmentTasks.TooEarly(task, context) ?? DepartmentTasks.Unknown(task.Department, context.Rules)) is { } wrong)
            return wrong;
        var type = context.Rules.Tasks.TypeList.Find(task.Type);
        var filing = Why.Given(Filing);
        // A type that there is no more asks for nothing, but somebody looks at the answer.
        if (type is { Filing: true } && filing is null && task.Filing is null)
            return FilingMissing.Plain;
        var causes = Causes.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (context.Rules.Causes.FirstUnknown(causes) is { } unknown)
            return unknown;
        if (filing is not null)
            events.Add(new FilingRecorded(complaint.Filings.Length + 1, Personal.Of(filing), Task));
        events.Add(new TaskAnswered(Task, Result,
            TaskTable.To(task.Status, Name, type is { Verify: false } ? TaskTurn.AsItIs : TaskTurn.ToVerify),
            Personal.Of(Findings), causes, Cost, task.Type));
        return null;
    }
}

/// <summary>A department answered its task.</summary>
/// <param name="Number">The task's number.</param>
/// <param name="Result">A code of <see cref="TaskResult"/>.</param>
/// <param name="To">Where the task stands after it: somebody looks at the answer, or it is accepted as it is.</param>
/// <param name="Findings">What was done and found.</param>
/// <param name="Causes">Codes of the causes.</param>
/// <param name="Cost">What it cost, in the tenant's currency.</param>
/// <param name="Type">The task's type.</param>
public sealed record TaskAnswered(
    int Number, string Result, DepartmentTaskStatus To, Personal<string> Findings, ImmutableArray<string> Causes = default,
    decimal? Cost = null, string? Type = null)
    : ComplaintEvent, IHappening<TaskAnswered, Complaint>
{
    static EventType IHappening<TaskAnswered, Complaint>.EventType { get; } = new("task-answered", 1,
        new("Task answered by the department", "部门已反馈"))
    {
        Leaves = DepartmentTasks.Leaving<TaskAnswered>(answered => (answered.Number, null, answered.Type, answered.Result)),
    };

    /// <summary>Codes of the causes; never <c>default</c>.</summary>
    public ImmutableArray<string> Causes { get; init; } = Causes.IsDefault ? [] : Causes;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Task, Number), new(Labels.TaskResult, TaskResult.All.Named(Result)), new(Labels.TaskFindings, Findings),
        new(Labels.Causes, Causes.IsEmpty ? null : Causes.Select(rules.Causes.Named)),
        new(Labels.Spent, Cost is { } cost ? rules.Settings.Money(cost) : null),
    ];

    internal override PersonalField[] PersonalValues => [new("findings", Findings)];

    /// <summary>What is accepted as it is waits for nobody to look at it.</summary>
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
    [
        DepartmentTasks.Fact(To == DepartmentTaskStatus.Accepted ? FactKind.TaskAccepted : FactKind.TaskReturned, Number, moment, Type),
    ];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.WithTask(Number, task => task.To(To, moment) with { Result = Result }) with
        {
            Clocks = complaint.Clocks.DatedEnded(DepartmentTasks.SubjectOf(Number).ToString(), moment.OccurredAt, isCancelled: false),
        };
}
