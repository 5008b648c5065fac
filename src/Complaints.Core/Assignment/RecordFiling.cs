using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>Records under which reference a result is filed (备案): of the case, or of a department's task.</summary>
/// <param name="Reference">The reference, kept sealed; 1 to 200 characters.</param>
/// <param name="Task">The number of the task; <c>null</c> for the case itself. Errors: <c>task.not_found</c>; for a department that has
/// nothing to do with it <c>task.not_yours</c>.</param>
public sealed record RecordFiling(string Reference, int? Task = null) : ComplaintCommand, ICapability<RecordFiling, Complaint>
{
    static Capability ICapability<RecordFiling, Complaint>.Capability { get; } = new("record-filing", new("Record a filing", "登记备案"))
    {
        Roles = [.. Role.Desk, Role.Quality, Role.Department],
        Fields = Field.Of<RecordFiling>(f =>
        [
            f.Text(command => command.Reference, Labels.Filing, Text.Title),
            f.PartOrNone(command => command.Task, new("Task (the case itself, if none is chosen)", "协办单（不选则为本案）")),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [DepartmentTasks.NotFound, DepartmentTasks.NoneWaits, DepartmentTasks.NotYours],
        Commutes = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Task is { } number ? DepartmentTasks.SubjectOf(number) : null;

    static RecordFiling ICapability<RecordFiling, Complaint>.Example(Occasion occasion) =>
        new(occasion.Variant % 2 == 0 ? "DZ-20" : "备-2026-3", occasion.About is null ? null : occasion.Number);

    static ImmutableArray<Subject> ICapability<RecordFiling, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        complaint.Tasks.IsEmpty ? [] : [.. complaint.Tasks.Select(task => task.Subject)];

    static ComplaintError? ICapability<RecordFiling, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        DepartmentTasks.CanFile(complaint, subject, context);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new FilingRecorded(complaint.Filings.Length + 1, Personal.Of(Reference), Task));
        return null;
    }
}

/// <summary>A result was filed.</summary>
/// <param name="Number">The filing's number within the complaint.</param>
/// <param name="Reference">Under which reference.</param>
/// <param name="Task">The number of the task; <c>null</c> for the case itself.</param>
public sealed record FilingRecorded(int Number, Personal<string> Reference, int? Task = null)
    : ComplaintEvent, IHappening<FilingRecorded, Complaint>
{
    static EventType IHappening<FilingRecorded, Complaint>.EventType { get; } = new("filing-recorded", 1, new("Filed", "已备案"));

    internal override Subject? Made => Subject.Of("filing", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Filing, Reference), new(Labels.Task, Task)];

    internal override PersonalField[] PersonalValues => [new("filing", Reference)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var filed = complaint with { Filings = complaint.Filings.Add(new Filing(Number, moment.OccurredAt, Task)) };
        return Task is { } task ? filed.WithTask(task, one => one with { Filing = Number }) : filed;
    }
}

/// <summary>That a result was filed (备案). Its reference stands in the history, sealed.</summary>
/// <param name="Number">Its number within the complaint, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Task">The number of the task; <c>null</c> for the case itself.</param>
public sealed record Filing(int Number, Instant At, int? Task = null);
