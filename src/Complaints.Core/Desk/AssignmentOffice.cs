using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Finds out at the edge who handles a new case: the row of the routing, the people of its team, and who of them. Whatever a directory or a
/// strategy of the host does, a case is registered: it goes to the team, and says why nobody has it. One that was waited for in vain is
/// left alone for a while (circuit breaker), so that not every registration waits for it. Thread-safe.
/// </summary>
/// <param name="directory">Who works here.</param>
/// <param name="strategies">Strategies besides the built-in <c>least-loaded</c>; of two with one code the last counts.</param>
/// <param name="time">By which the host's code is waited for; <c>null</c> for the machine's time.</param>
public sealed class AssignmentOffice(IStaffDirectory directory, IEnumerable<IAssignmentStrategy> strategies, TimeProvider? time = null)
{
    private static readonly LeastLoaded BuiltIn = new();
    private readonly HostCalls _calls = new(time);
    private readonly ImmutableArray<IAssignmentStrategy> _strategies = [BuiltIn, .. strategies];

    /// <summary>How long a directory or a strategy is waited for.</summary>
    public static TimeSpan Patience => HostCalls.Patience;

    /// <summary>Who might get a new case; <c>null</c> where no row of the routing is for it.</summary>
    internal async ValueTask<RoutingPlan?> PlanAsync(
        TenantId tenant, IntakeDraft draft, DecisionContext context, CancellationToken cancellationToken)
    {
        if (Routing.Match(draft, context.Rules) is not var (row, number, facts))
            return null;
        var routing = context.Rules.Routing;
        var plan = new RoutingPlan(tenant, row, facts, routing.Value.Strategy, new Route(number, routing.Version, row.Skill))
        {
            KeptOut = Accusation.KeptOut(draft, context),
        };
        // Who is away today gets nothing today, however long ago it was received.
        var today = context.Today;
        try
        {
            return await BoundedAsync(token => row.Owner is { } owner
                ? OwnerAsync(plan, owner, today, token)
                : MembersAsync(plan, today, token), directory, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return plan.Without(RouteProblem.DirectoryFailed);
        }
    }

    /// <summary>Who gets it, as loaded as people are now.</summary>
    internal async ValueTask<Placement> PlaceAsync(
        RoutingPlan plan, ImmutableArray<OwnerLoad> loads, CancellationToken cancellationToken)
    {
        if (plan.Candidates.IsEmpty)
            return plan.To(plan.Owner);
        if (_strategies.LastOrDefault(known => known.Code == plan.Strategy) is not { } strategy)
            return plan.Without(RouteProblem.StrategyUnknown).To(null);
        var open = loads.ToDictionary(load => load.Owner, load => load.Open, StringComparer.Ordinal);
        var request = new AssignmentRequest(plan.Tenant, plan.Row.Team, plan.Row.Skill, plan.Facts,
            [.. plan.Candidates.Select(card => new AssignmentCandidate(card, open.GetValueOrDefault(card.Id)))]);
        try
        {
            var chosen = await BoundedAsync(token => strategy.ChooseAsync(request, token), strategy, cancellationToken)
                .ConfigureAwait(false);
            return chosen is null || plan.Candidates.Any(card => card.Id == chosen)
                ? plan.To(chosen)
                : plan.Without(RouteProblem.StrategyFailed).To(null);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return plan.Without(RouteProblem.StrategyFailed).To(null);
        }
    }

    /// <summary>What is known of people whom a command names: nothing where the directory fails.</summary>
    internal async ValueTask<ImmutableArray<StaffCard>> CardsAsync(
        TenantId tenant, IReadOnlyCollection<string> people, CancellationToken cancellationToken)
    {
        if (people.Count == 0)
            return [];
        try
        {
            return [.. await BoundedAsync(token => directory.FindManyAsync(tenant, people, token), directory,
                cancellationToken).ConfigureAwait(false)];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>The members of a team; <c>null</c> where nothing is known of them, or the directory fails.</summary>
    internal async ValueTask<IReadOnlyList<StaffCard>?> MembersAsync(TenantId tenant, string team, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedAsync(token => directory.MembersAsync(tenant, team, token), directory, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Who holds a role; nobody where the directory fails.</summary>
    internal async ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(TenantId tenant, string role, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedAsync(token => directory.HoldersAsync(tenant, role, token), directory, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>For whom a person stands in on a day: whoever is away and names the person as deputy, also along a chain.</summary>
    internal async ValueTask<ImmutableArray<string>> StandsInForAsync(
        TenantId tenant, string person, LocalDate today, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var open = new Queue<string>([person]);
            while (open.TryDequeue(out var deputy) && found.Count < Deputies.Longest)
            {
                var named = await BoundedAsync(token => directory.DeputisedByAsync(tenant, deputy, token), directory,
                    cancellationToken).ConfigureAwait(false);
                foreach (var card in named.Where(card => card.Id != person && card.IsAwayOn(today) && found.Add(card.Id)))
                    open.Enqueue(card.Id);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [.. found];
        }
        return [.. found];
    }

    /// <summary>The row's own person, or the first deputy along the chain who is here.</summary>
    private async ValueTask<RoutingPlan> OwnerAsync(RoutingPlan plan, string owner, LocalDate today, CancellationToken cancellationToken)
    {
        var (here, isCircle) = await Deputies.FirstHereAsync(
            person => directory.FindAsync(plan.Tenant, person, cancellationToken), owner, today).ConfigureAwait(false);
        return here is not null && plan.KeptOut.Contains(here) ? plan.Without(RouteProblem.AllInvolved)
            : here is not null ? plan.Of(here, owner)
            : plan.Without(isCircle ? RouteProblem.DeputyCircle : RouteProblem.OwnerAbsent);
    }

    private async ValueTask<RoutingPlan> MembersAsync(RoutingPlan plan, LocalDate today, CancellationToken cancellationToken)
    {
        if (await directory.MembersAsync(plan.Tenant, plan.Row.Team, cancellationToken).ConfigureAwait(false) is not { } members)
            return plan;
        var present = members.Where(card => !card.HasLeftBy(today)).ToList();
        var skilled = plan.Row.Skill is { } skill ? present.FindAll(card => card.Skills.Contains(skill)) : present;
        var here = skilled.FindAll(card => !card.IsAwayOn(today));
        var free = here.FindAll(card => !plan.KeptOut.Contains(card.Id));
        return (present, skilled, here, free) switch
        {
            ({ Count: 0 }, _, _, _) => plan.Without(RouteProblem.TeamEmpty),
            (_, { Count: 0 }, _, _) => plan.Without(RouteProblem.NobodySkilled),
            (_, _, { Count: 0 }, _) => plan.Without(RouteProblem.AllAbsent),
            (_, _, _, { Count: 0 }) => plan.Without(RouteProblem.AllInvolved),
            _ => plan with { Candidates = [.. free.DistinctBy(card => card.Id).OrderBy(card => card.Id, StringComparer.Ordinal)] },
        };
    }

    private ValueTask<T> BoundedAsync<T>(Func<CancellationToken, ValueTask<T>> ask, object whose, CancellationToken cancellationToken) =>
        whose is DefinedStaff or LeastLoaded ? ask(cancellationToken) : _calls.AskAsync(ask, whose, cancellationToken);
}

/// <summary>What the routing came to before it was known how loaded people are.</summary>
/// <param name="Tenant">Whose case.</param>
/// <param name="Row">The row.</param>
/// <param name="Facts">What the case is.</param>
/// <param name="Strategy">Who chooses among the candidates.</param>
/// <param name="Route">Why.</param>
/// <param name="Owner">The row's own person, or who stands in.</param>
internal sealed record RoutingPlan(
    TenantId Tenant, RoutingRow Row, RoutingFacts Facts, string Strategy, Route Route, string? Owner = null)
{
    /// <summary>Who may be chosen, by id.</summary>
    public ImmutableArray<StaffCard> Candidates { get; init; } = [];

    /// <summary>Who gets no work on the case.</summary>
    public ImmutableArray<string> KeptOut { get; init; } = [];

    /// <summary>Of whom it must be known how loaded they are.</summary>
    public ImmutableArray<string> LoadsOf => [.. Candidates.Select(card => card.Id)];

    public RoutingPlan Of(string person, string named) =>
        this with { Owner = person, Route = person == named ? Route : Route with { InsteadOf = named } };

    public RoutingPlan Without(string problem) => this with { Route = Route with { Problem = problem } };

    public Placement To(string? owner) => new(owner, Row.Team, Row.Track, Route);
}
