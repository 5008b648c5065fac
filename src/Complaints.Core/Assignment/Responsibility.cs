using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>The assignment's part of a complaint: who answers for it now.</summary>
/// <param name="Owner">The person, by the host's id.</param>
/// <param name="Team">The team or queue.</param>
/// <param name="Since">Since when.</param>
/// <param name="HandOvers">How often it changed hands.</param>
/// <param name="Track">Who handles it, agents or a manager: a code of <see cref="HandlingTrack"/>; <c>null</c> as long as nobody
/// said.</param>
/// <param name="Route">By which row of the routing it is there; <c>null</c> where somebody handed it over.</param>
public sealed record Responsibility(
    string? Owner = null, string? Team = null, Instant? Since = null, int HandOvers = 0, string? Track = null, Route? Route = null)
{
    /// <summary>Nobody yet.</summary>
    public static Responsibility Nobody { get; } = new();

    /// <summary>Who has it, and why, for people.</summary>
    internal IEnumerable<Detail> Details(Rulebook rules) => Details(Owner, Team, Track, Route, rules);

    internal static IEnumerable<Detail> Details(string? owner, string? team, string? track, Route? route, Rulebook rules) =>
    [
        new(Labels.Owner, owner is null ? null : new StaffMember(owner)),
        new(Labels.Team, team is null ? null : rules.Organisation.TeamNamed(team)),
        new(Labels.Track, track is null ? null : HandlingTrack.Codes.Named(track)),
        .. route?.Details ?? [],
    ];
}
