using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <content>What is to be done on a day, for who goes there.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The steps with an appointment on a day, the earliest first, each with its place: of an area, a person or a team, among the
    /// cases that the actor sees.</summary>
    /// <param name="query">Which.</param>
    /// <param name="purpose">What for: places are somebody's words.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="StepQuery.ThrowIfUnusable"/>.</exception>
    public async ValueTask<StepPage> StepsAsync(
        StepQuery query, Purpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        query.ThrowIfUnusable(rules.Organisation);
        var scope = ScopeIn(rules);
        var lanes = StepLanes(query, rules, scope);
        if (lanes.IsEmpty || scope.IsNothing)
            return new([], IsMore: false);
        var zone = DateTimeZoneProviders.Tzdb[rules.Settings.Zone];
        var (from, to) = (zone.AtStartOfDay(query.Day).ToInstant(), zone.AtStartOfDay(query.Day.PlusDays(1)).ToInstant());
        var filter = new WorkFilter(lanes)
        {
            Works = [InvestigationWork.Step.Name], Area = query.Area, DueBefore = to, After = new WorkPosition(from, Guid.Empty, "", null),
            Take = query.Take + 1, ExceptNotFor = ActorAndPrincipal(), Parties = scope.Parties,
        };
        // One more than the page takes says whether there is another.
        var found = await _services.Work.ListWorkAsync(Tenant, filter, cancellationToken).ConfigureAwait(false);
        var items = found.Length > query.Take ? found[..query.Take] : found;
        var sees = Restricted.SeesLiabilities(_services.Rooms, rules, Actor);
        var steps = ImmutableArray.CreateBuilder<PlannedStep>(items.Length);
        var views = new Dictionary<Guid, (ComplaintView View, ClearWords Words)?>();
        foreach (var item in items)
        {
            if (!views.TryGetValue(item.Of.Value, out var seen))
            {
                seen = await SeenWordsAsync(new(item.Of.Value), purpose, cancellationToken).ConfigureAwait(false);
                views.Add(item.Of.Value, seen);
            }
            if (seen is not var (view, words) || view.Complaint.Inquiry.Steps.FirstOrDefault(step => step.Subject == item.Row.Subject)
                is not { } step)
                continue;
            var (what, place, _) = view.WordsOf(step.Number);
            steps.Add(new(
                item with { Row = Restricted.Told(item.Row, sees) }, step, words.Of(view.Complaint.Receipt.Title), words.Of(what),
                words.Of(place)));
        }
        return new(steps.DrainToImmutable(), found.Length > query.Take);
    }

    private ImmutableArray<WorkLane> StepLanes(StepQuery query, Rulebook rules, Scope scope)
    {
        var teams = Departments.WithTeams(Actor, rules.Organisation);
        if (query is { Person: null, Team: null })
        {
            return query.Area is { } area ? [new(WorkLaneKind.Area, area)]
                : [new(WorkLaneKind.Person, Actor.Id), .. teams.Select(team => new WorkLane(WorkLaneKind.Team, team))];
        }
        var lanes = ImmutableArray.CreateBuilder<WorkLane>(2);
        if (query.Person is { } person && (scope.IsAll || person == Actor.Id))
            lanes.Add(new(WorkLaneKind.Person, person));
        if (query.Team is { } asked && (scope.IsAll || teams.Contains(asked)))
            lanes.Add(new(WorkLaneKind.Team, asked));
        return lanes.DrainToImmutable();
    }

    /// <summary>A case with its words; <c>null</c> where it is not there any more, or is damaged, which is work of its own.</summary>
    private async ValueTask<(ComplaintView View, ClearWords Words)?> SeenWordsAsync(
        ComplaintId id, Purpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            return await ViewAsync(id, cancellationToken).ConfigureAwait(false) is { } view
                ? (view, await RevealAsync(view, purpose, cancellationToken).ConfigureAwait(false)) : null;
        }
        catch (UnreadableException)
        {
            return null;
        }
    }
}
