using System.Collections.Immutable;

namespace Complaints.Core.Assignment;

/// <summary>Who belongs to which department: it is itself one of the actor's teams, or has one of them.</summary>
internal static class Departments
{
    public static bool IsIn(Actor actor, string department, Organisation organisation)
    {
        foreach (var own in actor.Teams)
        {
            if (own == department)
                return true;
            foreach (var team in organisation.Teams)
            {
                if (team.Code == own && team.Department == department)
                    return true;
            }
        }
        return false;
    }

    /// <summary>The actor's teams, and the departments that they belong to.</summary>
    public static ImmutableArray<string> WithTeams(Actor actor, Organisation organisation) =>
    [
        .. actor.Teams.Concat(organisation.Teams.Where(team => actor.Teams.Contains(team.Code)).Select(team => team.Department)
            .OfType<string>()).Distinct(StringComparer.Ordinal),
    ];
}
