using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>How often somebody was urged.</summary>
/// <param name="Subject">The task or step; <c>null</c> for the case itself.</param>
/// <param name="Times">How many times.</param>
/// <param name="LastAt">When the last time was.</param>
public sealed record Urging(Subject? Subject, int Times, Instant LastAt)
{
    /// <summary>How often a part of a case, or the case itself, was urged; <c>null</c> where it never was.</summary>
    internal static Urging? Of(Complaint complaint, Subject? subject)
    {
        foreach (var urging in complaint.Urgings)
        {
            if (urging.Subject == subject)
                return urging;
        }
        return null;
    }
}

/// <summary>Who owes an answer, and since when.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Person">Who, by the host's id.</param>
/// <param name="Team">Which team, where it is nobody's by name.</param>
/// <param name="Department">Which department.</param>
internal readonly record struct Debt(Instant Since, string? Person = null, string? Team = null, string? Department = null)
{
    /// <summary>Who owes an answer about a part of a case, or about the case itself; <c>null</c> where nobody does.</summary>
    public static Debt? Of(Complaint complaint, Subject? subject)
    {
        if (subject is not { } about)
        {
            return complaint.Responsibility is { Owner: null, Team: null } || States.Ends.Contains(complaint.State) ? null
                : By(complaint.Responsibility.Owner, complaint.Responsibility.Team,
                    complaint.Responsibility.Since ?? complaint.Receipt.ReceivedAt);
        }
        if (!int.TryParse(about.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return about.Kind switch
        {
            "task" => DepartmentTasks.Find(complaint, number) is { IsOpen: true } task ? Of(complaint, task) : null,
            "step" => complaint.Inquiry.Steps.FirstOrDefault(one => one.Number == number) is { IsOpen: true } step ? Of(step) : null,
            _ => null,
        };
    }

    /// <summary>The tasks and steps for which somebody owes an answer.</summary>
    public static ImmutableArray<Subject> Subjects(Complaint complaint) => complaint.Tasks.IsEmpty && complaint.Inquiry.Steps.IsEmpty ? [] :
    [
        .. complaint.Tasks.Where(task => task.IsOpen).Select(task => task.Subject),
        .. complaint.Inquiry.Steps.Where(step => step.IsOpen).Select(step => step.Subject),
    ];

    /// <summary>The department answers; what it returned or answered waits for who has the case, or else for who sent it.</summary>
    private static Debt Of(Complaint complaint, DepartmentTask task) =>
        task.IsWithDepartment ? new(task.SentAt, Department: task.Department)
        : complaint.Responsibility is { Owner: null, Team: null } ? new(task.Since, task.SentBy)
        : By(complaint.Responsibility.Owner, complaint.Responsibility.Team, task.Since);

    private static Debt Of(CaseStep step) => By(step.Owner, step.Team, step.PlannedAt);

    private static Debt By(string? person, string? team, Instant since) => new(since, person, person is null ? team : null);
}
