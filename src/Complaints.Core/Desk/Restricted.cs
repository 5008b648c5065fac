using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// What not everybody sees who sees a case: who answers for it, and every event of which its type says whom it is for. Here it is taken
/// out of whatever a desk hands to an actor, so that a page, a list or an export that has not asked shows nothing of it. It is for whoever
/// may send the command that records it, and not for who must keep out of the case.
/// </summary>
internal static class Restricted
{
    /// <summary>Whether an actor sees who answers for a case; of no case in particular, whether of any.</summary>
    public static bool SeesLiabilities(ComplaintRooms rooms, Rulebook rules, Actor actor, Complaint? of = null) =>
        Sees(RecordLiability.Name, rooms, rules, actor, of);

    /// <summary>The state as an actor sees it.</summary>
    public static Complaint Told(Complaint complaint, ComplaintRooms rooms, Rulebook rules, Actor actor) =>
        complaint.Inquiry.Liabilities.IsEmpty || SeesLiabilities(rooms, rules, actor, complaint) ? complaint
            : complaint with { Inquiry = complaint.Inquiry with { Liabilities = [] } };

    /// <summary>The events that an actor sees. One of a newer program says nothing but its type.</summary>
    public static ImmutableArray<RecordedEvent> Told(
        ImmutableArray<RecordedEvent> history, ComplaintRooms rooms, Rulebook rules, Actor actor, Complaint of) =>
        history.RemoveAll(recorded => rooms.Catalogue.FindEvent(recorded.Type)?.Type.ShownTo is { } command
            && !Sees(command, rooms, rules, actor, of));

    /// <summary>Work as an actor sees it: who must keep out of a case would tell who answers for it.</summary>
    public static WorkRow Told(WorkRow row, bool seesLiabilities) =>
        seesLiabilities || row.NotFor.IsEmpty ? row : row with { NotFor = [] };

    private static bool Sees(string command, ComplaintRooms rooms, Rulebook rules, Actor actor, Complaint? of) =>
        rooms.Catalogue.FindCommand(command) is { } type && rooms.Decider.PermissionsIn(rules).Allows(type, actor)
        && (of is null || ConflictRules.Against(of, actor) is null);
}
