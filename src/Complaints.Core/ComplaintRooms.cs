using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>The rooms of a complaint, put together: catalogue, compiled table, decider. A value, so that tests compose it with rooms of
/// their own.</summary>
internal sealed class ComplaintRooms
{
    private static readonly Lazy<ComplaintRooms> Own = new(() => new(new(
    [
        Intake.Room.Catalogue, Contact.Room.Catalogue, Classification.Room.Catalogue, Assignment.Room.Catalogue,
        Investigation.Room.Catalogue, Resolution.Room.Catalogue, Lifecycle.Room.Catalogue, FollowUp.Room.Catalogue, Sla.Room.Catalogue,
    ])));

    public ComplaintRooms(Catalogue<Complaint> catalogue)
    {
        Catalogue = catalogue;
        Machine = new(catalogue, LifecycleTable.Moves);
        Decider = new(catalogue, Machine);
        ImmutableArray<Capability> commands = [.. catalogue.Capabilities, .. ImprovementRooms.Current.Catalogue.Capabilities];
        Definitions = new(
            [SharedDefinitions.Tenant, SharedDefinitions.Calendars, SharedDefinitions.Reasons,
                .. catalogue.Rooms.SelectMany(room => room.Definitions),
                    .. ImprovementRooms.Current.Catalogue.Rooms.SelectMany(room => room.Definitions)],
            PermissionMap.Against(commands), ReasonMap.Against(commands), GateRules.Against(commands));
    }

    /// <summary>The library's own.</summary>
    public static ComplaintRooms Current => Own.Value;

    public Catalogue<Complaint> Catalogue { get; }

    /// <summary>What a host can change.</summary>
    public DefinitionCatalogue Definitions { get; }

    public Machine Machine { get; }

    public ComplaintDecider Decider { get; }
}
