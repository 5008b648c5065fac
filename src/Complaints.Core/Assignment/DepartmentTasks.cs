using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>What several commands ask about the tasks of departments. Asked for every page and for each task, it allocates only where it
/// refuses.</summary>
internal static class DepartmentTasks
{
    /// <summary>The most tasks of a complaint, ended ones included: their numbers do not come back.</summary>
    public const int Most = 50;

    public static readonly Refusal NotFound = new(
        "task.not_found",
        "There is no task {value}; there are: {known}.",
        "没有协办单 {value}，现有：{known}。");

    public static readonly Refusal NoneWaits = new(
        "task.none",
        "No task waits for that.",
        "没有可进行此操作的协办单。");

    public static readonly Refusal WrongState = new(
        "task.wrong_state",
        "Task {value} is {state}, by {by}; it must be {expected}.",
        "协办单 {value} 的状态为“{state}”（{by}），应为：{expected}。");

    /// <summary>Also where there is no task of that number: nobody learns of the tasks of others.</summary>
    public static readonly Refusal NotYours = new(
        "task.not_yours",
        "Task {value} is none of yours.",
        "协办单 {value} 不归您办理。");

    public static readonly Refusal BeforeTask = new(
        "time.before_task",
        "The task has stood so since {bound}; this cannot have happened at {value}.",
        "协办单自 {bound} 起处于当前状态，该操作不可能发生在 {value}。");

    public static readonly Refusal LeadMissing = new(
        "task.lead_missing",
        "No department assists without one that leads and answers for the whole; assisting now: {open}.",
        "协办须有主办部门统一负责；当前协办：{open}。");

    public static readonly Refusal AssistsOpen = new(
        "task.assists_open",
        "Who leads answers for the whole: these assistants are not through: {open}. Wait for them, or cancel their tasks.",
        "主办部门须汇总全部协办结果，以下协办单尚未完成：{open}。请等待其完成或撤销。");

    public static readonly Refusal DepartmentUnknown = new(
        "department.unknown",
        "The organisation has no department '{value}'; it has: {known}.",
        "组织架构中没有部门“{value}”，现有：{known}。");

    public static readonly Refusal SameDepartment = new(
        "task.same_department",
        "{value} has the task already; name another department.",
        "协办单已在“{value}”，请填写其他部门。");

    private static readonly Label Nobody = new("nobody", "无");

    /// <summary>The refusals of every command about one task.</summary>
    public static ImmutableArray<Refusal> OfEach { get; } = [NotFound, NoneWaits, WrongState, NotYours, BeforeTask];

    public static Subject SubjectOf(int number) => Subject.Of("task", number);

    /// <summary>The tasks with which a command is permitted, whoever sends it.</summary>
    public static ImmutableArray<Subject> Subjects(Complaint complaint, string command) =>
        complaint.Tasks.IsEmpty ? [] :
        [.. complaint.Tasks.Where(task => TaskTable.Where(command).Contains(task.Status)).Select(task => task.Subject)];

    /// <summary>The task of a number.</summary>
    public static DepartmentTask? Find(Complaint complaint, int number) =>
        number >= 1 && number <= complaint.Tasks.Length ? complaint.Tasks[number - 1] : null;

    /// <summary>What speaks against a command of the department whose the task is, or about any task of the actor's.</summary>
    public static ComplaintError? CheckOwn(Complaint complaint, Subject? subject, DecisionContext<Complaint> context, string command)
    {
        if (subject is { } about)
        {
            return Find(complaint, about) is { } task && IsOf(task, context) ? Stands(task, command)
                : NotYours.With(("value", about.Key));
        }
        foreach (var task in complaint.Tasks)
        {
            if (TaskTable.Where(command).Contains(task.Status) && IsOf(task, context))
                return null;
        }
        return NoneWaits.Plain;
    }

    /// <summary>What speaks against a command of those who sent the task, or about any of them.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="subject">The task; <c>null</c> for any.</param>
    /// <param name="context">Who, by which rules.</param>
    /// <param name="command">The command.</param>
    /// <param name="against">What else speaks against it for the actor.</param>
    public static ComplaintError? Check(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context, string command,
        Func<Complaint, DepartmentTask, DecisionContext<Complaint>, ComplaintError?> against)
    {
        if (complaint.Tasks.IsEmpty)
            return NoneWaits.Plain;
        if (subject is { } about)
        {
            return Find(complaint, about) is { } one ? Stands(one, command) ?? against(complaint, one, context)
                : Missing(complaint, about);
        }
        ComplaintError? first = null;
        foreach (var task in complaint.Tasks)
        {
            if (!TaskTable.Where(command).Contains(task.Status))
                continue;
            if (against(complaint, task, context) is not { } refusal)
                return null;
            first ??= refusal;
        }
        return first ?? NoneWaits.Plain;
    }

    /// <summary>The task that a clock is about; <c>null</c> where it is about none.</summary>
    public static DepartmentTask? Of(Complaint complaint, string? subject) =>
        subject is null ? null : Find(complaint, Subject.Parse(subject));

    private static ComplaintError Missing(Complaint complaint, Subject subject) =>
        NotFound.With(("value", subject.Key), ("known", complaint.Tasks.Select(task => task.Number)));

    /// <summary>The task that a subject names.</summary>
    public static DepartmentTask? Find(Complaint complaint, Subject subject) =>
        subject.Kind == "task" && int.TryParse(subject.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Find(complaint, number) : null;

    private static bool HasOwn(Complaint complaint, DecisionContext<Complaint> context)
    {
        foreach (var task in complaint.Tasks)
        {
            if (IsOf(task, context))
                return true;
        }
        return false;
    }

    private static bool IsOf(DepartmentTask task, DecisionContext<Complaint> context) =>
        context.Actor.Is(Role.System) || Departments.IsIn(context.Actor, task.Department, context.Rules.Organisation);

    /// <summary>Who comes second is told who was first.</summary>
    private static ComplaintError? Stands(DepartmentTask task, string command)
    {
        var expected = TaskTable.Where(command);
        return expected.Contains(task.Status) ? null : WrongState.With(
            ("value", task.Number), ("state", task.Status), ("by", task.By is { } by ? new StaffMember(by) : Nobody),
            ("expected", expected.ToArray()));
    }

    /// <summary>A supervisor or a manager, or who counts as one.</summary>
    public static bool IsHead(DecisionContext<Complaint> context) => IsOneOf(Heads, context);

    private static bool IsOneOf(RulePart<string[]> roles, DecisionContext<Complaint> context)
    {
        if (context.Actor.Is(Role.System))
            return true;
        foreach (var role in context.Rules.Part(roles))
        {
            if (context.Actor.Is(role))
                return true;
        }
        return false;
    }

    // Worked out once a rulebook.
    private static readonly RulePart<string[]> Heads = new(rules => [.. rules.Settings.Counting([Role.Supervisor, Role.Manager])]);

    private static readonly RulePart<string[]> Desk = new(rules => [.. rules.Settings.Counting([.. Role.Desk, Role.Quality])]);

    /// <summary>Where the organisation names departments, a task is for one of them.</summary>
    public static ComplaintError? Unknown(string department, Rulebook rules)
    {
        var known = rules.Organisation.Departments;
        foreach (var one in known)
        {
            if (one.Code == department)
                return null;
        }
        return known.IsEmpty ? null : DepartmentUnknown.With(("value", CodeText.Shown(department)), ("known", known));
    }

    /// <summary>What speaks against a task going to another department.</summary>
    public static ComplaintError? CannotTake(DepartmentTask task, string department, DecisionContext context) =>
        Unknown(department, context.Rules) ?? (department == task.Department
            ? SameDepartment.With(("value", context.Rules.Organisation.DepartmentNamed(department)))
            : null);

    /// <summary>What speaks against a filing: who works for a department files for its own tasks, and for the case if it has
    /// any.</summary>
    public static ComplaintError? CanFile(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var isDesk = IsOneOf(Desk, context);
        if (subject is not { } about)
            return isDesk || HasOwn(complaint, context) ? null : NoneWaits.Plain;
        var task = Find(complaint, about);
        if (!isDesk)
            return task is not null && IsOf(task, context) ? null : NotYours.With(("value", about.Key));
        return task is not null ? null : Missing(complaint, about);
    }

    /// <summary>Nothing happens to a task before it stands where it stands.</summary>
    public static ComplaintError? TooEarly(DepartmentTask task, DecisionContext context) =>
        context.EffectiveAt < task.Since ? BeforeTask.With(("value", context.EffectiveAt), ("bound", task.Since)) : null;

    /// <summary>The assistants that are open, or those that have not even answered.</summary>
    public static IEnumerable<DepartmentTask> OpenAssists(Complaint complaint, bool unanswered = false) =>
        complaint.Tasks.Where(task => IsOpenAssist(task, unanswered));

    private static bool HasAssist(Complaint complaint, bool unanswered)
    {
        foreach (var task in complaint.Tasks)
        {
            if (IsOpenAssist(task, unanswered))
                return true;
        }
        return false;
    }

    private static bool IsOpenAssist(DepartmentTask task, bool unanswered) =>
        task is { Lead: false, IsOpen: true } && !(unanswered && task.Status == DepartmentTaskStatus.Answered);

    /// <summary>What stands against a lead's task going on to where the whole is answered for.</summary>
    public static ComplaintError? WaitsForAssists(Complaint complaint, Subject subject, bool unanswered)
    {
        if (Find(complaint, subject) is not { Lead: true } || !HasAssist(complaint, unanswered))
            return null;
        return AssistsOpen.With(("open", OpenAssists(complaint, unanswered).Select(one => one.Subject)));
    }

    /// <summary>What stands against a task being given up: assistants would have no lead.</summary>
    public static ComplaintError? LeavesAssists(Complaint complaint, DepartmentTask task)
    {
        if (!task.Lead || !HasAssist(complaint, unanswered: false))
            return null;
        return LeadMissing.With(("open", OpenAssists(complaint).Select(one => one.Subject)));
    }

    /// <summary>True while a task is open; asked for every page, so that it allocates nothing.</summary>
    public static bool HasOpen(Complaint complaint) => complaint.Tasks.Any(static task => task.IsOpen);

    /// <summary>What a task's event is to the clocks.</summary>
    public static ClockFact Fact(string kind, int number, EventMoment moment, string? type = null) =>
        new(kind, moment.OccurredAt, SubjectOf(number).ToString(), type);

    /// <summary>How a task's event leaves the house: its number, and codes.</summary>
    public static Leaving Leaving<TEvent>(Func<TEvent, (int Number, string? Department, string? Type, string? Result)> of) =>
        Capabilities.Leaving.With<TEvent>((writer, happened) =>
        {
            var (number, department, type, result) = of(happened);
            writer.WriteString("task"u8, SubjectOf(number).ToString());
            foreach (var (name, value) in new[] { ("department", department), ("type", type), ("result", result) })
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }
        });

    /// <summary>The same case, in which no date of a task's own counts any more.</summary>
    public static Complaint WithoutDate(this Complaint complaint, int number, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks.DatedEnded(SubjectOf(number).ToString(), moment.OccurredAt, isCancelled: true),
    };

    /// <summary>The tasks that are open, by name.</summary>
    public static IEnumerable<Subject> Open(Complaint complaint) =>
        complaint.Tasks.Where(task => task.IsOpen).Select(task => task.Subject);

    /// <summary>The same case with one task changed.</summary>
    public static Complaint WithTask(this Complaint complaint, int number, Func<DepartmentTask, DepartmentTask> change) => complaint with
    {
        Tasks = [.. complaint.Tasks.Select(task => task.Number == number ? change(task) : task)],
    };
}
