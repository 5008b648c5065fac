using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;

namespace Complaints.Core;

/// <summary>Which complaints an actor sees: all of the tenant, those in which one of some parties takes part, or none. Whatever a desk
/// reads for an actor goes through here; a complaint out of scope is one that is not there.</summary>
/// <param name="Parties">The parties; none for no complaint, <c>null</c> for all.</param>
internal readonly record struct Scope(ImmutableArray<string>? Parties)
{
    /// <summary>All complaints of the tenant.</summary>
    public static Scope All { get; } = new(null);

    /// <summary>None.</summary>
    public static Scope Nothing { get; } = new([]);

    public static Scope Of(ComplaintRooms rooms, Rulebook rules, Actor actor)
    {
        var permissions = rooms.Decider.PermissionsIn(rules);
        return permissions.MaySee(actor) ? All
            : permissions.MaySeeOwn(actor) ? new(TakingPart.As(actor, rules.Organisation))
            : Nothing;
    }

    public bool IsAll => Parties is null;

    public bool IsNothing => Parties is { IsEmpty: true };

    public bool Has(Complaint complaint) => Parties is not { } parties || TakingPart.Does(parties, complaint);
}
