using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <content>
/// What waits for whom. Who may do what is asked here and is no part of what is stored: a permission that is published today shows today's
/// work to whom it names. A department has what it and its teams have; whoever sees no cases has in person what was given by name, and
/// nothing else.
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
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var sees = Restricted.SeesLiabilities(_services.Rooms, rules, Actor);
        items = [.. items.Select(item => item with { Row = Restricted.Told(item.Row, sees) })];
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
        var scope = ScopeIn(rules);
        return new([.. Lanes(query, rules, scope), .. await DeputyLanesAsync(query, rules, cancellationToken).ConfigureAwait(false)])
        {
            Parties = scope.IsNothing ? null : scope.Parties,
            ExceptNotFor = ActorAndPrincipal(),
            Works = query.Works, Area = query.Area, DueBefore = query.DueBefore, After = query.After, Take = query.Take, Now = Now(),
        };
    }

    private ImmutableArray<string> ActorAndPrincipal() =>
        Actor.OnBehalfOf is { } other && other != Actor.Id ? [Actor.Id, other] : [Actor.Id];

    /// <summary>The cases that nobody will move on by themselves, with the cause, case by case: all work is looked at, and the directory is
    /// asked for each person, team and role once. None for an actor who sees nothing.</summary>
    public async IAsyncEnumerable<StuckCase> StuckAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var scope = ScopeIn(rules);
        if (scope.IsNothing)
            yield break;
        var sees = Restricted.SeesLiabilities(_services.Rooms, rules, Actor);
        var watch = new StuckWatch(_services.Assignment, Tenant, rules, duty => RolesOf(duty, rules), Now());
        (AggregateId Of, HashSet<string> Told, string? Number)? current = null;
        await foreach (var stored in AllWorkAsync(scope, cancellationToken).ConfigureAwait(false))
        {
            foreach (var cause in await watch.CausesOfAsync(stored.Row, cancellationToken).ConfigureAwait(false))
            {
                if (current?.Of != stored.Of)
                    current = (stored.Of, [], await NumberOfAsync(stored.Of, cancellationToken).ConfigureAwait(false));
                if (current.Value.Told.Add(cause))
                {
                    // Nobody is told of themselves.
                    var row = Restricted.Told(stored.Row, sees && !stored.Row.NotFor.Contains(Actor.Id));
                    yield return new(stored.Of, current.Value.Number, row, cause);
                }
            }
        }
    }

    /// <summary>The cases of which something is not known that the guide of their category requires; all work is looked at. None for an
    /// actor who sees nothing. What cannot be read is passed over: it is work of its own.</summary>
    public async IAsyncEnumerable<IncompleteCase> MissingAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var scope = ScopeIn(rules);
        if (scope.IsNothing)
            yield break;
        await foreach (var stored in AllWorkAsync(scope, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Row.Work != Intake.ContactWork.Complete.Name
                || await PeekIfReadableAsync(new(stored.Of.Value), cancellationToken).ConfigureAwait(false) is not { } complaint
                || complaint.Receipt.MissingFields.IsEmpty)
                continue;
            yield return new(complaint.Id, complaint.Number, complaint.Receipt.MissingFields,
                Intake.GuideFields.MissingIn(rules, complaint.Receipt), complaint.Responsibility.Owner, complaint.Responsibility.Team,
                stored.Row.Since);
        }
    }

    private async ValueTask<Complaint?> PeekIfReadableAsync(ComplaintId id, CancellationToken cancellationToken)
    {
        try
        {
            return await PeekAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    private async ValueTask<string?> NumberOfAsync(AggregateId of, CancellationToken cancellationToken)
    {
        try
        {
            return of.Noun == AggregateId.Complaint
                ? (await PeekAsync(new(of.Value), cancellationToken).ConfigureAwait(false))?.Number
                : (await For(Actor.System).Improvements.ViewAsync(new(of.Value), cancellationToken).ConfigureAwait(false))
                    ?.Improvement.Number;
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    /// <summary>The roles that may do what a duty takes.</summary>
    private ImmutableArray<string> RolesOf(string duty, Rulebook rules) =>
        _services.Rooms.Catalogue.FindCommand(duty) is { } command ? _services.Rooms.Decider.PermissionsIn(rules).RolesOf(command)
        : ImprovementRooms.Current.Catalogue.FindCommand(duty) is { } other
            ? ImprovementRooms.Current.Decider.PermissionsIn(rules).RolesOf(other) : [];

    /// <summary>What those have who are away and for whom the actor stands in.</summary>
    private async ValueTask<IEnumerable<WorkLane>> DeputyLanesAsync(
        WorkQuery query, Rulebook rules, CancellationToken cancellationToken)
    {
        if (!query.Mine && query is not { MyTeams: false, MyRoles: false, Team: null, Role: null })
            return [];
        var today = Now().InZone(DateTimeZoneProviders.Tzdb[rules.Settings.Zone]).Date;
        return (await _services.Assignment.StandsInForAsync(Tenant, Actor.Id, today, cancellationToken).ConfigureAwait(false))
            .Select(person => new WorkLane(WorkLaneKind.Person, person));
    }

    private ImmutableArray<WorkLane> Lanes(WorkQuery query, Rulebook rules, Scope scope)
    {
        var all = query is { Mine: false, MyTeams: false, MyRoles: false, Team: null, Role: null };
        var lanes = ImmutableArray.CreateBuilder<WorkLane>();
        if (query.Mine || all)
            lanes.Add(new(WorkLaneKind.Person, Actor.Id));
        if (scope.IsNothing)
            return lanes.ToImmutable();
        // A department has what its teams have, and what it was given as a whole.
        var teams = Departments.WithTeams(Actor, rules.Organisation);
        if (query.Team is { } team && (scope.IsAll || teams.Contains(team)))
            lanes.Add(new(WorkLaneKind.Team, team));
        if (query.MyTeams || all)
            lanes.AddRange(TeamLanes(teams));
        if (query.Role is { } role && (scope.IsAll || Actor.Is(role)))
            lanes.AddRange(Duties(new Actor(Actor.Id, role), rules));
        if (query.MyRoles || all)
            lanes.AddRange(Duties(Actor, rules));
        return lanes.ToImmutable();
    }

    private static IEnumerable<WorkLane> TeamLanes(ImmutableArray<string> teams) =>
        teams.Take(WorkFilter.MostLanes / 2).Select(own => new WorkLane(WorkLaneKind.Team, own));

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
