using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>The department signs for its task (签收): it is at work.</summary>
/// <param name="Task">The task's number. Errors: <c>task.not_yours</c>, <c>task.none</c>, <c>task.wrong_state</c>, which says who was
/// first, <c>time.before_task</c>, and <c>department.unknown</c> where the organisation has that department no more.</param>
public sealed record SignTask(int Task) : ComplaintCommand, ICapability<SignTask, Complaint>
{
    private const string Name = "sign-task";

    static Capability ICapability<SignTask, Complaint>.Capability { get; } = new(Name, new("Sign for a task", "签收协办单"))
    {
        Roles = [Role.Department],
        Fields = Field.Of<SignTask>(f => [f.Part(command => command.Task, Labels.Task)]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [.. DepartmentTasks.OfEach, DepartmentTasks.DepartmentUnknown],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => DepartmentTasks.SubjectOf(Task);

    static SignTask ICapability<SignTask, Complaint>.Example(Occasion occasion) => new(occasion.Number);

    static ImmutableArray<Subject> ICapability<SignTask, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        DepartmentTasks.Subjects(complaint, Name);

    static ComplaintError? ICapability<SignTask, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.CheckOwn(complaint, subject, context, Name);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var task = DepartmentTasks.Find(complaint, Task)!;
        if ((DepartmentTasks.TooEarly(task, context) ?? DepartmentTasks.Unknown(task.Department, context.Rules)) is { } wrong)
            return wrong;
        events.Add(new TaskSigned(Task));
        return null;
    }
}

/// <summary>A department signed for its task.</summary>
/// <param name="Number">The task's number.</param>
public sealed record TaskSigned(int Number) : ComplaintEvent, IHappening<TaskSigned, Complaint>
{
    static EventType IHappening<TaskSigned, Complaint>.EventType { get; } = new("task-signed", 1, new("Task signed for", "协办单已签收"))
    {
        Leaves = DepartmentTasks.Leaving<TaskSigned>(signed => (signed.Number, null, null, null)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Task, Number)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [DepartmentTasks.Fact(FactKind.TaskSigned, Number, moment)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.WithTask(Number, task =>
        task.To(DepartmentTaskStatus.Signed, moment) with { SignedBy = moment.Actor.Id });
}
