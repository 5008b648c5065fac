using Complaints.Core.Improvements;

namespace Complaints.Core.History;

/// <summary>An event as it stands in the history.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Version">The complaint's version that the command made.</param>
/// <param name="Index">0, 1, ... within the version.</param>
/// <param name="Type">The event's type, such as <c>handed-over</c>.</param>
/// <param name="Schema">The version of the type as it was written.</param>
/// <param name="Moment">When, and by whom.</param>
/// <param name="Command">The command that led to it.</param>
/// <param name="Event">What happened; <c>null</c> when this program is too old to know the type.</param>
public sealed record RecordedEvent(
    ComplaintId Complaint, int Version, int Index, string Type, int Schema, EventMoment Moment, CommandId Command, ComplaintEvent? Event);

/// <summary>An event of an improvement as it stands in its history.</summary>
/// <param name="Improvement">The improvement.</param>
/// <param name="Version">The version that the command made.</param>
/// <param name="Index">0, 1, ... within the version.</param>
/// <param name="Type">The event's type, such as <c>action-planned</c>.</param>
/// <param name="Schema">The version of the type as it was written.</param>
/// <param name="Moment">When, and by whom.</param>
/// <param name="Command">The command that led to it.</param>
/// <param name="Event">What happened; <c>null</c> when this program is too old to know the type.</param>
public sealed record RecordedImprovementEvent(
    ImprovementId Improvement, int Version, int Index, string Type, int Schema, EventMoment Moment, CommandId Command,
        ImprovementEvent? Event)
{
    internal static RecordedImprovementEvent Of(in WrittenEvent<Improvement> written) => new(
        new(written.Id), written.Version, written.Index, written.Type, written.Schema, written.Moment, written.Command,
            (ImprovementEvent?)written.Event);
}
