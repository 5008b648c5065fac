using System.Collections.Immutable;

namespace Complaints.Core.Assignment;

/// <summary>
/// Chooses who of a team gets a new case. Several may be registered; the routing names one by its code. Waited for at most two seconds:
/// when it fails or takes longer, the case goes to the team and says so. Implementations are thread-safe.
/// </summary>
public interface IAssignmentStrategy
{
    /// <summary>By what the routing names it, 1 to 100 characters: <c>least-loaded</c>.</summary>
    string Code { get; }

    /// <summary>One of the candidates, by id; <c>null</c> leaves it to the team.</summary>
    ValueTask<string?> ChooseAsync(AssignmentRequest request, CancellationToken cancellationToken);
}

/// <summary>What a strategy chooses by.</summary>
/// <param name="Tenant">Whose case.</param>
/// <param name="Team">The team.</param>
/// <param name="Skill">What was asked for; every candidate has it.</param>
/// <param name="Facts">What the case is.</param>
/// <param name="Candidates">Who may be chosen, at least one, by id: of the team, skilled, neither away nor gone.</param>
public sealed record AssignmentRequest(
    TenantId Tenant, string Team, string? Skill, RoutingFacts Facts, ImmutableArray<AssignmentCandidate> Candidates);

/// <summary>Somebody who may be chosen.</summary>
/// <param name="Person">Who.</param>
/// <param name="Open">How many open complaints the person has, those on hold included.</param>
public sealed record AssignmentCandidate(StaffCard Person, int Open);

/// <summary>Who has the fewest open complaints; of several, the first by id.</summary>
internal sealed class LeastLoaded : IAssignmentStrategy
{
    public const string StrategyCode = "least-loaded";

    public string Code => StrategyCode;

    public ValueTask<string?> ChooseAsync(AssignmentRequest request, CancellationToken cancellationToken) =>
        new(request.Candidates.MinBy(candidate => candidate.Open)?.Person.Id);
}
