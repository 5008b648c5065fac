using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;

namespace Complaints.Core.Contact;

/// <summary>How the talk with the customer is led, what is checked, handed in and noticed.</summary>
internal static class Room
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Contact", ContactJson.Default)
        .Command<RecordCheck>().Event<ChecksRecorded>()
        .Command<AddEvidence>().Event<EvidenceAdded>().Event<EvidenceRestored>()
        .Command<RaiseSignal>().Event<SignalRaised>().Event<SignalFollowed>()
        .Command<SettleSignal>().Event<SignalSettled>()
        .Work(SignalWork.Follow)
        .Definition(ContactDefinitions.Checklists)
        .Definition(ContactDefinitions.Evidence)
        .Definition(ContactDefinitions.Scripts)
        .Definition(ContactDefinitions.Signals);
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
[JsonSerializable(typeof(RecordCheck))]
[JsonSerializable(typeof(ChecksRecorded))]
[JsonSerializable(typeof(AddEvidence))]
[JsonSerializable(typeof(EvidenceAdded))]
[JsonSerializable(typeof(EvidenceRestored))]
[JsonSerializable(typeof(RaiseSignal))]
[JsonSerializable(typeof(SettleSignal))]
[JsonSerializable(typeof(SignalRaised))]
[JsonSerializable(typeof(SignalFollowed))]
[JsonSerializable(typeof(SignalSettled))]
internal sealed partial class ContactJson : JsonSerializerContext;
