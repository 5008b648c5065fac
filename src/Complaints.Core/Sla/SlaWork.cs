using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Sla;

/// <summary>What waits because of dates: promises, and requests for a later one.</summary>
internal static class SlaWork
{
    /// <summary>A request for a later deadline, for whoever may decide it and did not ask.</summary>
    public static WorkKind<Complaint> DecideExtension { get; } =
        new("decide-extension", new("Decide on an extension", "审批延期"), "decide-extension")
        {
            // It must be decided while the deadline still stands.
            In = static (complaint, dues) => !States.NotEnded.Contains(complaint.State) ? [] : complaint.Clocks.Extensions
                .Where(extension => extension.Status == ExtensionStatus.Pending)
                .Select(extension => new Waiting(Subject.Of("extension", extension.Number), extension.Was)
                {
                    IsForDuty = true, NotFor = [extension.RequestedBy, extension.RequestedFor],
                }),
        };

    /// <summary>What was promised to the customer, for whoever promised to keep it.</summary>
    public static WorkKind<Complaint> Promise { get; } = new("promise", new("Keep a promise", "兑现承诺"), "settle-commitment")
    {
        In = static (complaint, dues) => States.Ends.Contains(complaint.State) ? [] : complaint.Clocks.Commitments
            .Where(commitment => commitment.IsOpen)
            .Select(commitment => new Waiting(Subject.Of("commitment", commitment.Number), commitment.Due) { Person = commitment.Owner }),
    };

    /// <summary>The solution, or a department's task, was late and nobody has confirmed by whom: for supervisors, once it is
    /// decided.</summary>
    public static WorkKind<Complaint> LateBy { get; } = new("late-by", new("Confirm who was late", "确认超时责任"), "attribute-lateness")
    {
        In = static (complaint, _) => States.Answered.Contains(complaint.State) ? Late(complaint) : [],
    };

    private const string Answer = Objective.Resolution + "/";

    private static IEnumerable<Waiting> Late(Complaint complaint) => Lateness.LateClocks(complaint)
        .Where(clock => clock.StartsWith(Answer, StringComparison.Ordinal) || Clock.SubjectOf(clock) is { Kind: "task" })
        .Where(clock => complaint.Clocks.Lateness.All(known => known.Clock != clock))
        .Select(clock => new Waiting(new("clock", clock)) { IsForDuty = true });
}
