using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.FollowUp;

/// <summary>What comes after the solution.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("FollowUp", FollowUpJson.Default)
        .Command<RecordVisit>()
        .Command<WaiveFollowUp>()
        .Command<Archive>()
        .Event<VisitRecorded>()
        .Event<FollowUpWaived>()
        .Event<ComplaintArchived>()
        .Work(FollowUpWork.Visit)
        .Definition(FollowUpDefinitions.ContactHours);
}

/// <summary>How the room's commands and events are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(InstantJsonConverter), typeof(LocalDateJsonConverter), typeof(FactsJsonConverter),
        typeof(PersonalTextJsonConverter), typeof(PersonalContentJsonConverter<Complainant>),
        typeof(PersonalContentJsonConverter<Statement>), typeof(PersonalContentJsonConverter<Item>),
    ])]
[JsonSerializable(typeof(RecordVisit))]
[JsonSerializable(typeof(WaiveFollowUp))]
[JsonSerializable(typeof(Archive))]
[JsonSerializable(typeof(VisitRecorded))]
[JsonSerializable(typeof(FollowUpWaived))]
[JsonSerializable(typeof(ComplaintArchived))]
internal sealed partial class FollowUpJson : JsonSerializerContext;
