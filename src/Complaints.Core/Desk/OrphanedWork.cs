using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>Looks whether a definition would leave open work to nobody: a team or a person who is not there any more, a command that nobody
/// may send.</summary>
/// <param name="work">What waits for whom.</param>
internal sealed class OrphanedWork(IWorkStore work)
{
    /// <summary>What would be left to nobody; <c>null</c> for nothing. The content was checked before.</summary>
    public async ValueTask<ComplaintError?> FindAsync(
        TenantId tenant, string kind, string json, Rulebook rules, CancellationToken cancellationToken)
    {
        foreach (var (lane, name) in Left(kind, json, rules))
        {
            var counts = await work.CountWorkAsync(tenant, new([lane]), cancellationToken).ConfigureAwait(false);
            if (counts.Sum(count => count.Count) is > 0 and var count)
                return new("definition.orphans_work", ("value", name), ("count", count));
        }
        return null;
    }

    private static IEnumerable<(WorkLane Lane, object Name)> Left(string kind, string json, Rulebook rules)
    {
        if (kind == AssignmentDefinitions.Organisation.Name)
        {
            var next = AssignmentDefinitions.Organisation.Parse(json);
            // Where it names no team, any may be.
            return next.Teams.IsEmpty ? [] : rules.Organisation.Teams.Where(team => next.Teams.All(kept => kept.Code != team.Code))
                .Select(team => (new WorkLane(WorkLaneKind.Team, team.Code), (object)team));
        }
        if (kind == AssignmentDefinitions.Staff.Name)
        {
            var next = AssignmentDefinitions.Staff.Parse(json);
            return next.People.IsEmpty ? [] : rules.Get(AssignmentDefinitions.Staff).People
                .Where(person => next.People.All(kept => kept.Id != person.Id))
                .Select(person => (new WorkLane(WorkLaneKind.Person, person.Id), (object)new StaffMember(person.Id)));
        }
        return kind == SharedDefinitions.Tenant.Name ? Denied(SharedDefinitions.Tenant.Parse(json)) : [];
    }

    /// <summary>The commands by which work is done and that nobody could send.</summary>
    private static IEnumerable<(WorkLane Lane, object Name)> Denied(TenantSettings settings) =>
    [
        .. Denied(ComplaintRooms.Current.Catalogue, settings), .. Denied(ImprovementRooms.Current.Catalogue, settings),
    ];

    private static IEnumerable<(WorkLane Lane, object Name)> Denied<TState>(Catalogue<TState> catalogue, TenantSettings settings)
        where TState : class
    {
        var permissions = new Permissions<TState>(catalogue, settings);
        return catalogue.WorkKinds.Select(kind => catalogue.FindCommand(kind.Duty)).OfType<CommandType<TState>>().Distinct()
            .Where(command => permissions.RolesOf(command).IsEmpty)
            .Select(command => (new WorkLane(WorkLaneKind.Duty, command.Name), (object)command.CommandName));
    }
}
