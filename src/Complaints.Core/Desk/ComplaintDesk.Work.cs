using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>
/// What waits for whom. Who may do what is asked here and is no part of what is stored: a permission that is published today shows today's
/// work to whom it names. Whoever sees no cases has in person what was given by name, and nothing else.
/// </content>
public sealed partial class ComplaintDesk
{
    /// <summary>A page of the work that waits, the earliest due first.</summary>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="WorkQuery.ThrowIfUnusable"/>.</exception>
    public async ValueTask<WorkPage> WorkAsync(WorkQuery query, CancellationToken cancellationToken = default)
    {
        var filter = await FilterAsync(query, cancellationToken).ConfigureAwait(false);
        if (filter.Lanes.IsEmpty)
            return new([], null);
        // One more than the page takes says whether there is another.
        var found = await _services.Work.ListWorkAsync(Tenant, filter with { Take = Math.Min(query.Take + 1, 500) }, cancellationToken)
            .ConfigureAwait(false);
        var items = found.Length > query.Take ? found[..query.Take] : found;
        return new(items, found.Length > query.Take || found.Length == 500 ? items[^1].Position : null);
    }

    /// <summary>How much work waits, by sort, and how much of it is past due; counted to at most <see cref="MatchCount.Most"/>.</summary>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="WorkQuery.ThrowIfUnusable"/>.</exception>
    public async ValueTask<WorkCounts> WorkCountsAsync(WorkQuery query, CancellationToken cancellationToken = default)
    {
        var filter = await FilterAsync(query, cancellationToken).ConfigureAwait(false);
        if (filter.Lanes.IsEmpty)
            return new([], IsMore: false);
        var counts = await _services.Work.CountWorkAsync(Tenant, filter, cancellationToken).ConfigureAwait(false);
        return new(counts, counts.Sum(count => count.Count) > MatchCount.Most);
    }

    private async ValueTask<WorkFilter> FilterAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return new(Lanes(query, rules))
        {
            ExceptNotFor = Actor.OnBehalfOf is { } other && other != Actor.Id ? [Actor.Id, other] : [Actor.Id],
            Works = query.Works, Area = query.Area, DueBefore = query.DueBefore, After = query.After, Take = query.Take, Now = Now(),
        };
    }

    private ImmutableArray<WorkLane> Lanes(WorkQuery query, Rulebook rules)
    {
        var all = query is { Mine: false, MyTeams: false, MyRoles: false, Team: null, Role: null };
        var lanes = ImmutableArray.CreateBuilder<WorkLane>();
        if (query.Mine || all)
            lanes.Add(new(WorkLaneKind.Person, Actor.Id));
        if (!MaySee(rules))
            return lanes.ToImmutable();
        if (query.Team is { } team)
            lanes.Add(new(WorkLaneKind.Team, team));
        if (query.Role is { } role)
            lanes.AddRange(Duties(new Actor(Actor.Id, role), rules));
        if (query.MyTeams || all)
            lanes.AddRange(Actor.Teams.Distinct().Take(WorkFilter.MostLanes / 2).Select(own => new WorkLane(WorkLaneKind.Team, own)));
        if (query.MyRoles || all)
            lanes.AddRange(Duties(Actor, rules));
        return lanes.ToImmutable();
    }

    /// <summary>The duties of an actor: what there is work for and the actor may do.</summary>
    private IEnumerable<WorkLane> Duties(Actor actor, Rulebook rules)
    {
        var authority = actor.Is(Role.System) ? decimal.MaxValue : rules.Settings.AuthorityOf(actor);
        foreach (var duty in _services.Rooms.Catalogue.DutiesOf(_services.Rooms.Decider.PermissionsIn(rules), actor)
            .Concat(ImprovementRooms.Current.Catalogue.DutiesOf(ImprovementRooms.Current.Decider.PermissionsIn(rules), actor)))
            yield return new(WorkLaneKind.Duty, duty, authority);
        if (actor.Roles.Any(held => rules.Settings.Counting([Role.Administrator]).Contains(held)) || actor.Is(Role.System))
            yield return new(WorkLaneKind.Duty, WorkDuties.Administer);
    }
}
