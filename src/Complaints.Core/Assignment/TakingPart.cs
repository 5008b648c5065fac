using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;

namespace Complaints.Core.Assignment;

/// <summary>
/// Who takes part in a complaint: departments, teams and members of the staff, each as a party such as <c>department/logistics</c>. Here
/// alone it is answered, for one state as for the rows by which lists find it, so that both say the same. Somebody who must keep out of the
/// case takes no part in person; by a department or a team that takes part they see it as anybody of the desk does, or what they
/// lose sight of would tell them why.
/// </summary>
internal static class TakingPart
{
    /// <summary>The most parties as which somebody takes part: in person, by teams and by departments.</summary>
    public const int Most = 100;

    /// <summary>The parties of a complaint, each once, in order.</summary>
    public static ImmutableArray<string> In(Complaint complaint)
    {
        if (complaint is { Responsibility: { Owner: null, Team: null }, Participants.IsEmpty: true, Inquiry.Steps.IsEmpty: true,
            Tasks.IsEmpty: true, Convened.IsEmpty: true })
            return [];
        var keptOut = ConflictRules.KeptOut(complaint);
        var parties = new SortedSet<string>(StringComparer.Ordinal);
        AddPerson(complaint.Responsibility.Owner);
        AddTeam(complaint.Responsibility.Team);
        foreach (var participant in complaint.Participants)
        {
            if (participant.LeftAt is null)
                AddPerson(participant.Staff);
        }
        foreach (var step in complaint.Inquiry.Steps)
        {
            if (step.Result == StepResult.Cancelled)
                continue;
            AddPerson(step.Owner);
            AddTeam(step.Team);
        }
        foreach (var task in complaint.Tasks)
        {
            // Who had signed worked on it; who was asked by mistake never was.
            if (task.Status != DepartmentTaskStatus.Cancelled || task.SignedBy is not null)
                parties.Add(Department(task.Department));
        }
        parties.UnionWith(complaint.Convened.Select(Department));
        return [.. parties];

        void AddPerson(string? person)
        {
            if (person is not null && !keptOut.Contains(person))
                parties.Add(Person(person));
        }

        void AddTeam(string? team)
        {
            if (team is not null)
                parties.Add(Team(team));
        }
    }

    /// <summary>True where nothing changed that says who takes part: so it is for most commands.</summary>
    public static bool IsSame(Complaint before, Complaint after) =>
        before.Responsibility.Owner == after.Responsibility.Owner && before.Responsibility.Team == after.Responsibility.Team
        && before.Participants == after.Participants && before.Tasks == after.Tasks && before.Convened == after.Convened
        && ReferenceEquals(before.Inquiry, after.Inquiry);

    /// <summary>The parties as which an actor takes part. Acting for somebody gives no part.</summary>
    public static ImmutableArray<string> As(Actor actor, Organisation organisation) =>
    [
        Person(actor.Id),
        .. actor.Teams.Select(Team).Concat(Departments.WithTeams(actor, organisation).Select(Department)).Distinct(StringComparer.Ordinal)
            .Take(Most - 1),
    ];

    /// <summary>Whether any of some parties takes part in a complaint.</summary>
    public static bool Does(ImmutableArray<string> parties, Complaint complaint) =>
        In(complaint) is { IsEmpty: false } own && parties.Any(own.Contains);

    private static string Person(string id) => $"person/{id}";

    private static string Team(string code) => $"team/{code}";

    private static string Department(string code) => $"department/{code}";
}
